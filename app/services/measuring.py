"""How the fiche being written fills its sheets: measured in the workers, the latest content of each page open first.

A page that is typed in asks often. What it asks replaces what it asked before and has not begun; pages take turns, those
where one has stopped typing first, and a worker is always left for them; a PDF that is waited for finds one as well. With
many editors at once answers come later to those who type on: each says its age.
"""

import asyncio
import hashlib
import logging
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import count
from typing import TypeVar

from app import permissions
from app.permissions import Actor
from app.services import journal, media, paper, rendering
from layouts.gauge import PAGES, Gauge, Known, words_of
from layouts.renderer import Setting
from models.content import FicheContent
from models.database import reading, transaction
from models.errors import LayoutFailed, NotFound
from models.fiche import Fiche, Revision

KEPT_GAUGES = 500
FEW = 4  # pages that are measured while one types; when more are typed in, each waits until one stops

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Measured:
    """A gauge, and the key of the pictures of its pages ("" when they were not asked for)."""

    gauge: Gauge
    sheets: str = ""


@dataclass(frozen=True)
class _Job:
    rank: int  # grows with each question
    token: str
    content: FicheContent
    setting: Setting
    revision_id: int | None  # whose sheets are to be pictured; None for none
    told: Callable[[Measured], None]
    typing: bool = False  # the page is being typed in: it will ask again
    found: Measured | None = (
        None  # set for the second measure, which finds out by how much a fiche is too long
    )

    @property
    def awaited(self) -> bool:
        """Whether somebody who has stopped typing waits for it."""
        return not self.typing and self.found is None

    @property
    def page(self) -> tuple[str, str]:
        """The open page and the gabarit in which it shows its fiche."""
        return self.token, self.setting.gabarit

    @property
    def key(self) -> str:
        said = f"{self.setting}|{self.content.model_dump_json()}"
        return hashlib.sha256(said.encode()).hexdigest()[:32]


_waiting: OrderedDict[str, _Job] = OrderedDict()  # by token, the one that has waited longest first
_second: OrderedDict[str, _Job] = OrderedDict()  # refinements: when nobody waits for a first answer
_running: dict[str, _Job] = {}
_tasks: set[asyncio.Task[None]] = set()
_gauges: OrderedDict[str, Gauge] = OrderedDict()
_rank = count()
_answered: OrderedDict[str, int] = OrderedDict()  # by token, the rank of the last question answered
_known: OrderedDict[tuple[str, str], Known] = OrderedDict()  # by token and gabarit: what was last found


def ask(
    token: str,
    content: FicheContent,
    setting: Setting,
    *,
    revision_id: int | None,
    told: Callable[[Measured], None],
    typing: bool = False,
) -> None:
    """Measure `content` for the open page `token` and call `told`, twice when the first answer is a guess.

    `revision_id` is given when pictures of the sheets are wanted. What the page asked before and that has not begun
    is dropped. `typing`: one types on, who has stopped comes first.
    """
    _second.pop(token, None)
    job = _Job(next(_rank), token, content, setting, revision_id, told, typing)
    known = _from_memory(job)
    if known is not None:
        _waiting.pop(token, None)
        _answer(job, known)
        if not known.gauge.exact:
            _second[token] = _refinement(job, known)
    else:
        _waiting[token] = job  # keeps its turn if the page was waiting already
    _pump()


def typed(token: str) -> None:
    """Note that one types on in a page: what it asked waits for those who have stopped."""
    job = _waiting.get(token)
    if job is not None and not job.typing:
        _waiting[token] = replace(job, typing=True)


def rested(token: str) -> None:
    """Note that one has stopped typing in a page: what it asked comes first."""
    job = _waiting.get(token)
    if job is not None:
        _waiting[token] = replace(job, typing=False)
        _pump()


def forget(token: str) -> None:
    """Drop what an open page asked: it is closed."""
    for queue in (_waiting, _second, _answered):
        queue.pop(token, None)
    for page in [each for each in _known if each[0] == token]:
        del _known[page]


def forget_all() -> None:
    """Drop what this process knows: the server stops. The pictures stay, other processes may show them."""
    for task in _tasks:
        task.cancel()
    for store in (_waiting, _second, _known, _answered, _running, _gauges):
        store.clear()


async def picture(*, actor: Actor, revision_id: int, key: str, page: int) -> bytes:
    """Return a page (from 0) of the sheets `key` of a revision as JPEG; NotFound, NotAllowed."""
    async with reading() as session:
        revision = await session.get(Revision, revision_id)
        if revision is None:
            raise NotFound
        fiche = await session.get_one(Fiche, revision.fiche_id)
        actor = await permissions.renew(session, actor)
        permissions.require(permissions.can_read(actor, fiche, revision), "read")
    return await asyncio.to_thread(paper.read, revision_id, key, page)


async def see_on_paper(*, actor: Actor, revision_id: int) -> None:
    """Note that the authors looked at the sheets of a revision, once (check C-31); NotFound, NotAllowed."""
    async with transaction() as session:
        revision = await session.get(Revision, revision_id, with_for_update=True)
        if revision is None:
            raise NotFound
        fiche = await session.get_one(Fiche, revision.fiche_id)
        actor = await permissions.renew(session, actor)
        permissions.require(permissions.can_write(actor, fiche, revision), "write")
        if not revision.seen_on_paper:
            revision.seen_on_paper = True
            session.add(revision)
            journal.note(session, "seen_on_paper", account_id=actor.id, fiche_id=fiche.id)


# --- taking turns -----------------------------------------------------------------------------------------------------


def _from_memory(job: _Job) -> Measured | None:
    gauge = _gauges.get(job.key)
    if gauge is None:
        return None
    if job.revision_id is None:
        return Measured(gauge)
    return Measured(gauge, job.key) if paper.there(job.revision_id, job.key) else None


def _refinement(job: _Job, found: Measured) -> _Job:
    return replace(job, found=found)


def _answer(job: _Job, measured: Measured) -> None:
    """Tell the page, unless a later question of it has been answered: a refinement may end after it."""
    if _answered.get(job.token, -1) <= job.rank:
        _keep(_answered, job.token, job.rank, KEPT_GAUGES)
        job.told(measured)


def _pump() -> None:
    """Start what may start: two measures at once, one when a PDF is waited for, one refinement at most."""
    while len(_running) < (1 if rendering.pdfs_waiting() else rendering.WORKERS):
        job = _next()
        if job is None:
            return
        name = _name(job)
        task = asyncio.get_running_loop().create_task(_work(job))
        _running[name] = job
        _tasks.add(task)
        task.add_done_callback(_tasks.discard)
        task.add_done_callback(lambda _, name=name: _ended(name))  # type: ignore[misc]


def _name(job: _Job) -> str:
    return ("refine " if job.found else "measure ") + job.token


def _next() -> _Job | None:
    # One measure of a page at a time: the next will be of fresher content.
    waiting = [job for job in _waiting.values() if _name(job) not in _running]
    first = next((job for job in waiting if not job.typing), None)
    if first is None and all(job.awaited for job in _running.values()):  # a worker is left for who is awaited
        if not waiting and _second:
            return _second.popitem(last=False)[1]
        first = next(iter(waiting), None) if len(waiting) <= FEW else None
    if first is not None:
        del _waiting[first.token]
    return first


def _ended(name: str) -> None:
    if _running.pop(name, None) is not None:
        _pump()


async def _work(job: _Job) -> None:
    try:
        if job.found is not None:
            gauge = await rendering.refine(job.content, job.setting, media.folder(), job.found.gauge)
            measured = Measured(gauge, job.found.sheets)
        else:
            gauge, known, pages = await rendering.measure(
                job.content,
                job.setting,
                media.folder(),
                pictures=job.revision_id is not None,
                known=_known.get(job.page),
            )
            _keep(_known, job.page, known, KEPT_GAUGES)
            measured = Measured(gauge, job.key if pages else "")
            if job.revision_id is not None and pages:
                await asyncio.to_thread(paper.keep, job.revision_id, job.key, pages)
        _keep(_gauges, job.key, gauge, KEPT_GAUGES)
        if gauge.pages > PAGES and gauge.exact:
            known = replace(_known.get(job.page, Known()), over=gauge.over, words=words_of(job.content))
            _keep(_known, job.page, known, KEPT_GAUGES)
        _answer(job, measured)
        if not gauge.exact and job.found is None and job.token not in _waiting:
            _second[job.token] = _refinement(job, measured)
    except LayoutFailed as failure:
        _log.warning("a fiche could not be measured (%s)", failure.reason)
    except Exception:
        _log.exception("a fiche could not be measured")


def _keep(store: OrderedDict[_Key, _Value], key: _Key, value: _Value, most: int) -> None:
    store[key] = value
    store.move_to_end(key)
    while len(store) > most:
        store.popitem(last=False)
