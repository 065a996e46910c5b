"""Drafts in which all is written: a thousand words and four photos, each another text, as a centre leaves them."""

import asyncio
import tomllib
from operator import attrgetter

from app.demo import loader
from app.services import accounts, drafting, media
from models import checks, database, guide
from models.content import FicheContent, Photo
from tests.journeys.server import ACCOUNTS, Server

WORDS = 1000
PHOTOS = 4
_GROWING = (
    "constat",
    "response",
    "residents",
    "implementation",
)  # parts whose text takes what another fiche says


def store(server: Server, number: int) -> list[str]:
    """Give a server so many drafts of the demonstration's writer; return the paths of their editors."""
    return asyncio.run(_store(server, number))


def thousand_words(rank: int = 0) -> FicheContent:
    """Return a fiche of the demonstration (0: the longest), made longer up to a thousand words; without photo."""
    contents = [
        FicheContent.model_validate(tomllib.loads(path.read_text(encoding="utf-8"))["content"])
        for path in sorted((loader.FOLDER / "fiches").glob("*.toml"))
    ]
    contents.sort(key=count_words, reverse=True)
    rank %= len(contents)
    content, *others = contents[rank:] + contents[:rank]
    for other in others:
        for part in map(attrgetter, _GROWING):
            if count_words(content) >= WORDS:
                return content
            part(content).text += "\n\n" + part(other).text
    return content


def count_words(content: FicheContent) -> int:
    """Return the number of words in all the texts of a fiche."""
    return sum(guide.count_words(text) for _, text in checks.passages(content))


async def _store(server: Server, number: int) -> list[str]:
    media.configure(server.data_dir / "medias", server.data_dir / "originaux")
    connected = database.connect(server.database)
    try:
        actor = await accounts.actor_of(ACCOUNTS["centre"])
        assert actor is not None
        centre = min(actor.centre_ids)
        photos = [
            await media.store(actor=actor, centre_id=centre, data=path.read_bytes())
            for path in sorted((loader.FOLDER / "illustrations").glob("*.jpg"))[:PHOTOS]
        ]
        card = (await drafting.prefill(actor=actor, centre_id=centre)).card
        drafts = []
        for rank in range(number):
            content = thousand_words(rank)
            content.card, content.photos = card, [_told(photo) for photo in photos]
            content.photos[0].cover = True
            drafts.append(await drafting.start(actor=actor, centre_id=centre, content=content))
    finally:
        await connected.dispose()
    return [f"/ecrire/{draft.revision_id}" for draft in drafts]


def _told(photo: Photo) -> Photo:
    return photo.model_copy(
        update={
            "alt": "Des habitants devant le centre social",
            "caption": "Un samedi de printemps, devant le centre.",
            "credit": loader.CREDIT,
        }
    )
