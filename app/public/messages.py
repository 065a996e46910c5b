"""The pages that say that something is not there, or went wrong, and help to go on."""

import re

from fastapi import FastAPI, Request
from nicegui import app as nicegui_app
from starlette.responses import Response

from app.public import site
from app.public.cache import Made, send
from app.public.site import Site
from app.services import search
from models.database import reading


def register(app: FastAPI, public: Site) -> None:
    """Answer unknown addresses and failures of the server with our pages, for the working pages too."""

    async def unknown(request: Request, _error: Exception) -> Response:
        return await missing(public, request)

    async def failed(request: Request, _error: Exception) -> Response:
        # Nothing of the error is shown: it may hold what people wrote. The log has it.
        return send(request, _failure())

    for each in (app, nicegui_app):  # unknown addresses end in NiceGUI, which is mounted last, at the root
        each.add_exception_handler(404, unknown)
        each.add_exception_handler(Exception, failed)


async def missing(public: Site, request: Request) -> Response:
    """Answer "not found", with a search for the words of the address."""
    words = re.sub(r"[^\w]+", " ", request.url.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]).strip()
    return send(request, await not_found(words if public else ""))


async def not_found(words: str = "") -> Made:
    """Make the "not found" page; `words` stand in its search box."""
    async with reading() as session:
        newest = await search.latest(session, 3)
    return site.page(
        "message.html",
        status=404,
        lasting=False,  # there is no end to wrong addresses
        title="Cette page n’existe pas",
        mark="?",
        texts=[
            "L’adresse a peut-être changé, ou une lettre s’est perdue en route. Cherchez ce que vous vouliez lire."
        ],
        words=words[:80],
        newest=newest,
    )


async def absent(slug: str) -> Made:
    """Make the page of a fiche that isn't public: withdrawn, or never there."""
    async with reading() as session:
        known = bool(slug.isascii() and slug.isprintable()) and await search.was_published(session, slug)
    return await (gone() if known else not_found(slug.replace("-", " ")))


def unready(address: str, seconds: int) -> Made:
    """Make the page of a piece that could not be laid out; it may be tried again after `seconds`."""
    answer = site.page(
        "message.html",
        status=503,
        lasting=False,
        title="Ce document n’est pas encore prêt",
        mark="…",
        texts=[
            "Sa mise en page n’a pas abouti. La fiche, elle, est bien en ligne : rien n’est perdu.",
            "Réessayez dans un instant. Si cela dure, écrivez-nous : nous regarderons.",
        ],
        retry=address,
        words="",
        newest=[],
    )
    answer.headers["Retry-After"] = str(seconds)
    return answer


async def gone() -> Made:
    """Make the page of a fiche that was withdrawn."""
    async with reading() as session:
        newest = await search.latest(session, 3)
    return site.page(
        "message.html",
        status=410,
        title="Cette fiche n’est plus en ligne",
        mark="…",
        texts=[
            "La structure qui l’avait écrite l’a retirée. D’autres racontent peut-être la même chose ailleurs."
        ],
        words="",
        newest=newest,
    )


def _failure() -> Made:
    return site.page(
        "message.html",
        status=500,
        title="Quelque chose s’est cassé chez nous",
        mark="!",
        texts=["Ce n’est pas de votre faute. Réessayez dans un instant ; si cela dure, écrivez-nous."],
        words="",
        newest=[],
    )
