"""`/`: what this is, the newest fiches, the map."""

from fastapi import FastAPI, Request
from starlette.responses import Response

from app.public import site, territory_map
from app.public.cache import Made
from app.public.site import Site
from app.services import search
from app.services.search import Query
from models.database import reading

DESCRIPTION = (
    "Des habitants agissent avec leur centre social : lisez comment ils s’y sont pris, par thème et par territoire, "
    "puis racontez à votre tour."
)
NEWEST = 6


def register(app: FastAPI, public: Site) -> None:
    """Declare the route."""

    async def home(request: Request) -> Response:
        return await public.cache.respond(request, "home", _make)

    app.add_route("/", home, ["GET"])


async def _make() -> Made:
    async with reading() as session:
        results = await search.search(session, Query())
        centres = await search.centre_count(session)
    return site.page(
        "home.html",
        here="/",
        title="Accueil",
        description=DESCRIPTION,
        canonical="/",
        newest=results.entries[:NEWEST],
        themes={entry.fiche_id: results.themes.get(entry.fiche_id) for entry in results.entries},
        total=results.total,
        centres=centres,
        theme_counts=site.theme_counts(results.counts["theme"]),
        map=territory_map.build(
            results.counts["departement"], results.points, lambda code: f"/fiches?departement={code}"
        ),
    )
