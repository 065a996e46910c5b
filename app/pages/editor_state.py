"""What an open editor knows: the content, what is not saved yet, when to save it. No element, no HTML."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4

from app.pages.editor_input import apply, value_at
from app.permissions import Actor
from app.services import drafting
from models.content import FicheContent
from models.errors import ProductError

PAUSE = 0.5  # seconds without typing before a save
LATEST = 2.0  # seconds between the first unsaved keystroke and the save, however fast one types
RETRY = 3.0  # seconds before trying again

_log = logging.getLogger(__name__)


@dataclass
class News:
    """What a save or somebody else's save changed. `refused` maps paths to what is stored instead."""

    serial: int
    refused: dict[str, Any] = field(default_factory=dict)
    content: FicheContent | None = None  # set when it is not simply what was typed
    conflicts: dict[str, Any] = field(default_factory=dict)


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
        """Name of the safety copy in the browser."""
        return str(self.revision_id or f"nouvelle-{self.centre_id}")

    def edit(self, edits: dict[str, Any], serial: int) -> bool:
        """Take what was typed; return whether the sentences beside the fields changed."""
        before = dict(self.errors)
        for path, raw in edits.items():
            self.content, problems = apply(self.content, path, raw)
            for known in [each for each in self.errors if each == path or each.startswith(path + ".")]:
                del self.errors[known]
            self.errors |= problems
            self._unsaved[path] = raw
        self._serial = max(self._serial, serial)
        return before != self.errors

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
            serial, content = self._serial, self.content
            try:
                if self.revision_id is None:
                    return await self._create(unsaved, content, serial)
                saved = await drafting.save(
                    actor=self.actor,
                    revision_id=self.revision_id,
                    version=self.version,
                    base=self.base,
                    content=content,
                    palette=self.palette if look_changed else None,  # else another page may have chosen since
                    gabarit=self.gabarit if look_changed else None,
                    by=self.token,
                )
            except BaseException:
                self._unsaved = {**unsaved, **self._unsaved}
                self._look_changed = self._look_changed or look_changed
                raise
            self.version, self.saved_at = saved.version, saved.updated_at
            merged = saved.content if saved.content != content else None
            self._rebase(saved.content)
            return News(serial, self._refused(unsaved), merged, saved.theirs)

    async def refresh(self, version: int) -> News | None:
        """Take what another page saved as `version`; None if this page knows it already."""
        async with self._lock:
            if self.revision_id is None or version <= self.version:
                return None
        if self.dirty:
            return await self.save()
        async with self._lock:
            draft = await drafting.load(actor=self.actor, revision_id=self.revision_id)
            self.version, self.saved_at = draft.version, draft.updated_at
            self.palette, self.gabarit = draft.palette, draft.gabarit
            self._rebase(draft.content)
            return News(0, content=draft.content)

    async def _create(self, unsaved: dict[str, Any], content: FicheContent, serial: int) -> News:
        draft = await drafting.start(
            actor=self.actor,
            centre_id=self.centre_id,
            content=content,
            palette=self.palette,
            gabarit=self.gabarit,
        )
        self.revision_id, self.version, self.saved_at = draft.revision_id, draft.version, draft.updated_at
        self.base = content
        return News(serial, self._refused(unsaved))

    def _rebase(self, stored: FicheContent) -> None:
        """Stand on what is stored, with what was typed during the save on top."""
        self.base = self.content = stored
        for path, raw in self._unsaved.items():
            self.content, _ = apply(self.content, path, raw)

    def _refused(self, unsaved: dict[str, Any]) -> dict[str, Any]:
        wrong = {
            path for path in unsaved for each in self.errors if each == path or each.startswith(path + ".")
        }
        return {path: value_at(self.base, path) for path in wrong}


class Autosave:
    """Saves after a pause, and in any case soon; tries again when it fails."""

    def __init__(self, save: Callable[[], Awaitable[bool]]) -> None:
        """`save` returns whether all went well."""
        self._save = save
        self._task: asyncio.Task[None] | None = None
        self._first = self._last = 0.0

    def touch(self) -> None:
        """Note a keystroke."""
        now = asyncio.get_running_loop().time()
        self._last = now
        if self._task is None or self._task.done():
            self._first = now
            self._task = asyncio.get_running_loop().create_task(self._run())

    async def now(self) -> bool:
        """Save at once."""
        return await self._save()

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            due = min(self._last + PAUSE, self._first + LATEST)
            if (wait := due - loop.time()) > 0:
                await asyncio.sleep(wait)
                continue
            seen = self._last
            try:
                done = await self._save()
            except ProductError:
                return
            except Exception:
                _log.exception("a draft could not be saved")
                done = False
            if done and self._last == seen:
                return
            self._first = loop.time()
            if not done:
                await asyncio.sleep(RETRY)
