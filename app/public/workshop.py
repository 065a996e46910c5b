"""`/ecriture-rapide`: the timer of a workshop, plain, to be projected; the course of the sitting under it."""

import json
from functools import partial

from fastapi import FastAPI, Request
from starlette.responses import Response

from app.public import site
from app.public.cache import Made
from app.public.site import Site
from layouts import wording
from layouts.typography import french
from models import guide
from models.formats import Format, Part, formats

PATH = "/ecriture-rapide"


def register(app: FastAPI, public: Site) -> None:
    """Declare the route."""

    async def timer(request: Request) -> Response:
        known = formats()
        wanted = request.query_params.get("format", "")
        chosen = next((each for each in known if each.key == wanted), known[0])
        return await public.cache.respond(
            request, (PATH, chosen.key, guide.edition()), partial(_page, chosen, known)
        )

    app.add_route(PATH, timer, ["GET"])


async def _page(chosen: Format, known: tuple[Format, ...]) -> Made:
    return site.page(
        "minuteur.html",
        title="L’écriture rapide",
        here=PATH,
        canonical=PATH,
        formats=known,
        chosen=chosen,
        prompts=[_prompt(chosen, part) for part in chosen.parts],
        duration=wording.duration(chosen.minutes),
        parts=json.dumps(
            [
                {
                    "key": str(number),
                    "title": french(part.title),
                    "minutes": part.minutes,
                    "prompt": french(_prompt(chosen, part)),
                }
                for number, part in enumerate(chosen.parts)
            ]
        ),
    )


def _prompt(chosen: Format, part: Part) -> str:
    if part.step is None:
        return ""
    return "\n".join(part.step.aloud) if chosen.aloud and part.step.aloud else part.step.speed
