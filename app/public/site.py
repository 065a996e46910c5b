"""What the public routes share: the settings, the cache, and a few readings that templates need."""

from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from app.public.cache import Made, PageCache, made
from app.services import search
from app.services.publication import slugify
from app.services.search import FACETS, Query, Results
from app.settings import Settings
from layouts.site import environment
from models import geography
from models.database import reading
from models.fiche import GalleryEntry
from models.people import Federation
from models.taxonomy import labels


@dataclass
class Site:
    """One public site: its settings and its finished pages."""

    settings: Settings
    cache: PageCache = field(default_factory=PageCache)


def focus_class(focus: str) -> str:
    """Return the classes that keep the subject of a cover in view, from a CSS position ("50% 42%")."""
    try:
        x, y = (round(float(part.rstrip("%")) / 10) for part in focus.split())
    except ValueError:
        x = y = 5
    return f"fx{min(max(x, 0), 10)} fy{min(max(y, 0), 10)}"


def place_of(entry: GalleryEntry) -> str:
    """Return "Doullens (Somme)", or what is known of it."""
    departement = geography.departements().get(entry.departement_code)
    if departement is None or departement.name == entry.commune:
        return entry.commune
    return f"{entry.commune} ({departement.name})" if entry.commune else departement.name


def departement_path(code: str) -> str:
    """Return the address of the page of a département."""
    return f"/territoires/{slugify(geography.departements()[code].name)}"


def gallery_url(query: Query, **changes: Any) -> str:
    """Return the address of the gallery for a search, with some of its values changed."""
    query = replace(query, **changes)
    values = {"q": query.words, **{name: getattr(query, name) for name in FACETS}}
    if query.page > 1:
        values["page"] = query.page
    text = urlencode({key: value for key, value in values.items() if value})
    return f"/fiches?{text}" if text else "/fiches"


def theme_counts(counts: dict[str, int]) -> list[tuple[str, str, int]]:
    """Return (key, short label, number of fiches) of every theme, in the order of the list."""
    return [(key, text, counts.get(key, 0)) for key, text in labels("theme_courts").items()]


def theme_of(results: Results) -> Any:
    """Return a function that picks the theme shown on a card: the one looked for, else the first of the list."""
    order = list(labels("themes"))

    def pick(entry: GalleryEntry) -> str:
        mine = results.themes.get(entry.fiche_id, [])
        if results.query.theme in mine:
            return str(results.query.theme)
        return min(mine, key=order.index, default="")

    return pick


async def look(query: Query) -> tuple[Results, dict[str, Federation]]:
    """Search, and read the names of the federations."""
    async with reading() as session:
        return await search.search(session, query), await search.federations(session)


def page(name: str, *, status: int = 200, lasting: bool = True, **context: Any) -> Made:
    """Render a template of the site as a finished answer."""
    text = environment.render(name, place_of=place_of, focus_class=focus_class, **context)
    return made(text, status=status, lasting=lasting)
