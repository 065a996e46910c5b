"""Builds the ASGI application: a parent FastAPI with the plain pages, NiceGUI inside it for the pages of work."""

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from fastapi import FastAPI
from nicegui import core, ui
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware
from starlette.middleware.sessions import SessionMiddleware

from app import auth, lighter, live, pages, public
from app.compressed import Compressed
from app.kept import Kept, Pictures
from app.middleware import SameOrigin, SecurityHeaders
from app.services import (
    accounts,
    directory,
    guidance,
    mail,
    measuring,
    media,
    paper,
    press,
    publication,
    rendering,
    retention,
)
from app.settings import Settings
from layouts.site import environment
from models import database

WORK_PATHS = (
    "/ecrire",
    "/comite",
    "/statistiques",
    "/administration",
    "/aide-individuelle",
    "/compte",
    "/_nicegui",
)
SESSION_DAYS = 30
# Compressed already; and a file sent as it is keeps its length and its strong fingerprint.
PACKED = (
    *DEFAULT_EXCLUDED_CONTENT_TYPES,
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
)


def create_app(settings: Settings, *, warm: bool = False) -> FastAPI:
    """Build the application for these settings; the database must have been migrated (see `cli`).

    `warm`: start the workers at once, so that the first page laid out doesn't wait for them.
    """
    configure(settings)
    app = FastAPI(
        title="C’est possible !",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=_lifespan(settings, warm=warm),
    )
    app.add_middleware(
        SessionMiddleware,
        secret_key=settings.signing_key,
        session_cookie="cestpossible",
        max_age=SESSION_DAYS * 24 * 3600,
        same_site="lax",
        https_only=settings.address.startswith("https://"),
    )
    app.add_middleware(GZipMiddleware, minimum_size=1024, compresslevel=6, exclude_content_types=PACKED)
    app.add_middleware(SameOrigin, address=settings.address)
    app.add_middleware(SecurityHeaders, is_work=_is_work)
    app.add_middleware(Compressed)
    app.mount("/ressources", Kept(directory=environment.STATIC), "ressources")
    app.mount("/polices", Kept(directory=environment.SITE.parent / "fonts"), "polices")
    app.mount("/medias", Pictures(directory=settings.media_dir), "medias")
    public.register(app, settings)
    auth.register(app, settings)
    pages.register(app)
    lighter.register(app)
    ui.run_with(
        app,
        title="C’est possible !",
        favicon=environment.STATIC / "favicon.svg",
        language="fr",
        tailwind=False,
        gzip_middleware_factory=None,  # the parent compresses
        show_welcome_message=False,
        reconnect_timeout=30.0,
    )
    # Each upload shows its own progress, with a name: Quasar's bar across the window has none.
    core.app.config.quasar_config["loadingBar"]["skipHijack"] = True
    origins = {
        settings.address,
        f"http://{settings.host}:{settings.port}",
        f"http://localhost:{settings.port}",
    }
    core.sio.eio.cors_allowed_origins = sorted(origins)
    return app


def configure(settings: Settings) -> None:
    """Connect the services to the database and the folders of these settings."""
    database.connect(settings.database)
    media.configure(settings.media_dir, settings.masters_dir)
    paper.configure(settings.sheets_dir)
    publication.configure(pieces=settings.pieces_dir, address=settings.address)
    press.configure(ahead=settings.pieces_ahead)
    environment.configure(
        address=settings.address,
        publisher=settings.publisher,
        contact=settings.contact_email,
        demo=settings.demo,
    )


def _is_work(path: str) -> bool:
    return path.startswith(WORK_PATHS)


def _lifespan(settings: Settings, *, warm: bool):  # type: ignore[no-untyped-def]  # noqa: ANN202
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await directory.ensure_federations()
        await guidance.refresh(anew=True)
        if settings.admin_email:
            await accounts.ensure_admin(settings.admin_email)
        if warm:
            await asyncio.to_thread(rendering.start)
        tasks = [asyncio.create_task(press.keep()), asyncio.create_task(retention.run())]
        if not database.current().sqlite:
            live.subscribe("public", lambda _: publication.renew_pages())
            tasks.append(asyncio.create_task(live.run(settings.database)))
        if settings.smtp_host:
            server = mail.Server(
                settings.smtp_host,
                settings.smtp_port,
                settings.smtp_user,
                settings.smtp_password,
                settings.smtp_tls,
                settings.mail_from,
            )
            tasks.append(asyncio.create_task(mail.run(server)))
        # What is loaded by now stays: leaving it out of collections took the slowest answers from 268 to 55 ms.
        gc.freeze()
        # Small collections, often: with a threshold of 100,000 each one held everybody up for 200 ms among fifty writers.
        gc.set_threshold(10_000, 20, 100)
        yield
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        measuring.forget_all()
        await asyncio.to_thread(rendering.close)
        live.forget_all()
        await database.current().dispose()

    return lifespan
