"""Booklets of published fiches: what is chosen, in which order, what is refused."""

import asyncio
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import ModuleType

import pypdfium2
import pytest

from app.pages.brochures import why_not
from app.services import brochures, pieces, publication, rendering, retention, storehouse
from app.services.brochures import FichesFailed, Wanted
from app.services.search import Query
from layouts import binding, booklet
from layouts.catalogue import FICHE
from layouts.manifest import manifest
from models.errors import Invalid, LayoutFailed, NotAllowed, NotFound
from tests.people import World
from tests.services import bad_work

DAY = date(2026, 5, 1)
SLUG = "quinze-voisins-conduisent-ceux-qui-n-ont-pas-de-voiture"


@pytest.fixture(scope="module", autouse=True)
def workers() -> Iterator[None]:
    rendering.start()
    yield
    rendering.close()


async def test_a_booklet_holds_the_chosen_fiches_and_tells_how_far_it_is(
    world: World, tmp_path: Path
) -> None:
    await world.published()
    await world.published(title="Le banc du carrefour", themes=["cadre-de-vie"])
    chosen = await brochures.choose(Query(theme="cadre-de-vie"))
    assert [entry.slug for entry in chosen] == ["le-banc-du-carrefour"]
    assert [entry.slug for entry in await brochures.choose(Query())] == ["le-banc-du-carrefour", SLUG]
    news: list[tuple[str, int, int]] = []
    result = tmp_path / "brochure.pdf"
    count = await brochures.make(
        Wanted(title="Deux voisinages", slugs=(SLUG, "jamais-vue", "le-banc-du-carrefour"), made=DAY),
        result,
        told=lambda *said: news.append(said),
    )
    document = pypdfium2.PdfDocument(result)
    text = [page.get_textpage().get_text_range() for page in document]
    document.close()
    assert "Deux voisinages" in " ".join(text[0].split())
    first = next(rank for rank, each in enumerate(text) if "Trois voitures, douze trajets" in each)
    second = max(rank for rank, each in enumerate(text[:-3]) if "Le banc du carrefour" in each)
    assert first < second
    assert [said for said in news if said[0] == "fiches"] == [("fiches", done, 3) for done in (1, 2, 3)]
    pages = [said for said in news if said[0] == "pages"]
    assert count == pages[-1][1] == pages[-1][2] == len(text)


@pytest.mark.parametrize(
    ("title", "slugs", "code"),
    [(" ", (SLUG,), "title"), ("Vide", (), "fiches"), ("Absentes", ("jamais-vue", "../.."), "fiches")],
)
async def test_a_booklet_without_title_or_fiche_is_refused(
    world: World, tmp_path: Path, title: str, slugs: tuple[str, ...], code: str
) -> None:
    await world.published()
    with pytest.raises(Invalid) as refused:
        await brochures.make(Wanted(title=title, slugs=slugs, made=DAY), tmp_path / "brochure.pdf")
    assert refused.value.code == code


async def test_a_booklet_is_kept_for_those_who_may_make_it(world: World) -> None:
    await world.published()
    wanted = Wanted(title="Une brochure", slugs=(SLUG,), made=DAY)
    with pytest.raises(NotAllowed):
        await brochures.keep(actor=world.writer, wanted=wanted)
    first = await brochures.keep(actor=world.admin, wanted=wanted)
    made = first.path.stat().st_mtime_ns
    again = await brochures.keep(actor=world.admin, wanted=wanted)
    assert (again.key, again.path.stat().st_mtime_ns) == (first.key, made)
    other = await brochures.keep(actor=world.admin, wanted=replace(wanted, title="Une autre"))
    assert other.key != first.key
    assert (await brochures.kept(actor=world.admin, key=first.key)).path == first.path
    with pytest.raises(NotAllowed):
        await brochures.kept(actor=world.writer, key=first.key)
    for key in ("0" * 32, "../" + first.key, ""):
        with pytest.raises(NotFound):
            await brochures.kept(actor=world.admin, key=key)


async def test_the_fiche_that_fails_is_named_and_the_others_are_bound_without_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await world.published()
    await world.published(title="Une fiche ratée")
    monkeypatch.setattr(brochures, "FICHE", replace(FICHE, make=bad_work.wrong_if_called_so))
    wanted = Wanted(title="Deux", slugs=(SLUG, "une-fiche-ratee"), made=DAY)
    with pytest.raises(FichesFailed) as failure:
        await brochures.keep(actor=world.admin, wanted=wanted)
    assert failure.value.fiches == {"une-fiche-ratee": "Une fiche ratée"}
    assert why_not(failure.value) == "Cette fiche n’a pas pu être mise en page : « Une fiche ratée »."
    stored = await brochures.keep(actor=world.admin, wanted=replace(wanted, slugs=(SLUG,)))
    with pypdfium2.PdfDocument(stored.path) as document:
        assert stored.pages == len(document)
    pieces.failures.clear()


async def test_a_booklet_that_waits_for_another_one_says_so(world: World) -> None:
    await world.published()
    wanted = Wanted(title="Une", slugs=(SLUG,), made=DAY)
    said: list[str] = []
    heard = asyncio.Event()

    def told(what: str, done: int, total: int) -> None:
        said.append(what)
        heard.set()

    async with storehouse.turn("brochure"):
        waiting = asyncio.create_task(brochures.keep(actor=world.admin, wanted=wanted, told=told))
        await heard.wait()
        await asyncio.sleep(0.1)
        assert said == ["waiting"]
    assert (await waiting).pages % 4 == 0
    assert (said[1], said[-1]) == ("fiches", "pages")


async def test_a_booklet_with_a_fiche_withdrawn_meanwhile_is_no_longer_given(world: World) -> None:
    draft = await world.published()
    await world.published(title="Le banc du carrefour")
    wanted = Wanted(title="Deux", slugs=(SLUG, "le-banc-du-carrefour"), made=DAY)
    stored = await brochures.keep(actor=world.admin, wanted=wanted)
    await publication.archive(actor=world.writer, fiche_id=draft.fiche_id)
    with pytest.raises(NotFound):
        await brochures.kept(actor=world.admin, key=stored.key)
    again = await brochures.keep(actor=world.admin, wanted=wanted)
    assert again.key != stored.key
    assert (await brochures.kept(actor=world.admin, key=again.key)).path == again.path


async def test_another_version_of_the_style_makes_another_booklet(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await world.published()
    wanted = Wanted(title="Une", slugs=(SLUG,), made=DAY)
    before = await brochures.keep(actor=world.admin, wanted=wanted)
    monkeypatch.setitem(manifest("reperes").__dict__, "version", "other")
    assert (await brochures.keep(actor=world.admin, wanted=wanted)).key != before.key


async def test_booklets_are_erased_after_a_day_even_if_none_is_made_again(world: World) -> None:
    await world.published()
    stored = await brochures.keep(actor=world.admin, wanted=Wanted(title="Une", slugs=(SLUG,), made=DAY))
    assert (await retention.tidy())["booklets erased"] == 0
    old = time.time() - 2 * storehouse.KEPT_SECONDS
    files = list(stored.path.parent.iterdir())
    for each in files:
        os.utime(each, (old, old))
    assert (await retention.tidy())["booklets erased"] == len(files) == 3
    assert not stored.path.exists()


@pytest.mark.parametrize(("module", "step"), [(booklet, "prepare"), (binding, "bind")])
async def test_both_processes_are_bounded_in_memory_and_say_so(
    world: World, monkeypatch: pytest.MonkeyPatch, module: ModuleType, step: str
) -> None:
    await world.published()
    name = module.__name__.rpartition(".")[2]
    greedy = (
        f"from layouts import {name} as m; m.{step} = lambda *_, **__: bytearray(m.MEMORY_LIMIT); m._main()"
    )
    monkeypatch.setattr(module, "command", lambda *paths: [sys.executable, "-c", greedy, *map(str, paths)])
    with pytest.raises(LayoutFailed) as failure:
        await brochures.keep(actor=world.admin, wanted=Wanted(title="Une", slugs=(SLUG,), made=DAY))
    assert (failure.value.reason, "mémoire" in why_not(failure.value)) == ("memory", True)
