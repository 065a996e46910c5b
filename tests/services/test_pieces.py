"""Pieces of published fiches: made once, kept by what they are made from, served while the fiche is public."""

import asyncio
import os
import time
from collections.abc import Iterator
from dataclasses import replace

import pypdfium2
import pytest
from sqlalchemy import Engine, event

from app.services import media, pieces, press, publication, rendering, storehouse
from layouts.catalogue import FICHE, PIECES
from layouts.manifest import manifest
from layouts.pictures import WIDTHS
from layouts.piece import Piece
from layouts.setting import Fit
from models.content import Photo
from models.database import reading, transaction
from models.errors import LayoutFailed, NotFound
from models.fiche import Revision
from models.taxonomy import Ballot
from tests.embedded import picture_widths
from tests.people import World
from tests.pictures import file_of, picture
from tests.services import bad_work

SLUG = "quinze-voisins-conduisent-ceux-qui-n-ont-pas-de-voiture"
TITLE = Piece("titre.txt", "Le titre", "text/plain", bad_work.title_piece)
KIT = Piece("kit.txt", "Le kit", "text/plain", bad_work.kit_piece, needs=("titre.txt",))
ABSENT = Piece("rien.txt", "Rien", "text/plain", bad_work.absent_piece)
WRONG = Piece("faux.txt", "Faux", "text/plain", bad_work.wrong_piece)
SEEN = Piece("vu.txt", "Vu", "text/plain", bad_work.pictures_piece)


@pytest.fixture(scope="module", autouse=True)
def workers() -> Iterator[None]:
    rendering.start()
    yield
    rendering.close()


@pytest.fixture(autouse=True)
def nothing_failed() -> Iterator[None]:
    yield
    pieces.failures.clear()
    pieces._seen.version = -1
    press._fiches.clear()
    press.configure(ahead=True)


def offer(monkeypatch: pytest.MonkeyPatch, *kinds: Piece) -> None:
    for name in tuple(PIECES):
        monkeypatch.delitem(PIECES, name)
    for kind in kinds:
        monkeypatch.setitem(PIECES, kind.name, kind)


async def the_revision(revision_id: int) -> Revision:
    async with reading() as session:
        return await session.get_one(Revision, revision_id)


async def test_the_pdf_is_laid_out_once_and_its_measures_are_stored(world: World) -> None:
    draft = await world.published()
    found = await asyncio.gather(*[pieces.get(SLUG, "fiche.pdf") for _ in range(3)])
    path = found[0].path
    made = path.stat().st_mtime_ns
    assert {each.path for each in found} == {path}
    assert (await pieces.get(SLUG, "fiche.pdf")).path == path
    assert path.stat().st_mtime_ns == made
    assert found[0].size == path.stat().st_size
    document = pypdfium2.PdfDocument(path)
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    fit = (await the_revision(draft.revision_id)).fit
    assert fit is not None
    assert Fit.from_dict(fit).pages == len(document)
    assert "Trois voitures, douze trajets" in " ".join(text.split())
    document.close()
    files = {each for each in path.parents[1].rglob("*") if each.is_file()}
    assert files == {path, path.with_suffix(".pages")}
    assert found[0].pages == Fit.from_dict(fit).pages


async def test_stored_measures_are_kept_and_those_that_no_longer_hold_chosen_anew(world: World) -> None:
    draft = await world.published()
    await pieces.get(SLUG, "fiche.pdf")
    chosen = Fit.from_dict((await the_revision(draft.revision_id)).fit or {})
    kept = replace(chosen, photo_mm=chosen.photo_mm + 0.5)  # without effect on this fiche: holds as well
    for stored, expected in ((kept, kept), (replace(chosen, density=3.0), chosen)):
        async with transaction() as session:
            revision = await session.get_one(Revision, draft.revision_id)
            revision.fit = stored.to_dict()
            session.add(revision)
        publication.bump()
        await pieces.get(SLUG, "fiche.pdf")
        assert Fit.from_dict((await the_revision(draft.revision_id)).fit or {}) == expected


async def test_an_a3_poster_has_the_pixels_of_the_picture_that_was_sent(world: World) -> None:
    photo = await media.store(
        actor=world.writer, centre_id=world.centre, data=file_of(picture(3000, 2000), quality=80)
    )
    told = {
        "cover": True,
        "alt": "Un mur rouge et blanc.",
        "credit": "Une voisine",
        "consent": "personne",
        "licence": "fiche",
    }
    await world.published(photos=[photo.model_copy(update=told)])
    names = ("affiche-a3.pdf", "affiche-a4.pdf")
    widths = {name: picture_widths((await pieces.get(SLUG, name)).path.read_bytes()) for name in names}
    assert widths == {"affiche-a3.pdf": [2480], "affiche-a4.pdf": [1654]}


@pytest.mark.parametrize("slug", ["inconnue", "", "../../secret", "a\x00b", "é", "A" * 300])
async def test_an_unknown_address_has_no_piece(world: World, slug: str) -> None:
    await world.published()
    with pytest.raises(NotFound):
        await pieces.get(slug, "fiche.pdf")


@pytest.mark.parametrize("name", ["", "fiche", "../fiche.pdf", "fiche.pdf\x00", "autre.pdf"])
async def test_an_unknown_piece_is_not_there(world: World, name: str) -> None:
    await world.published()
    with pytest.raises(NotFound):
        await pieces.get(SLUG, name)


async def test_a_fiche_in_review_has_no_piece(world: World) -> None:
    await world.voted(Ballot.PUBLISH)
    with pytest.raises(NotFound):
        await pieces.get(SLUG, "fiche.pdf")


async def test_a_withdrawn_fiche_is_no_longer_served_even_though_its_file_was_there(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer(monkeypatch, TITLE)
    draft = await world.published()
    stored = await pieces.get(SLUG, "titre.txt")
    await publication.archive(actor=world.writer, fiche_id=draft.fiche_id)
    with pytest.raises(NotFound):
        await pieces.get(SLUG, "titre.txt")
    old = time.time() - 2 * storehouse.KEPT_SECONDS
    os.utime(stored.path, (old, old))
    assert await press.render_all() == {"titre.txt": 0}
    assert not stored.path.exists()


async def test_a_gabarit_of_another_version_has_its_pieces_made_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer(monkeypatch, TITLE)
    await world.published()
    before = await pieces.get(SLUG, "titre.txt")
    assert await press.render_all() == {"titre.txt": 1}
    monkeypatch.setitem(manifest("reperes").__dict__, "version", "other")
    publication.bump()
    assert [each.stored for each in await pieces.shelf(SLUG)] == [None]
    assert await press.render_all() == {"titre.txt": 1}
    after = await pieces.get(SLUG, "titre.txt")
    assert after.key != before.key
    monkeypatch.setitem(PIECES, "titre.txt", replace(TITLE, version=2))
    publication.bump()
    assert (await pieces.get(SLUG, "titre.txt")).key not in (before.key, after.key)


async def test_a_piece_receives_those_it_needs(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    offer(monkeypatch, KIT, TITLE)
    draft = await world.published()
    stored = await pieces.get(SLUG, "kit.txt")
    assert stored.path.read_bytes() == b"titre.txt=" + draft.content.title.encode()


async def test_a_piece_that_the_fiche_has_nothing_for_is_not_proposed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer(monkeypatch, ABSENT, TITLE)
    await world.published()
    for _ in range(2):
        with pytest.raises(NotFound):
            await pieces.get(SLUG, "rien.txt")
    assert [each.piece.name for each in await pieces.shelf(SLUG)] == ["titre.txt"]


async def test_a_piece_that_fails_keeps_nobody_waiting_and_is_tried_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer(monkeypatch, WRONG, TITLE)
    for _ in range(3):
        await world.published()
    assert await press.render_all() == {"faux.txt": 0, "titre.txt": 3}
    assert await press.progress(SLUG) == press.Progress(made=1, total=2, failed=("Faux",))
    with pytest.raises(LayoutFailed) as failure:
        await pieces.get(SLUG, "faux.txt")
    assert failure.value.reason == "error"
    # Mended meanwhile; the pause over, whoever asks has it.
    monkeypatch.setattr(pieces, "RETRY_SECONDS", 0.0)
    monkeypatch.setitem(PIECES, "faux.txt", replace(WRONG, make=bad_work.title_piece))
    assert (await pieces.get(SLUG, "faux.txt")).size > 0
    assert await press.progress(SLUG) == press.Progress(made=2, total=2)


async def test_an_endless_piece_fails_with_its_reason(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    offer(monkeypatch, replace(WRONG, make=bad_work.endless_piece))
    monkeypatch.setattr(rendering, "TIME_LIMIT", 1.0)
    await world.published()
    with pytest.raises(LayoutFailed) as failure:
        await pieces.get(SLUG, "faux.txt")
    assert failure.value.reason == "time"
    began = time.monotonic()
    with pytest.raises(LayoutFailed):  # reloading the page doesn't hold the workers again
        await pieces.get(SLUG, "faux.txt")
    assert time.monotonic() - began < 0.5


async def test_what_needs_a_piece_that_fails_fails_with_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer(monkeypatch, WRONG, replace(KIT, needs=("faux.txt",)))
    await world.published()
    assert await press.render_all() == {"faux.txt": 0, "kit.txt": 0}
    progress = await press.progress(SLUG)
    assert (progress, progress.done) == (press.Progress(made=0, total=2, failed=("Faux", "Le kit")), True)


async def test_a_piece_given_up_is_tried_again_when_somebody_wants_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer(monkeypatch, WRONG)
    monkeypatch.setattr(pieces, "RETRY_SECONDS", 0.0)
    await world.published()
    for given_up in (False, False, True):
        await press.render_all()
        assert await press.progress(SLUG) == press.Progress(
            made=0, total=1, failed=("Faux",), given_up=given_up
        )
    monkeypatch.setitem(PIECES, "faux.txt", replace(WRONG, make=bad_work.title_piece))
    assert await press.render_all() == {"faux.txt": 0}
    await press.retry(SLUG)
    assert await press.progress(SLUG) == press.Progress(made=1, total=1)
    with pytest.raises(NotFound):
        await press.retry("inconnue")


async def test_a_file_that_was_swept_meanwhile_is_made_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer(monkeypatch, TITLE)
    draft = await world.published()
    stored = await pieces.get(SLUG, "titre.txt")
    stored.path.unlink()  # by a newer version of the product, which names it otherwise
    again = await pieces.get(SLUG, "titre.txt")
    assert again.path.read_bytes() == draft.content.title.encode()
    stored.path.unlink()
    await press.render_all()
    assert stored.path.exists()


async def test_a_piece_made_without_its_picture_gives_way_to_a_whole_one(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer(monkeypatch, SEEN)
    draft = await world.published()
    photo = Photo(media="a" * 20, width=1654, height=1000, alt="Un banc", cover=True)
    async with transaction() as session:
        revision = await session.get_one(Revision, draft.revision_id)
        revision.content = revision.content.model_copy(update={"photos": [photo]})
        session.add(revision)
    names = [f"{'a' * 20}-{width}.jpg" for width in WIDTHS]
    for name in names[1:]:
        (media.folder() / name).write_bytes(b"")
    assert await press.render_all() == {"vu.txt": 1}
    without = await pieces.get(SLUG, "vu.txt")
    assert without.path.read_bytes() == b"2"
    (media.folder() / names[0]).write_bytes(b"")
    whole = await pieces.get(SLUG, "vu.txt")
    assert (whole.path.read_bytes(), whole.key != without.key) == (b"3", True)
    # A whole one stays, whatever becomes of the picture.
    (media.folder() / names[0]).unlink()
    publication.bump()
    assert await press.render_all() == {"vu.txt": 1}
    assert (await pieces.get(SLUG, "vu.txt")).key == whole.key


@pytest.mark.parametrize("count", [1, 3])
async def test_a_publication_reads_what_is_new_and_nothing_else(
    world: World, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    offer(monkeypatch, TITLE, ABSENT, replace(TITLE, name="encore.txt"))
    for _ in range(count):
        await world.published()
    asked: list[str] = []
    event.listen(Engine, "before_cursor_execute", lambda *arguments: asked.append(arguments[2]))
    fingerprints: list[object] = []
    reckon = storehouse.fingerprint

    def noted(*parts: str) -> str:
        fingerprints.append(parts)
        return reckon(*parts)

    async def cost() -> tuple[int, int]:
        asked.clear()
        fingerprints.clear()
        await press.render_all()
        return len([each for each in asked if each.startswith("SELECT")]), len(fingerprints)

    monkeypatch.setattr(storehouse, "fingerprint", noted)
    first, settled = await cost(), await cost()
    assert (first[0], settled) == (1 + count, (1, 0))
    await world.published()
    assert (await cost())[0] == 2


async def test_pieces_are_made_by_themselves_after_a_publication(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer(monkeypatch, TITLE)
    keeper = asyncio.create_task(press.keep())
    await asyncio.sleep(0.1)
    await world.published()
    for _ in range(100):
        if (await press.progress(SLUG)).done:
            break
        await asyncio.sleep(0.1)
    keeper.cancel()
    assert await press.progress(SLUG) == press.Progress(made=1, total=1)


async def test_where_nothing_is_made_ahead_each_piece_is_made_for_the_first_who_asks(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer(monkeypatch, TITLE, WRONG)
    press.configure(ahead=False)
    await world.published()
    async with asyncio.timeout(1):
        await press.keep()
    before = await press.progress(SLUG)
    assert (before, before.done) == (press.Progress(made=0, total=2, ahead=False), True)
    await pieces.get(SLUG, "titre.txt")
    assert await press.progress(SLUG) == press.Progress(made=1, total=2, ahead=False)
    with pytest.raises(LayoutFailed):
        await pieces.get(SLUG, "faux.txt")
    assert await press.progress(SLUG) == press.Progress(
        made=1, total=2, failed=("Faux",), given_up=True, ahead=False
    )


def test_a_file_is_stored_whole_or_not_at_all(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storehouse, "_folder", tmp_path)
    key = storehouse.fingerprint("a", "b")
    assert key != storehouse.fingerprint("ab", "")
    assert storehouse.find(key, ".txt") is None
    stored = storehouse.keep(key, ".txt", b"text")
    assert storehouse.find(key, ".txt") == stored
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [f"{key}.txt"]
    assert (FICHE.suffix, stored.etag) == (".pdf", f'"{key}"')
