"""What an open editor knows: the content, what is not saved yet, when to save it. No element, no HTML."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4

from app.pages.editor_input import apply, root_of, value_at
from app.permissions import Actor
from app.services import drafting
from models.content import FicheContent
from models.errors import NotAllowed, ProductError
from models.merge import merge_value

PAUSE = 0.05  # seconds without typing before a save, when the server is at ease
LATEST = 0.6  # seconds between a change and its save, however fast one types and however busy the server is
SHARE = 2  # a page waits so many times what its last save took: fifty writers must not keep the server busy
RETRY = (1.0, 2.0, 5.0)  # seconds before a save that failed is tried again

_log = logging.getLogger(__name__)


@dataclass
class News:
    """What a save or somebody else's save changed. `refused` maps paths to what is stored instead.

    `conflicts` has the other version of what this page wrote, `replaced` what this page had written and another one,
    writing at the same time, put aside.
    """

    serial: int
    refused: dict[str, Any] = field(default_factory=dict)
    content: FicheContent | None = None  # set when it is not simply what was typed
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
        content: FicheContent,
        *,
        palette: str = "lagune",
        gabarit: str = "reperes",
    ) -> None:
        self.actor, self.centre_id = actor, centre_id
        self.palette, self.gabarit = palette, gabarit
        self.content = self.base = content
        self.revision_id: int | None = None
        self.version = 0
        self.saved_at: datetime | None = None
        self.writable = True
        self.errors: dict[str, str] = {}
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
        state = cls(actor, draft.centre_id, draft.content, palette=draft.palette, gabarit=draft.gabarit)
        state.revision_id, state.version = draft.revision_id, draft.version
        state.saved_at, state.writable = draft.updated_at, draft.writable
        return state

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
            stored = value_at(self.content, path)
            self.content, problems = apply(self.content, path, raw)
            mine = value_at(self.content, path)
            self._told[path] = Before(mine, serial)
            if known != stored:
                self._put(path, known, mine, stored)
            for old in [each for each in self.errors if each == path or each.startswith(path + ".")]:
                del self.errors[old]
            self.errors |= problems
            self._unsaved[path] = raw
        self._serial = max(self._serial, serial)
        return errors != self.errors

    def _known(self, path: str, before: Before | None) -> Any:
        """Return what the browser had in a field when it changed it."""
        told = self._told.get(path)
        if before is None or (told is not None and told.first >= before.first):
            return told.value if told is not None else value_at(self.content, path)
        return value_at(apply(self.content, path, before.value)[0], path)

    def _put(self, path: str, base: Any, mine: Any, theirs: Any) -> None:
        """Put both changes of a field together; the browser will be shown the result."""
        value, clashes = merge_value(path, base, mine, theirs)
        self.content, problems = apply(self.content, path, value)
        if problems:  # together they are too many
            self.content, _ = apply(self.content, path, mine)
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
            serial, content = self._serial, self.content
            try:
                if self.revision_id is None:
                    return await self._create(content, serial)
                saved = await drafting.save(
                    actor=self.actor,
                    revision_id=self.revision_id,
                    version=self.version,
                    base=self.base,
                    content=content,
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
            merged = saved.content if saved.content != content or behind else None
            self._rebase(saved.content, content)
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
            before = self.content
            draft = await drafting.load(actor=self.actor, revision_id=self.revision_id)
            if self.writable and not draft.writable:
                raise NotAllowed("write")
            if draft.version <= self.version:
                return None
            self.version, self.saved_at = draft.version, draft.updated_at
            self.palette, self.gabarit = draft.palette, draft.gabarit
            self._rebase(draft.content, before)
            return News(0, content=draft.content, replaced=self._replaced(contested, before, draft.content))

    def _replaced(
        self, contested: Collection[str], before: FicheContent, after: FicheContent
    ) -> dict[str, Any]:
        """Return what this page wrote of the contested fields, where it stands there no more."""
        mine = {path: value_at(before, path) for path in contested if root_of(path) in self._told}
        return {path: value for path, value in mine.items() if value and value != value_at(after, path)}

    async def _create(self, content: FicheContent, serial: int) -> News:
        draft = await drafting.start(
            actor=self.actor,
            centre_id=self.centre_id,
            content=content,
            palette=self.palette,
            gabarit=self.gabarit,
        )
        self.revision_id, self.version, self.saved_at = draft.revision_id, draft.version, draft.updated_at
        self.base = content
        return News(serial, self._refused())

    def _rebase(self, stored: FicheContent, sent: FicheContent) -> None:
        """Stand on what is stored, with what was typed since `sent` on top."""
        typed, self.base, self.content = self.content, stored, stored
        for path in self._unsaved:
            base, mine, theirs = (value_at(each, path) for each in (sent, typed, stored))
            if base == theirs:
                self.content, _ = apply(self.content, path, mine)
            else:
                self._put(path, base, mine, theirs)

    def _refused(self) -> dict[str, Any]:
        """Return what is stored where a value was refused: the browser keeps the raw text until it is mended."""
        return {root: value_at(self.base, root) for root in map(root_of, self.errors)}


class Autosave:
    """Saves after a pause, at the latest `LATEST` after each change; tries again when it fails."""

    def __init__(self, save: Callable[[], Awaitable[bool]], *, retry: tuple[float, ...] = RETRY) -> None:
        """`save` returns whether all went well; `retry` are the seconds before each new try, the last for ever."""
        self._save = save
        self._retry = retry
        self._task: asyncio.Task[None] | None = None
        self._first: float | None = None  # when the oldest change that no save has taken yet was made
        self._last = 0.0
        self._pause = PAUSE

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
            self._pause = min(LATEST, max(PAUSE, SHARE * taken))
            failures = 0 if done else failures + 1
            if not done:
                await asyncio.sleep(self._retry[min(failures, len(self._retry)) - 1])
                self._first = self._last = loop.time()
