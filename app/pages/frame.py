"""What surrounds every page of work: the site's header, the main landmark, the style sheets; and who may come in."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from nicegui import context, ui
from nicegui.translations import translations

from app.auth.session import current_actor
from app.permissions import Actor
from app.services import guidance
from layouts.site import environment

PATIENCE = 30.0  # seconds for a page to be built: on a busy server a late page is better than an error


# What NiceGUI itself says when the line is cut or a message does not pass; the editor says the first in its bar.
CUT = {
    "connection_lost": "La connexion s’est interrompue",
    "trying_to_reconnect": "On la rétablit. Vous n’avez rien à faire, la page reprendra d’elle-même.",
    "message_too_long": "C’est trop long pour partir d’un coup",
    "message_too_long_body": "Raccourcissez ce texte, ou envoyez-le en plusieurs fois.",
}


def speak() -> None:
    """Give NiceGUI our words for what it says by itself."""
    translations["fr"].update(CUT)


def work_page(path: str, **options: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Make the decorated function a page of work at `path`; `options` are those of `ui.page`."""
    return ui.page(path, response_timeout=PATIENCE, **options)


async def enter(request: Request) -> Actor | Response:
    """Return the logged-in account, or the answer that sends the person to log in and back here."""
    actor = await current_actor(request)
    if actor is not None:
        await guidance.refresh()  # another process may have published a version of the guide
        return actor
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(f"/connexion?suite={quote(here)}", status_code=303)


async def admit(request: Request, may: Callable[[Actor], bool], otherwise: str) -> Actor | Response | None:
    """Return who is logged in and `may` enter, or what the page answers: None once it says `otherwise`."""
    actor = await enter(request)
    if isinstance(actor, Actor) and not may(actor):
        refused(actor, otherwise)
        return None
    return actor


def head(title: str, styles: Sequence[str] = ()) -> None:
    """Set the page's title and load the design system, then `styles` (file names in `static`)."""
    ui.page_title(f"{title} · C’est possible !")
    links = [environment.style_url("site"), *(environment.asset(name) for name in ("work.css", *styles))]
    ui.add_head_html("".join(f'<link rel="stylesheet" href="{link}">' for link in links))
    ui.colors(
        primary="#0e5a63",
        secondary="#0b2e33",
        accent="#c8401a",
        positive="#2f7a4d",
        negative="#a3221b",
        warning="#8a4b00",
    )


def give_main_back() -> None:
    """Quasar's page is a `main` around everything, header included: make it a plain box, ours is the landmark."""
    slot = context.client.content.parent_slot
    if slot is not None:
        slot.parent.tag = "div"


@contextmanager
def frame(
    title: str, actor: Actor, *, here: str = "", styles: Sequence[str] = (), wide: bool = False
) -> Iterator[None]:
    """Open the frame of a page: header, then `main` (as wide as the window if `wide`), then the footer."""
    head(title, styles)
    give_main_back()
    ui.query("body").classes("site work")
    ui.html(environment.render("_header.html", actor=actor, here=here), sanitize=False).classes("work-header")
    with (
        ui.element("main").classes("work-main" if wide else "work-main wrap").props("id=contenu tabindex=-1")
    ):
        yield
    if not wide:
        ui.html(environment.render("_footer.html"), sanitize=False).classes("work-footer")


def refused(actor: Actor, sentence: str) -> None:
    """Fill the page with a kind refusal."""
    with frame("Accès réservé", actor), ui.element("div").classes("stack band"):
        ui.html("<h1>Cette page ne vous est pas ouverte</h1>", sanitize=False)
        ui.label(sentence)
        ui.html('<p><a class="btn btn-primary" href="/compte">Retour à mon espace</a></p>', sanitize=False)
