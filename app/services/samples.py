"""Pictures of each installed gabarit, for those who choose or draw one: laid out once, kept as long as it does not change."""

import asyncio
from collections import defaultdict
from pathlib import Path

from app import permissions
from app.permissions import Actor
from app.services import rendering
from layouts import renderer, trials
from models.errors import NotAllowed, NotFound

_kept: dict[tuple[str, str, str], list[bytes]] = {}
_locks: defaultdict[tuple[str, str, str], asyncio.Lock] = defaultdict(asyncio.Lock)


async def picture(*, actor: Actor, gabarit: str, palette: str, page: int) -> bytes:
    """Return a page of the sample fiche as JPEG, pages counted from 0; NotAllowed, NotFound, LayoutFailed."""
    if not permissions.can_administer(actor):
        raise NotAllowed("administer")
    found = {each.name: each for each in renderer.list_gabarits()}.get(gabarit)
    if found is None or palette not in found.palettes:
        raise NotFound
    key = (gabarit, palette, found.version)
    async with _locks[key]:
        if key not in _kept:
            setting = renderer.Setting(
                gabarit=gabarit, palette=palette, public_url="https://cestpossible.example/fiches/essai"
            )
            _, _, _kept[key] = await rendering.measure(
                trials.made(380, 0), setting, Path(), pictures=True, known=None
            )
    if page >= len(_kept[key]):
        raise NotFound
    return _kept[key][page]
