"""The advice on the step being written: found a moment after the last keystroke, away from the path of typing."""

import asyncio
import contextlib
import logging
from datetime import datetime
from typing import Any

from app import live
from app.pages.editor_state import EditorState
from app.pages.editor_words import PARIS
from app.services import advice, similar
from components.advice import panel
from components.guided_step import GuidedStep
from models import checks, geography, guide
from models.checks import Finding
from models.errors import ProductError

PAUSE = 1.0  # seconds without typing before the advice is brought up to date

_log = logging.getLogger(__name__)


class EditorAdvice:
    """What the checks say of an open draft, and what its authors set aside."""

    def __init__(self, state: EditorState, form: GuidedStep) -> None:
        self.state, self.form = state, form
        self.step = guide.steps()[0]
        self._standing = advice.Standing(frozenset(), seen_on_paper=False)
        self._others: list[similar.Named] = []
        self._others_stale = True  # other fiches may have been begun since they were read
        self._timer: asyncio.TimerHandle | None = None
        self._running: set[asyncio.Task[None]] = set()
        self._unsubscribe: Any = None

    def touch(self) -> None:
        """Note a keystroke."""
        self._cancel()
        self._timer = asyncio.get_running_loop().call_later(PAUSE, self._start)

    def follow(self, step: guide.Step) -> None:
        """Speak of another step."""
        self.step = step
        if step == guide.steps()[0]:
            self._others_stale = True
        self._cancel()
        self._start()

    def findings(self) -> list[Finding]:
        """Return all that is found in the draft as it stands."""
        content = self.state.content
        found = checks.findings(
            content,
            geography.communes(),
            today=datetime.now(PARIS).date(),
            seen_on_paper=self._standing.seen_on_paper,
        )
        twin = similar.near_duplicate(content.title, content.start, self._others)
        return [*found, twin] if twin else found

    async def look_again(self) -> list[Finding]:
        """Return what stands between the draft and the committee: what blocks, what is to review, what warns."""
        self._others_stale = True
        with contextlib.suppress(ProductError):  # what cannot be read is no reason to show less
            await self._learn()
        return checks.before_proposing(self.findings(), self._standing.ignored)

    def leave(self) -> None:
        """Stop: the page is gone."""
        self._cancel()
        if self._unsubscribe:
            self._unsubscribe()

    async def set_aside(self, key: str) -> None:
        """Ignore a piece of advice, for all who write this draft."""
        await self._decide(advice.set_aside, key)

    async def take_back(self, key: str) -> None:
        """Show a piece of advice again."""
        await self._decide(advice.take_back, key)

    async def _decide(self, service: Any, key: str) -> None:
        if self.state.revision_id is not None and self.state.writable:
            try:
                self._standing = await service(
                    actor=self.state.actor, revision_id=self.state.revision_id, key=key
                )
            except ProductError:
                _log.info("advice could not be set aside or taken back")
        self._show()

    def _cancel(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _start(self) -> None:
        self._timer = None
        task = asyncio.get_running_loop().create_task(self._refresh())
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _refresh(self) -> None:
        if self.form.is_deleted:
            return
        try:
            await self._learn()
        except ProductError:
            return
        self._show()

    async def _learn(self) -> None:
        """Read what the content does not say: once, the sheets seen again at the last step, the other fiches when it counts."""
        state = self.state
        if self._others_stale:
            self._others = await similar.others(
                actor=state.actor, centre_id=state.centre_id, revision_id=state.revision_id
            )
            self._others_stale = False
        if state.revision_id is None:
            return
        if self._unsubscribe is None or self.step.key == guide.steps()[-1].key:
            self._standing = await advice.standing(actor=state.actor, revision_id=state.revision_id)
        if self._unsubscribe is None:
            self._unsubscribe = live.subscribe(f"advice:{state.revision_id}", self._heard)

    def _heard(self, payload: dict[str, Any]) -> None:
        """Take what a co-author set aside."""
        self._standing = advice.Standing(frozenset(payload["ignored"]), self._standing.seen_on_paper)
        self._show()

    def _show(self) -> None:
        if self.form.is_deleted:
            return
        content, step = self.state.content, self.step
        begun = step.key in checks.begun_steps(content)
        in_the_way, tips, aside = checks.for_step(self.findings(), step, self._standing.ignored)
        ease = checks.ease(content, step)
        self.form.advise(
            panel(
                content,
                step,
                in_the_way if begun else [],
                tips if begun else [],
                aside if begun else [],
                ease=guide.message(ease) if ease else "",
                begun=begun,
            )
        )
