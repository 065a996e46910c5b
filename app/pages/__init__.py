"""The NiceGUI screens, one file a screen."""

from fastapi import FastAPI

from app.pages import (
    account,
    administration,
    brochures,
    committee,
    drafts,
    editor,
    frame,
    gabarits,
    guide_admin,
    help_requests,
    history,
    sheets,
    sittings,
    statistics,
    uploads,
)


def register(app: FastAPI) -> None:
    """Declare every screen."""
    frame.speak()
    for page in (
        account,
        administration,
        brochures,
        committee,
        drafts,
        editor,
        gabarits,
        guide_admin,
        history,
        help_requests,
        sittings,
        statistics,
    ):
        page.register()
    sheets.register(app)
    gabarits.register_pictures(app)
    brochures.register_files(app)
    uploads.register(app)
