"""What machines read: style sheets and shapes, the site map, the rules for robots, the Atom feed."""

from fastapi import FastAPI, Request
from starlette.responses import PlainTextResponse, Response

from app.public import site, territory_map
from app.public.cache import Made, made
from app.public.messages import missing
from app.public.site import Site, departement_path
from app.services import search
from layouts.site import environment
from models.database import reading
from models.taxonomy import labels

FEED_LENGTH = 30
# These addresses change with what they hold.
LASTING = {"Cache-Control": "public, max-age=31536000, immutable"}
BRIEF = {"Cache-Control": "no-cache"}
CLOSED = ("/ecrire", "/comite", "/compte", "/statistiques", "/administration", "/connexion")
FIXED = (
    "/",
    "/fiches",
    "/aide",
    "/ecriture-rapide",
    "/plan-du-site",
    "/mentions-legales",
    "/donnees-personnelles",
    "/accessibilite",
)


def register(app: FastAPI, public: Site) -> None:
    """Declare the routes."""

    async def style(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in ("tokens", "site", "public"):
            return await missing(public, request)
        headers = LASTING if "v" in request.query_params else BRIEF
        return Response(environment.bundle(name), media_type="text/css", headers=headers)

    async def shapes(_request: Request) -> Response:
        return Response(territory_map.shapes_svg(), media_type="image/svg+xml", headers=LASTING)

    async def robots(_request: Request) -> Response:
        closed = "".join(f"Disallow: {path}\n" for path in CLOSED)
        return PlainTextResponse(f"User-agent: *\n{closed}\nSitemap: {public.settings.address}/sitemap.xml\n")

    async def sitemap(request: Request) -> Response:
        return await public.cache.respond(request, "sitemap", _sitemap)

    async def feed(request: Request) -> Response:
        return await public.cache.respond(request, "feed", _feed)

    app.add_route("/styles/{name}.css", style, ["GET"])
    app.add_route("/styles/carte.svg", shapes, ["GET"])
    app.add_route("/robots.txt", robots, ["GET"])
    app.add_route("/sitemap.xml", sitemap, ["GET"])
    app.add_route("/flux", feed, ["GET"])


async def _sitemap() -> Made:
    results, federations = await site.look(search.Query())
    async with reading() as session:
        addresses = await search.addresses(session)
    pages = [(path, "") for path in FIXED]
    pages += [(f"/themes/{key}", "") for key in labels("themes")]
    pages += [(departement_path(code), "") for code in sorted(results.counts["departement"])]
    pages += [
        (f"/territoires/{federations[key].slug}", "")
        for key in sorted(results.counts["federation"])
        if key in federations
    ]
    pages += [(f"/centres/{slug}", "") for slug in sorted({centre for _, _, centre in addresses})]
    pages += [(f"/fiches/{slug}", changed.date().isoformat()) for slug, changed, _ in addresses]
    return made(environment.render("sitemap.xml", pages=pages), "application/xml")


async def _feed() -> Made:
    async with reading() as session:
        entries = await search.latest(session, FEED_LENGTH)
        themes = await search.themes_of(session, entries)
    updated = max((entry.updated_at for entry in entries), default=None)
    text = environment.render(
        "flux.xml",
        entries=entries,
        themes={entry.fiche_id: themes.get(entry.fiche_id, []) for entry in entries},
        updated=updated.isoformat() if updated else "1970-01-01T00:00:00+00:00",
    )
    return made(text, "application/atom+xml; charset=utf-8")
