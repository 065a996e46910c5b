"""`/fiches/SLUG` and its PDF: frozen at publication, made once."""

import asyncio
import re
import zlib
from pathlib import Path
from urllib.parse import quote

from fastapi import FastAPI, Request
from markupsafe import Markup
from starlette.responses import FileResponse, Response

from app.public import site
from app.public.cache import Made
from app.public.messages import gone, missing, not_found
from app.public.site import Site, departement_path
from app.services import publication, search
from layouts import renderer, typography
from layouts.site import environment
from models import geography
from models.database import reading
from models.errors import NotFound
from models.fiche import GalleryEntry, Revision
from models.people import Centre
from models.taxonomy import label, labels


def register(app: FastAPI, public: Site) -> None:
    """Declare the routes."""

    async def fiche(request: Request) -> Response:
        slug = request.path_params["slug"]
        return await public.cache.respond(request, ("fiche", slug), lambda: _make(public, slug))

    async def pdf(request: Request) -> Response:
        slug = request.path_params["slug"]
        try:
            path = await publication.pdf_path(slug)
        except NotFound:
            return await public.cache.respond(request, ("fiche", slug), lambda: _make(public, slug))
        # The name of the file carries the revision and the gabarit's version: it is the fingerprint.
        etag = f'"{path.stem}"'
        headers = {"ETag": etag, "Cache-Control": "no-cache"}
        if etag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return FileResponse(
            path,
            media_type="application/pdf",
            filename=f"C’est possible – {slug}.pdf",
            headers=headers,
        )

    async def sheet(request: Request) -> Response:
        gabarit = request.path_params["gabarit"]
        if gabarit not in {each.name for each in renderer.list_gabarits()}:
            return await missing(public, request)
        return Response(
            renderer.stylesheet(gabarit, fonts_base="/polices"),
            media_type="text/css",
            headers={"Cache-Control": "public, max-age=31536000, immutable"},
        )

    app.add_route("/fiches/{slug}.pdf", pdf, ["GET"])
    app.add_route("/fiches/{slug}", fiche, ["GET"])
    app.add_route("/styles/gabarit/{gabarit}.css", sheet, ["GET"])


async def _make(public: Site, slug: str) -> Made:
    async with reading() as session:
        found = await search.entry_and_revision(session, slug)
        if found is None:
            known = await search.was_published(session, slug)
            return await (gone() if known else not_found(slug.replace("-", " ")))
        entry, revision = found
        centre = await session.get_one(Centre, entry.centre_id)
        cousins = await search.cousins(session, entry)
        themes = await search.themes_of(session, [entry, *cousins])
    setting = publication.public_setting(revision, slug)
    fit = renderer.Fit.from_dict(revision.fit) if revision.fit else None
    sheet = renderer.stylesheet(setting.gabarit, fonts_base="/polices")
    pdf = publication.ready_pdf(revision)
    order = list(labels("themes"))
    mine = sorted(themes.get(entry.fiche_id, []), key=order.index)
    return site.page(
        "fiche.html",
        lasting=pdf is not None,
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
        pdf_note=await asyncio.to_thread(pdf_note, pdf) if pdf else "PDF",
        data=_data(public, entry, setting.public_url, mine),
        mail=_mails(public, entry, revision, centre, setting.public_url),
    )


def territory(code: str) -> tuple[str, str] | None:
    """Return the address and the name of a département's page."""
    departement = geography.departements().get(code)
    return (departement_path(code), f"{departement.name} ({code})") if departement else None


def pdf_note(path: Path) -> str:
    """Return what a link to a PDF must say of it: "PDF, 2 pages, 412 ko" (RGAA 13.3 and good practice)."""
    data = path.read_bytes()
    pages, size = count_pages(data), len(data) / 1000
    text = f"{size:.0f} ko" if size < 1000 else f"{size / 1000:.1f} Mo".replace(".", ",")
    weight = text.replace(" ", typography.NBSP)
    return f"PDF, {environment.plural(pages, 'page')}, {weight}" if pages else f"PDF, {weight}"


def count_pages(data: bytes) -> int:
    """Return the number of pages of one of our PDFs, 0 if it can't be told: the page tree's root says it, packed in
    an object stream."""
    packed = [
        zlib.decompressobj().decompress(data[match.end() :])
        for match in re.finditer(rb"/ObjStm[^>]*>>\s*stream\r?\n", data)
    ]
    found = [
        int(number)
        for part in (data, *packed)
        for number in re.findall(rb"/Type\s*/Pages\b[^>]*?/Count (\d+)", part)
    ]
    found += [
        int(number)
        for part in (data, *packed)
        for number in re.findall(rb"/Count (\d+)[^>]*?/Type\s*/Pages\b", part)
    ]
    return max(found, default=0)


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
