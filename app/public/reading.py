"""The pages of plain text: legal notice, personal data, accessibility, site map for people, help."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

from fastapi import FastAPI, Request
from starlette.responses import Response

from app.public import site
from app.public.cache import Made
from app.public.site import Site, departement_path
from app.services.search import Query
from layouts import wording
from layouts.typography import french
from models import geography, guide
from models.guide_words import passages

DECLARED = date(2026, 11, 23)  # of the accessibility statement: change it with the statement


def register(app: FastAPI, public: Site) -> None:
    """Declare the routes."""

    async def legal() -> Made:
        return _text("mentions-legales", "Mentions légales", demo=public.settings.demo)

    async def personal() -> Made:
        return _text("donnees-personnelles", "Données personnelles")

    async def accessibility() -> Made:
        return _text("accessibilite", "Accessibilité", declared=wording.day(DECLARED))

    async def help_() -> Made:
        steps = guide.steps()
        return _text(
            "aide",
            "Écrire une fiche en huit étapes",
            steps=steps,
            examples={step.key: passages(french(step.example.text)) for step in steps},
            minutes=sum(step.minutes for step in steps),
        )

    pages: dict[str, Callable[[], Awaitable[Made]]] = {
        "/mentions-legales": legal,
        "/donnees-personnelles": personal,
        "/accessibilite": accessibility,
        "/aide": help_,
        "/plan-du-site": _plan,
    }
    for path, make in pages.items():
        app.add_route(path, _route(public, path, make), ["GET"])


def _route(
    public: Site, path: str, make: Callable[[], Awaitable[Made]]
) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        # The help page is made of the guide, which an administrator may change.
        return await public.cache.respond(request, (path, guide.edition()), make)

    return endpoint


def _text(name: str, title: str, **context: Any) -> Made:
    return site.page(f"{name}.html", title=title, here=f"/{name}", canonical=f"/{name}", **context)


async def _plan() -> Made:
    results, federations = await site.look(Query())
    counts = results.counts["departement"]
    departements = sorted(
        (each for each in geography.departements().values() if each.code in counts),
        key=lambda each: geography.fold(each.name),
    )
    return _text(
        "plan-du-site",
        "Plan du site",
        total=results.total,
        theme_counts=site.theme_counts(results.counts["theme"]),
        departements=[
            (departement_path(d.code), f"{d.name} ({d.code})", counts[d.code]) for d in departements
        ],
        federations=[
            (f"/territoires/{each.slug}", each.name, results.counts["federation"][each.id])
            for each in federations.values()
            if each.id in results.counts["federation"]
        ],
    )
