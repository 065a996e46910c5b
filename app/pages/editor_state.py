"""What an open editor knows: the content, what is not saved yet, when to save it. No element, no HTML."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4

from app.pages.editor_input import lost_pictures, sentences
from app.pages.pace import Pace
from app.permissions import Actor
from app.services import drafting
from models.content import FicheContent
from models.errors import NotAllowed, ProductError
from models.merge import merge_value
from models.reading import root_of
from models.written import Written

PAUSE = 0.05  # seconds without typing before a save, when few write
LATEST = 0.6  # seconds between a change and its save, however fast one types and however busy the server is
SHARE = 2  # a page waits so many times what its last save took: a slow database must not be kept busy
RETRY = (1.0, 2.0, 5.0)  # seconds before a save that failed is tried again

_log = logging.getLogger(__name__)
_pace = Pace(every=PAUSE, few=5, budget=80)  # of the saves


@dataclass
class News:
    """What a save or somebody else's save changed.

    `refused` maps paths to what is stored instead of what is too long to be kept here: the browser keeps it.
    `conflicts` has the other version of what this page wrote, `replaced` what this page had written and another one,
    writing at the same time, put aside.
    """

    serial: int
    refused: dict[str, Any] = field(default_factory=dict)
    written: Written | None = None  # set when it is not simply what was typed
    conflicts: dict[str, Any] = field(default_factory=dict)
    replaced: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Before:
    """What the browser had in a field before it was changed: a value, and the serial number of the change."""

    value: Any
    first: int


class EditorState:
    """One open page on one draft. A draft is created by the first save, never before something is typed."""

    def __init__(
        self,
        actor: Actor,
        centre_id: int,
        content: FicheContent | Written,
        *,
        palette: str = "lagune",
        gabarit: str = "reperes",
    ) -> None:
        written = content if isinstance(content, Written) else Written(content)
        self.actor, self.centre_id = actor, centre_id
        self.palette, self.gabarit = palette, gabarit
        self.written = self.base = written
        self.revision_id: int | None = None
        self.version = 0
        self.saved_at: datetime | None = None
        self.writable = True
        self.errors = sentences(written.refusals())
        self.token = uuid4().hex  # names this page among those open on the draft
        self._unsaved: dict[str, Any] = {}
        self._told: dict[str, Before] = {}  # the last value that the browser sent of each field it changed
        self._behind: set[str] = set()  # fields of which the browser does not show what is here
        self._clashes: dict[str, Any] = {}  # other versions met while taking what was typed
        self._look_changed = False
        self._serial = 0
        self._lock = asyncio.Lock()

    @classmethod
    def of(cls, actor: Actor, draft: drafting.Draft) -> "EditorState":
        """Return the state of a page that opens `draft`."""
        state = cls(actor, draft.centre_id, draft.written, palette=draft.palette, gabarit=draft.gabarit)
        state.revision_id, state.version = draft.revision_id, draft.version
        state.saved_at, state.writable = draft.updated_at, draft.writable
        return state

    @property
    def content(self) -> FicheContent:
        """What can be read of what is written."""
        return self.written.content

    @property
    def dirty(self) -> bool:
        """Whether something is not saved."""
        return bool(self._unsaved) or self._look_changed

    @property
    def draft_key(self) -> str:
        """Name of the draft in the safety copies of the browser."""
        return str(self.revision_id or f"nouvelle-{self.centre_id}")

    def edit(self, edits: dict[str, Any], serial: int, before: Mapping[str, Before] | None = None) -> bool:
        """Take what was typed; return whether the sentences beside the fields changed.

        `before` tells from what the browser started, for the fields whose change begins with this message: somebody
        else's words may have arrived here that it had not shown yet, and must not be erased.
        """
        errors = dict(self.errors)
        for path, raw in edits.items():
            told = self._told.get(path)
            if told is not None and told.first > serial:
                continue  # a message that was late: a newer one is here
            known = self._known(path, (before or {}).get(path))
            stored = self.written.at(path)
            self._take(path, raw)
            mine = self.written.at(path)
            self._told[path] = Before(mine, serial)
            if known != stored:
                self._put(path, known, mine, stored)
            self._unsaved[path] = raw
        self._serial = max(self._serial, serial)
        return errors != self.errors

    def _take(self, path: str, raw: Any) -> None:
        """Put a value in its box, with the sentences it calls for."""
        self.written, refused = self.written.put(path, raw)
        self.errors = {where: said for where, said in self.errors.items() if root_of(where) != path}
        self.errors |= sentences(refused)

    def _known(self, path: str, before: Before | None) -> Any:
        """Return what the browser had in a field when it changed it."""
        told = self._told.get(path)
        if before is None or (told is not None and told.first >= before.first):
            return told.value if told is not None else self.written.at(path)
        return self.written.put(path, before.value)[0].at(path)

    def _put(self, path: str, base: Any, mine: Any, theirs: Any) -> None:
        """Put both changes of a field together; the browser will be shown the result."""
        value, clashes = merge_value(path, base, mine, theirs)
        readable = path not in self.written.unread
        self._take(path, value)
        if readable and path in self.written.unread:  # together they are too many
            self._take(path, mine)
            clashes = {path: theirs}
        self._clashes |= clashes
        self._behind.add(path)

    def choose_palette(self, palette: str) -> None:
        """Take another set of colours."""
        self.palette, self._look_changed = palette, True

    def choose_gabarit(self, gabarit: str) -> None:
        """Take another graphic template."""
        self.gabarit, self._look_changed = gabarit, True

    async def save(self) -> News | None:
        """Store what is not stored; return what happened, None if there was nothing to do. Raises ProductError."""
        async with self._lock:
            if not self.dirty:
                return None
            unsaved, self._unsaved = self._unsaved, {}
            look_changed, self._look_changed = self._look_changed, False
            behind, self._behind = self._behind, set()
            clashes, self._clashes = self._clashes, {}
            serial, written = self._serial, self.written
            try:
                if self.revision_id is None:
                    return await self._create(written, serial)
                saved = await drafting.save(
                    actor=self.actor,
                    revision_id=self.revision_id,
                    version=self.version,
                    base=self.base.content,
                    content=written.content,
                    base_unread=self.base.unread,
                    unread=written.unread,
                    palette=self.palette if look_changed else None,  # else another page may have chosen since
                    gabarit=self.gabarit if look_changed else None,
                    by=self.token,
                    contested=list(clashes),
                )
            except BaseException:
                self._unsaved = {**unsaved, **self._unsaved}
                self._look_changed = self._look_changed or look_changed
                self._behind |= behind
                self._clashes = {**clashes, **self._clashes}
                raise
            self.version, self.saved_at = saved.version, saved.updated_at
            self._lose(saved.unknown, written, saved.written, serial)
            merged = saved.written if saved.written != written or behind else None
            self._rebase(saved.written, written)
            return News(serial, self._refused(), merged, {**clashes, **saved.theirs})

    async def refresh(self, version: int | None, contested: Collection[str] = ()) -> News | None:
        """Take what another page saved as `version` (None: something else changed); None if this page knows it already.

        `contested` are the fields of which that page put another version aside. Raises NotAllowed when the draft may be
        written no more.
        """
        async with self._lock:
            if self.revision_id is None or (version is not None and version <= self.version):
                return None
        if self.dirty:
            return await self.save()
        async with self._lock:
            before = self.written
            draft = await drafting.load(actor=self.actor, revision_id=self.revision_id)
            if self.writable and not draft.writable:
                raise NotAllowed("write")
            if draft.version <= self.version:
                return None
            self.version, self.saved_at = draft.version, draft.updated_at
            self.palette, self.gabarit = draft.palette, draft.gabarit
            self._rebase(draft.written, before)
            return News(0, written=draft.written, replaced=self._replaced(contested, before, draft.written))

    def _lose(self, unknown: list[str], sent: Written, stored: Written, serial: int) -> None:
        """Say which pictures could not be stored: as with what is too long, the next change starts without them."""
        self.errors |= lost_pictures(sent.content, unknown)
        told = self._told.get("photos")
        if unknown and told is not None and told.first <= serial:
            self._told["photos"] = Before(stored.at("photos"), told.first)

    def _replaced(self, contested: Collection[str], before: Written, after: Written) -> dict[str, Any]:
        """Return what this page wrote of the contested fields, where it stands there no more."""
        mine = {path: before.at(path) for path in contested if root_of(path) in self._told}
        return {path: value for path, value in mine.items() if value and value != after.at(path)}

    async def _create(self, written: Written, serial: int) -> News:
        draft = await drafting.start(
            actor=self.actor,
            centre_id=self.centre_id,
            content=written.content,
            unread=written.unread,
            palette=self.palette,
            gabarit=self.gabarit,
        )
        self.revision_id, self.version, self.saved_at = draft.revision_id, draft.version, draft.updated_at
        self._rebase(draft.written, written)
        return News(serial, self._refused(), draft.written if draft.written != written else None)

    def _rebase(self, stored: Written, sent: Written) -> None:
        """Stand on what is stored, with what was typed since `sent` on top."""
        typed, left_out = self.written, self._left_out()
        self.errors = {where: said for where, said in self.errors.items() if root_of(where) in left_out}
        self.errors |= sentences(stored.refusals())
        self.written = self.base = stored
        for path in self._unsaved.keys() - left_out:
            base, mine, theirs = (each.at(path) for each in (sent, typed, stored))
            if base == theirs:
                self._take(path, mine)
            else:
                self._put(path, base, mine, theirs)

    def _left_out(self) -> set[str]:
        """Return the fields of which what was typed can neither be read nor kept: it is too long."""
        return {root_of(where) for where in self.errors} - self.written.unread.keys()

    def _refused(self) -> dict[str, Any]:
        """Return what is stored in the place of what is too long: the browser keeps the text until it is shorter."""
        return {path: self.base.at(path) for path in self._left_out()}


class Autosave:
    """Saves after a pause, at the latest `LATEST` after each change; tries again when it fails."""

    def __init__(self, save: Callable[[], Awaitable[bool]], *, retry: tuple[float, ...] = RETRY) -> None:
        """`save` returns whether all went well; `retry` are the seconds before each new try, the last for ever."""
        self._save = save
        self._retry = retry
        self._task: asyncio.Task[None] | None = None
        self._first: float | None = None  # when the oldest change that no save has taken yet was made
        self._last = 0.0
        self._pause = _pace.every

    def touch(self) -> None:
        """Note a keystroke."""
        self._last = asyncio.get_running_loop().time()
        if self._first is None:
            self._first = self._last
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._run())

    async def now(self) -> bool:
        """Save at once."""
        return await self._save()

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        failures = 0
        while self._first is not None:
            due = min(self._last + self._pause, self._first + LATEST)
            if (wait := due - loop.time()) > 0:
                await asyncio.sleep(wait)
                continue
            self._first = None
            try:
                done = await self._save()
            except ProductError:
                return
            except Exception:
                _log.exception("a draft could not be saved")
                done = False
            taken = loop.time() - due  # how late the server got to it is part of it
            _log.info("a draft was saved in %.1f ms", taken * 1000)
            self._pause = min(LATEST, max(_pace.interval(self), SHARE * taken))
            failures = 0 if done else failures + 1
            if not done:
                await asyncio.sleep(self._retry[min(failures, len(self._retry)) - 1])
                self._first = self._last = loop.time()
