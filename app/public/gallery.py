"""`/fiches`: the gallery. A plain page rather than a NiceGUI one: first paint at once, 17 kB instead of 376, nothing kept
in memory for a visitor; a script of its own makes it live."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from fastapi import FastAPI, Request
from starlette.responses import Response

from app.public import phrases, site, territory_map
from app.public.cache import Made
from app.public.site import Site, gallery_url
from app.services.search import FACETS, PAGE_SIZE, Query, Results
from layouts import typography
from models import geography
from models.people import Federation
from models.taxonomy import labels

MAX_LENGTH = 120  # characters of a search
SHOWN = 40  # characters of a refused value that are repeated
NAMES = {
    "theme": "Ce thème",
    "public": "Ce public",
    "federation": "Cette fédération",
    "departement": "Ce département",
}


def register(app: FastAPI, public: Site) -> None:
    """Declare the route."""

    async def gallery(request: Request) -> Response:
        query, refused = read_query(request.query_params)
        key = ("gallery", query, refused, "fragment" in request.query_params)

        async def make() -> Made:
            return await _make(query, list(refused), fragment=key[3])

        return await public.cache.respond(request, key, make)

    app.add_route("/fiches", gallery, ["GET"])


def read_query(values: Mapping[str, str]) -> tuple[Query, tuple[tuple[str, str], ...]]:
    """Read a search from an address: never fails; what makes no sense comes back as (filter, value) pairs."""
    words = " ".join(values.get("q", "").replace("\x00", "").split())[:MAX_LENGTH]
    known: dict[str, Mapping[str, object]] = {
        "theme": labels("themes"),
        "public": labels("publics"),
        "departement": geography.departements(),
    }
    chosen: dict[str, Any] = {}
    refused = []
    for name in FACETS:
        value = values.get(name, "").strip()
        if not value:
            continue
        if name in known and value not in known[name]:
            refused.append((name, value[:SHOWN]))
        else:
            chosen[name] = value[:SHOWN]
    page = values.get("page", "1")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1
    return Query(words=words, page=max(1, number), **chosen), tuple(refused)


async def _make(query: Query, refused: list[tuple[str, str]], *, fragment: bool) -> Made:
    results, federations = await site.look(query)
    if query.federation and query.federation not in federations:
        refused.append(("federation", query.federation))
        query = replace(query, federation=None)
        results, federations = await site.look(query)
    query = results.query
    federation = federations[query.federation].name if query.federation else ""
    sentence = phrases.count_sentence(results.total, query, federation)
    return site.page(
        "gallery_fragment.html" if fragment else "gallery.html",
        here="/fiches",
        title=sentence,
        description="Les actions des habitants et de leurs centres sociaux : cherchez par mot, thème, public ou territoire.",
        canonical=gallery_url(query),
        results=results,
        sentence=sentence,
        refused=[
            f"{NAMES[name]} (« {value} ») n’existe pas : nous cherchons sans." for name, value in refused
        ],
        options=_options(results, federations),
        chosen=_chosen(query, federation),
        loosen=await _loosen(query, federation) if not results.total else [],
        previous=gallery_url(query, page=query.page - 1) if query.page > 1 else "",
        following=gallery_url(query, page=query.page + 1) if query.page < results.pages else "",
        theme_of=site.theme_of(results),
        map=territory_map.build(
            results.counts["departement"],
            results.points,
            lambda code: gallery_url(query, departement=code, page=1),
            query.departement,
        ),
        first=(query.page - 1) * PAGE_SIZE + 1,
    )


def _labels(federations: dict[str, Federation]) -> dict[str, dict[str, str]]:
    departements = geography.departements().values()
    return {
        "theme": labels("themes"),
        "public": labels("publics"),
        "departement": {
            each.code: f"{each.name} ({each.code})"
            for each in sorted(departements, key=lambda d: geography.fold(d.name))
        },
        "federation": {each.id: each.name for each in federations.values()},
    }


def _options(results: Results, federations: dict[str, Federation]) -> dict[str, list[tuple[str, str, int]]]:
    """Return (value, label, fiches) of each filter: the values that would give something, and the chosen one."""
    found = {}
    for name, texts in _labels(federations).items():
        counts, mine = results.counts[name], getattr(results.query, name)
        found[name] = [
            (key, text, counts.get(key, 0)) for key, text in texts.items() if counts.get(key) or key == mine
        ]
    return found


def _texts(query: Query, federation: str) -> dict[str, str]:
    """Return the chosen values in words, by name; the search itself is called "words"."""
    texts = {"words": f"«{typography.NBSP}{query.words}{typography.NBSP}»" if query.words else ""}
    if query.theme:
        texts["theme"] = labels("theme_courts")[query.theme]
    if query.public:
        texts["public"] = labels("publics")[query.public]
    if query.departement:
        texts["departement"] = geography.departements()[query.departement].name
    if query.federation:
        texts["federation"] = federation
    return {name: text for name, text in texts.items() if text}


def _chosen(query: Query, federation: str) -> list[dict[str, str]]:
    """Return the chips of what is chosen, each with the address of the search without it."""
    return [
        {"text": text, "href": gallery_url(query.without(name))}
        for name, text in _texts(query, federation).items()
    ]


async def _loosen(query: Query, federation: str) -> list[dict[str, Any]]:
    """Return what would be found by giving one choice up, most fiches first."""
    found = []
    for name, text in _texts(query, federation).items():
        without = query.without(name)
        if without == Query():
            continue
        results, _ = await site.look(without)
        if results.total:
            found.append({"text": f"sans {text}", "href": gallery_url(without), "count": results.total})
    return sorted(found, key=lambda each: -int(each["count"]))
