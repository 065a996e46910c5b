"""The sheets of a fiche being written: measured in turn, pictured for those who may read it."""

import asyncio
import os
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from sqlmodel import select

from app.services import measuring, paper, rendering
from layouts.renderer import Setting
from models.content import FicheContent
from models.database import reading
from models.errors import NotAllowed, NotFound
from models.fiche import Revision
from models.records import JournalEntry
from tests.factories import full_content
from tests.people import World


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    yield
    measuring.forget_all()


@pytest.fixture(scope="module", autouse=True)
def _workers() -> Iterator[None]:
    yield
    rendering.close()  # started once for all: a worker takes seconds to load its fonts


class Answers:
    """What a page is told, in order."""

    def __init__(self) -> None:
        self.all: list[measuring.Measured] = []
        self._more = asyncio.Event()

    def __call__(self, found: measuring.Measured) -> None:
        self.all.append(found)
        self._more.set()

    def __getitem__(self, rank: int) -> measuring.Measured:
        return self.all[rank]

    async def wait(self, count: int = 1) -> None:
        async with asyncio.timeout(90):
            while len(self.all) < count:
                await self._more.wait()
                self._more.clear()


async def test_a_fiche_is_measured_and_pictured_once(world: World) -> None:
    draft = await world.draft()
    told = Answers()
    measuring.ask("page", draft.content, Setting(), revision_id=draft.revision_id, told=told)
    await told.wait()
    assert told[0].gauge.pages == 2
    for page in range(2):
        data = await measuring.picture(
            actor=world.writer, revision_id=draft.revision_id, key=told[0].sheets, page=page
        )
        assert data.startswith(b"\xff\xd8\xff")
    # The same content is not measured again: the answer comes at once.
    measuring.ask("other page", draft.content, Setting(), revision_id=draft.revision_id, told=told)
    assert told[1] == told[0]


async def test_sheets_are_shown_only_to_those_who_may_read_the_fiche(world: World) -> None:
    draft = await world.draft()
    told = Answers()
    measuring.ask("page", draft.content, Setting(), revision_id=draft.revision_id, told=told)
    await told.wait()
    key = told[0].sheets
    with pytest.raises(NotAllowed):
        await measuring.picture(actor=world.stranger, revision_id=draft.revision_id, key=key, page=0)
    for revision_id, wrong, page in (
        (draft.revision_id, key, 2),
        (draft.revision_id, key, -1),
        (draft.revision_id, "0" * 32, 0),
        (draft.revision_id + 99, key, 0),
    ):
        with pytest.raises(NotFound):
            await measuring.picture(actor=world.writer, revision_id=revision_id, key=wrong, page=page)


async def test_what_one_process_pictured_another_one_shows(world: World) -> None:
    draft = await world.draft()
    told = Answers()
    measuring.ask("page", draft.content, Setting(), revision_id=draft.revision_id, told=told)
    await told.wait()
    measuring.forget_all()  # what another process knows: nothing but the data folder
    for page in range(2):
        data = await measuring.picture(
            actor=world.writer, revision_id=draft.revision_id, key=told[0].sheets, page=page
        )
        assert data.startswith(b"\xff\xd8\xff")


def test_pictures_of_sheets_make_room_and_go_when_nobody_looks(tmp_path: Path) -> None:
    paper.configure(tmp_path)
    keys = [f"{number:032x}" for number in range(paper.MOST + 3)]
    for rank, key in enumerate(keys):
        paper.keep(1, key, [key.encode()])
        os.utime(tmp_path / f"1-{key}", (time.time() - 1000 + rank,) * 2)
    assert {path.name for path in tmp_path.iterdir()} == {f"1-{key}" for key in keys[3:]}
    old, seen = keys[3:5]
    for key in (old, seen):
        os.utime(tmp_path / f"1-{key}", (time.time() - paper.KEPT - 60,) * 2)
    assert paper.there(1, seen)
    paper.keep(2, keys[0], [b"un", b"deux"])
    assert not paper.there(1, old)
    assert (paper.read(1, seen, 0), paper.read(2, keys[0], 1)) == (seen.encode(), b"deux")


@pytest.mark.parametrize("key", ["..", "../../secret", "0" * 31, "0" * 31 + "/"])
def test_no_address_leads_out_of_the_folder_of_sheets(tmp_path: Path, key: str) -> None:
    paper.configure(tmp_path / "feuilles")
    with pytest.raises(NotFound):
        paper.read(1, key, 0)


async def test_the_sheets_of_another_fiche_are_never_shown(world: World) -> None:
    """A key alone opens nothing: it belongs to one revision."""
    draft, other = await world.draft(), await world.draft()
    told = Answers()
    measuring.ask("page", draft.content, Setting(), revision_id=draft.revision_id, told=told)
    await told.wait()
    with pytest.raises(NotFound):
        await measuring.picture(actor=world.writer, revision_id=other.revision_id, key=told[0].sheets, page=0)


async def test_only_the_latest_content_of_a_page_is_measured(world: World) -> None:
    """While one measure runs, what a page asks replaces what it asked before."""
    told, names = Answers(), []

    def note(name: str, found: measuring.Measured) -> None:
        names.append(name)
        told(found)

    for token in ("one", "two"):
        for number in range(12):
            content = full_content(title=f"{token} {number}")
            measuring.ask(
                token,
                content,
                Setting(),
                revision_id=None,
                told=partial(note, f"{token} {number}"),
            )
    await told.wait(4)
    await asyncio.sleep(0.2)
    assert sorted(names) == ["one 0", "one 11", "two 0", "two 11"]


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages whose measure begins, in order."""
    order: list[str] = []
    work = measuring._work

    async def noted(job: measuring._Job) -> None:
        order.append(job.token)
        await work(job)

    monkeypatch.setattr(measuring, "_work", noted)
    return order


async def test_who_has_stopped_typing_comes_before_those_who_type_on(begun: list[str]) -> None:
    told = Answers()
    for name, typing in (("a", True), ("b", True), ("c", True), ("d", True), ("e", False)):
        content = full_content(title=f"Titre {name}")
        measuring.ask(name, content, Setting(), revision_id=None, told=told, typing=typing)
    assert set(measuring._running) == {"measure a", "measure e"}  # a worker was left
    measuring.rested("d")
    await told.wait(5)
    assert begun == ["a", "e", "d", "b", "c"]


async def test_when_many_type_each_waits_until_it_stops(begun: list[str]) -> None:
    told = Answers()
    names = [f"page {rank}" for rank in range(measuring.FEW + 3)]
    for name in names:
        content = full_content(title=f"Titre {name}")
        measuring.ask(name, content, Setting(), revision_id=None, told=told, typing=True)
    await told.wait(1)
    await asyncio.sleep(0.1)
    assert begun == names[:1]  # it came when it was alone
    measuring.rested(names[-1])
    await told.wait(2)
    assert begun[1] == names[-1]
    for name in names:
        measuring.rested(name)
    await told.wait(len(names))


async def test_who_types_on_waits_for_the_others(begun: list[str]) -> None:
    told = Answers()
    for name in "abcd":
        content = full_content(title=f"Titre {name}")
        measuring.ask(name, content, Setting(), revision_id=None, told=told)
    measuring.typed("c")
    await told.wait(4)
    assert begun == ["a", "b", "d", "c"]


async def test_a_page_that_is_closed_asks_nothing_more() -> None:
    told = Answers()
    for number in range(4):
        content = full_content(title=f"Titre {number}")
        measuring.ask(f"page {number}", content, Setting(), revision_id=None, told=told)
    for number in range(2, 4):
        measuring.forget(f"page {number}")
    await told.wait(2)
    await asyncio.sleep(0.3)
    assert len(told.all) == 2


async def test_a_fiche_too_long_is_said_at_once_then_exactly() -> None:
    content = full_content()
    long = "Un voisin raconte ce qui a changé dans la rue depuis que le banc est là. " * 120
    content = content.model_copy(
        update={"implementation": content.implementation.model_copy(update={"text": long})}
    )
    told = Answers()
    measuring.ask("page", content, Setting(), revision_id=None, told=told)
    await told.wait(2)
    assert [found.gauge.exact for found in told.all] == [False, True]
    assert {cut.path for cut in told[1].gauge.cuts} == {"implementation.text"}
    # Asked again, the exact answer is remembered.
    measuring.ask("page", content, Setting(), revision_id=None, told=told)
    assert told[2].gauge == told[1].gauge


async def test_an_exact_answer_on_an_older_text_does_not_hide_that_on_the_newer() -> None:
    told = Answers()
    long = FicheContent(title="Trop long", constat={"text": "Rien ne rassemblait les voisins. " * 400})
    measuring.ask("page", long, Setting(), revision_id=None, told=told)
    await told.wait()
    assert not told[0].gauge.exact  # it is being made exact while the author shortens
    measuring.ask("page", FicheContent(title="Court"), Setting(), revision_id=None, told=told)
    async with asyncio.timeout(90):
        while measuring._tasks:
            await asyncio.wait(set(measuring._tasks))
    assert [each.gauge.pages for each in told.all[1:]] == [1]


async def test_looking_at_the_sheets_is_noted_once(world: World) -> None:
    draft = await world.draft()
    with pytest.raises(NotAllowed):
        await measuring.see_on_paper(actor=world.stranger, revision_id=draft.revision_id)
    for _ in range(2):
        await measuring.see_on_paper(actor=world.writer, revision_id=draft.revision_id)
    async with reading() as session:
        revision = await session.get_one(Revision, draft.revision_id)
        rows = await session.exec(select(JournalEntry).where(JournalEntry.action == "seen_on_paper"))
    assert revision.seen_on_paper
    assert revision.version == draft.version  # looking is no change
    assert len(rows.all()) == 1
    with pytest.raises(NotFound):
        await measuring.see_on_paper(actor=world.writer, revision_id=draft.revision_id + 99)


async def test_an_empty_fiche_can_be_measured() -> None:
    told = Answers()
    measuring.ask("page", FicheContent(), Setting(), revision_id=None, told=told)
    await told.wait()
    assert told[0].gauge.pages == 1
    assert told[0].gauge.over == 0
