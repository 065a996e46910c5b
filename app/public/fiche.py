"""`/fiches/SLUG`: frozen at publication, made once."""

from urllib.parse import quote

from fastapi import FastAPI, Request
from markupsafe import Markup
from starlette.responses import Response

from app.public import site
from app.public.cache import Made
from app.public.messages import absent, missing
from app.public.pieces import note
from app.public.site import Site, departement_path
from app.services import pieces, publication, search
from layouts import renderer, sharing, typography
from layouts.catalogue import KIT, LARGE, PIECES, USES
from layouts.site import environment
from models import geography
from models.database import reading
from models.fiche import GalleryEntry, Revision
from models.people import Centre
from models.taxonomy import label, labels


def register(app: FastAPI, public: Site) -> None:
    """Declare the routes."""

    async def fiche(request: Request) -> Response:
        slug = request.path_params["slug"]
        return await public.cache.respond(request, ("fiche", slug), lambda: _make(public, slug))

    async def sheet(request: Request) -> Response:
        gabarit = request.path_params["gabarit"]
        if gabarit not in {each.name for each in renderer.list_gabarits()}:
            return await missing(public, request)
        return Response(
            renderer.stylesheet(gabarit, fonts_base="/polices"),
            media_type="text/css",
            headers={"Cache-Control": "public, max-age=31536000, immutable"},
        )

    app.add_route("/fiches/{slug}", fiche, ["GET"])
    app.add_route("/styles/gabarit/{gabarit}.css", sheet, ["GET"])


async def _make(public: Site, slug: str) -> Made:
    async with reading() as session:
        found = await search.entry_and_revision(session, slug)
        if found is None:
            return await absent(slug)
        entry, revision = found
        centre = await session.get_one(Centre, entry.centre_id)
        cousins = await search.cousins(session, entry)
        themes = await search.themes_of(session, [entry, *cousins])
    setting = publication.public_setting(revision, slug)
    fit = renderer.Fit.from_dict(revision.fit).on_screen() if revision.fit else None
    sheet = renderer.stylesheet(setting.gabarit, fonts_base="/polices")
    shelf = pieces.offered(revision, slug)
    order = list(labels("themes"))
    mine = sorted(themes.get(entry.fiche_id, []), key=order.index)
    return site.page(
        "fiche.html",
        lasting=all(each.stored for each in shelf.values()),
        here="/fiches",
        title=entry.title,
        description=entry.accroche,
        canonical=f"/fiches/{slug}",
        address=setting.public_url,
        entry=entry,
        centre=centre,
        article=Markup(renderer.article(revision.content, setting, fit)),  # noqa: S704  escaped there
        gabarit_css=f"/styles/gabarit/{setting.gabarit}.css?v={environment.fingerprint(sheet)}",
        themes=mine,
        territory=territory(entry.departement_code),
        cousins=cousins,
        cousin_themes=themes,
        notes={name: note(each.piece, each.stored) for name, each in shelf.items()},
        uses=[(use, [PIECES[name] for name in names if name in shelf]) for use, names in USES],
        kit=KIT,
        block=sharing.html_block(revision.content, setting),
        picture=LARGE if LARGE.name in shelf else None,
        data=_data(public, entry, setting.public_url, mine),
        mail=_mails(public, entry, revision, centre, setting.public_url),
    )


def territory(code: str) -> tuple[str, str] | None:
    """Return the address and the name of a département's page."""
    departement = geography.departements().get(code)
    return (departement_path(code), f"{departement.name} ({code})") if departement else None


def mailto(address: str, subject: str, body: str = "") -> str:
    """Return a mailto address, or "" when there is nobody to write to."""
    if not typography.href(address).startswith("mailto:"):
        return ""
    query = f"?subject={quote(subject)}" + (f"&body={quote(body)}" if body else "")
    return typography.href(address) + query


def _mails(
    public: Site, entry: GalleryEntry, revision: Revision, centre: Centre, address: str
) -> dict[str, str]:
    mailbox = revision.content.further.mailbox or revision.content.card.mailbox or centre.card.mailbox
    title = typography.bare(entry.title)
    return {
        "to_try": mailto(
            mailbox,
            f"On veut essayer : {title}",
            f"Bonjour,\n\nNous avons lu votre fiche « {title} » ({address}) et nous aimerions essayer chez nous.\n\n",
        ),
        "to_write": mailto(mailbox, f"Votre fiche « {title} »"),
        "to_report": mailto(
            public.settings.contact_email,
            f"Signaler la fiche « {title} »",
            f"Adresse de la fiche : {address}\n\nCe qui ne va pas :\n\n",
        ),
    }


def _data(public: Site, entry: GalleryEntry, address: str, themes: list[str]) -> dict[str, object]:
    """Return the structured data of the fiche (schema.org)."""
    data: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": typography.bare(entry.title),
        "description": typography.bare(entry.accroche),
        "inLanguage": "fr",
        "url": address,
        "datePublished": entry.published_at.isoformat(),
        "dateModified": entry.updated_at.isoformat(),
        "author": {
            "@type": "Organization",
            "name": entry.centre_name,
            "url": f"{public.settings.address}/centres/{entry.centre_slug}",
        },
        "publisher": {"@type": "Organization", "name": public.settings.publisher},
        "about": [label("themes", key) for key in themes],
    }
    if entry.commune:
        data["contentLocation"] = {"@type": "Place", "name": site.place_of(entry)}
    if entry.cover_key:
        data["image"] = f"{public.settings.address}/medias/{entry.cover_key}-1654.jpg"
    return data
