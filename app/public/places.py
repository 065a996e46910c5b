"""`/centres/…`, `/territoires/…`, `/themes/…`: what crawlers and shared links land on."""

from functools import cache

from fastapi import FastAPI, Request
from starlette.responses import RedirectResponse, Response

from app.public import phrases, site, territory_map
from app.public.cache import Made
from app.public.fiche import mailto, territory
from app.public.messages import not_found
from app.public.site import Site, departement_path, gallery_url
from app.services import search
from app.services.search import Point, Query
from layouts import typography, wording
from models import geography
from models.database import reading
from models.people import Centre
from models.taxonomy import labels


def register(app: FastAPI, public: Site) -> None:
    """Declare the routes."""

    async def centre(request: Request) -> Response:
        slug = request.path_params["slug"]
        return await public.cache.respond(request, ("centre", slug), lambda: _centre(slug))

    async def theme(request: Request) -> Response:
        key = request.path_params["key"]
        return await public.cache.respond(request, ("theme", key), lambda: _theme(key))

    async def place(request: Request) -> Response:
        slug = request.path_params["slug"]
        if slug.upper() in geography.departements():
            return RedirectResponse(departement_path(slug.upper()), status_code=301)
        return await public.cache.respond(request, ("territory", slug), lambda: _territory(slug))

    app.add_route("/centres/{slug}", centre, ["GET"])
    app.add_route("/themes/{key}", theme, ["GET"])
    app.add_route("/territoires/{slug}", place, ["GET"])


@cache
def _departement_slugs() -> dict[str, str]:
    return {departement_path(code).rsplit("/", 1)[1]: code for code in geography.departements()}


async def _centre(slug: str) -> Made:
    async with reading() as session:
        centre = await search.centre_at(session, slug)
        if centre is None or centre.id is None:
            return await not_found(slug.replace("-", " "))
        entries = await search.of_centre(session, centre.id)
        themes = await search.themes_of(session, entries)
        federations = await search.federations(session)
    departement = geography.departements().get(centre.departement_code)
    place = wording.place_name(centre.commune_code)
    where = f"{centre.name}, {place}" if place else centre.name
    return site.page(
        "centre.html",
        title=where,
        description=centre.card.mission or f"Les fiches de {where}",
        canonical=f"/centres/{slug}",
        centre=centre,
        place=place,
        lines=wording.card_lines(centre.card.model_copy(update={"name": centre.name})),
        federation=federations.get(centre.federation_id or ""),
        territory=territory(departement.code) if departement else None,
        mailbox=mailto(centre.card.mailbox, "Depuis le site C’est possible !"),
        website=typography.href(centre.card.website),
        entries=entries,
        themes=themes,
        map=_map_of(centre, [entry.slug for entry in entries]),
    )


def _map_of(centre: Centre, slugs: list[str]) -> territory_map.TerritoryMap | None:
    """Return the map with the département of a structure and the structure itself."""
    if centre.departement_code not in geography.departements():
        return None
    points = []
    if centre.commune_code and slugs:
        commune = geography.communes().get(centre.commune_code)
        name = commune.name if commune else ""
        points = [Point(slugs[0], centre.name, name, centre.commune_code, centre.departement_code)]
    counts = {centre.departement_code: len(slugs)}
    return territory_map.build(counts, points, departement_path, centre.departement_code)


async def _theme(key: str) -> Made:
    if key not in labels("themes"):
        return await not_found(key.replace("-", " "))
    return await _listing(
        Query(theme=key),
        path=f"/themes/{key}",
        kind="Thème",
        heading=labels("themes")[key],
        intro=labels("theme_definitions")[key],
    )


async def _territory(slug: str) -> Made:
    code = _departement_slugs().get(slug)
    if code is not None:
        departement = geography.departements()[code]
        return await _listing(
            Query(departement=code),
            path=f"/territoires/{slug}",
            kind=f"Département · {departement.region}",
            heading=f"{departement.name} ({code})",
        )
    async with reading() as session:
        federations = await search.federations(session)
    federation = next((each for each in federations.values() if each.slug == slug), None)
    if federation is None:
        return await not_found(slug.replace("-", " "))
    return await _listing(
        Query(federation=federation.id),
        path=f"/territoires/{slug}",
        kind="Fédération" if not federation.to_confirm else "Territoire",
        heading=federation.name,
        intro="Rattachement à confirmer par la fédération nationale." if federation.to_confirm else "",
    )


async def _listing(query: Query, *, path: str, kind: str, heading: str, intro: str = "") -> Made:
    results, federations = await site.look(query)
    name = federations[query.federation].name if query.federation else ""
    sentence = phrases.count_sentence(results.total, query, name)
    return site.page(
        "listing.html",
        title=heading,
        description=f"{sentence}. {intro}",
        canonical=path,
        kind=kind,
        heading=heading,
        intro=intro,
        sentence=sentence,
        results=results,
        theme_of=site.theme_of(results),
        gallery_url=gallery_url(query),
        following=gallery_url(query, page=2),
        map=territory_map.build(
            results.counts["departement"],
            results.points,
            lambda code: gallery_url(query, departement=code),
            query.departement,
        ),
    )
