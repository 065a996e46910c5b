"""The public site: plain pages, rendered once and served from memory, the same for everyone."""

from fastapi import FastAPI

from app.public import fiche, gallery, home, machines, messages, pieces, places, reading, workshop
from app.public.site import Site
from app.settings import Settings


def register(app: FastAPI, settings: Settings) -> None:
    """Declare the routes of the public site on the parent application."""
    public = Site(settings)
    for module in (home, gallery, pieces, fiche, places, machines, reading, workshop, messages):
        module.register(app, public)
