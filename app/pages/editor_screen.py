"""The screen of the editor: bar, steps, form, preview; what happens between them."""

from collections.abc import Sequence
from typing import Any

from nicegui import ui

from app import live
from app.pages import frame
from app.pages.editor_advice import EditorAdvice
from app.pages.editor_company import EditorCompany
from app.pages.editor_places import commune_names, suggestions
from app.pages.editor_preview import EditorPreview
from app.pages.editor_state import Autosave, Before, EditorState, News
from app.pages.editor_words import (
    LOCKED,
    PROBLEMS,
    conflicts,
    notice,
    recap,
    remarks_of,
    thrown_away,
    unreadable,
    why_closed,
)
from app.services import drafting
from components.editor_bar import EditorBar
from components.flip import Flip
from components.guided_fields import blocks
from components.guided_step import Befores, Edits, GuidedStep
from components.proposal import Point, Proposal
from components.session_guard import SessionGuard
from components.stepper import Stepper
from models import checks, guide
from models.checks import Finding
from models.errors import IllegalTransition, Incomplete, NotAllowed, NotFound, ProductError


class EditorScreen:
    """One open editor."""

    def __init__(
        self,
        state: EditorState,
        *,
        step: guide.Step,
        draft: drafting.Draft | None = None,
        arrival: str = "",
    ) -> None:
        """`arrival` is a sentence for the top of the form, about how this draft came to be."""
        self.state, self.step, self.draft, self.arrival = state, step, draft, arrival
        self.autosave = Autosave(self.save)
        self._unsubscribe: Any = None
        self.ended = False  # nobody is logged in any more
        self.company = EditorCompany(self)

    def build(self) -> None:
        """Lay the screen out."""
        state = self.state
        styles = ["editor.css", "guidance.css", "photos.css", "company.css", "advice.css", "preview.css"]
        frame.head(state.content.title or "Nouvelle fiche", styles)
        ui.query("body").classes("site work editing")
        frame.give_main_back()
        ui.html('<a class="skip-link" href="#step-title">Aller à l’étape</a>', sanitize=False)
        with ui.element("div").classes("editor"):
            self.guard = SessionGuard(state.actor.id, on_end=self.end)
            self.bar = EditorBar(
                state.content.title,
                saved_at=state.saved_at,
                writable=state.writable,
                may_propose=self.company.may_propose,
                on_propose=self.review,
            )
            self.company.build()
            self.stepper = Stepper(
                guide.steps(), current=self.step.key, remarked=self._remarked(), on_go=self.go
            )
            with ui.element("main").classes("panes").props("id=contenu"):
                with ui.element("div").classes("pane pane-form"):
                    self.form = self._form()
                    self.advice = EditorAdvice(self.state, self.form)
                    self.proposal_place = ui.element("div").classes("proposal-place")
                    self.proposal_place.set_visibility(False)
                with ui.element("div").classes("pane pane-preview"):
                    self.preview = self._preview()
            Flip()
        self.stepper.tick(checks.begun_steps(state.content))
        self.bar.lead_to_history(state.revision_id)
        self._show_step()
        self._listen()
        ui.context.client.on_delete(self._leave)

    def _form(self) -> GuidedStep:
        return GuidedStep(
            self.state.written.document(),
            errors=self.state.errors,
            account_id=self.state.actor.id,
            draft_key=self.state.draft_key,
            revision_id=self.state.revision_id,
            writable=self.state.writable,
            notice=self.arrival or notice(self.draft),
            communes=commune_names(self.state.content),
            on_edit=self.edit,
            on_flush=self.save,
            on_go=self.go,
            on_ask=self.ask,
            on_ensure=self.create,
            on_at=self.company.presence.at,
            on_ignore=lambda key: self.advice.set_aside(key),
            on_recall=lambda key: self.advice.take_back(key),
        )

    def _preview(self) -> EditorPreview:
        return EditorPreview(
            self.state,
            step=self.step,
            slug=self.draft.published_slug if self.draft else None,
            on_look=self._look_changed,
            on_mend=self.mend,
            on_seen=self._seen_on_paper,
            on_rendered=self._rendered,
        )

    # ---- writing

    def edit(self, edits: Edits, serial: int, before: Befores) -> None:
        """Take what was typed, show it beside, save it soon."""
        if not self.state.writable or self.ended:
            return
        if self.state.edit(edits, serial, {path: Before(*known) for path, known in before.items()}):
            self.form.show_errors(self.state.errors)
        self.preview.render()
        self.autosave.touch()
        self.advice.touch()
        self.company.presence.typed(next(iter(edits), ""))

    def _look_changed(self) -> None:
        self.bar.saving()
        self.autosave.touch()

    async def save(self) -> bool:
        """Save what is not saved and say so; return whether all went well."""
        if not self.state.writable:
            return True
        was_new = self.state.revision_id is None
        try:
            news = await self.state.save()
        except (NotAllowed, IllegalTransition, NotFound) as problem:
            self._lock(await self._why(problem))
            return True
        except Exception:
            self.bar.failed()
            raise
        if news is not None:
            if was_new:
                self._created()
            self._tell(news)
        return True

    async def create(self) -> None:
        """Make the draft exist now: a picture is about to be added to it."""
        if self.state.revision_id is None:
            self.state.edit({"title": self.state.content.title}, 0)
            await self.save()

    def ask(self, path: str, query: str) -> None:
        """Suggest communes."""
        self.form.suggest(path, query, suggestions(query))

    def _created(self) -> None:
        if self.state.revision_id is not None:
            self.form.created_as(self.state.revision_id, self.state.draft_key)
            self.bar.lead_to_history(self.state.revision_id)
        self._listen()
        self.company.join()

    def _tell(self, news: News) -> None:
        """Show on the screen what a save changed."""
        self.form.saved(news.serial, news.refused)
        if news.written is not None or news.conflicts:
            self.form.learn_communes(commune_names(self.state.content))
            self.form.merge(self.state.written.document(), conflicts(news.conflicts, news.replaced))
            self.form.show_errors(self.state.errors)
            self.preview.render()
            self.advice.touch()
        if self.state.saved_at and not self.state.dirty:
            self.bar.saved(self.state.saved_at)

    def _listen(self) -> None:
        """Hear of the saves of other pages on the same draft."""
        if self.state.revision_id is not None and self._unsubscribe is None:
            self._unsubscribe = live.subscribe(f"revision:{self.state.revision_id}", self._heard)

    async def _heard(self, payload: dict[str, Any]) -> None:
        if payload.get("by") == self.state.token:
            return
        if payload.get("deleted"):
            self._lock(thrown_away(str(payload.get("name", ""))))
            return
        if "company" in payload:
            await self.company.end()
        version = payload.get("version")  # without one, something else has changed: look again
        try:
            news = await self.state.refresh(version, payload.get("contested", ()))
        except ProductError as problem:
            self._lock(await self._why(problem))
            return
        if news is not None:
            self._tell(news)

    async def _leave(self) -> None:
        self.advice.leave()
        self.company.leave()
        self.preview.leave()
        if self._unsubscribe:
            self._unsubscribe()
        if self.state.dirty and self.state.writable:
            await self.state.save()

    def _lock(self, notice: str = LOCKED) -> None:
        """The fiche has gone to the committee, or the right to write has: say it and stop saving."""
        self.state.writable = False
        self.bar.lock()
        self.form.lock(notice)

    async def _why(self, problem: ProductError) -> str:
        """Return the sentence that says why nothing more can be written."""
        try:
            stored = await drafting.load(actor=self.state.actor, revision_id=self.state.revision_id or 0)
        except ProductError as still:
            return why_closed(still, None)
        return why_closed(problem, stored)

    async def end(self) -> None:
        """The person has logged out: what was taken is stored, nothing more is taken; the browser keeps the rest."""
        await self.save()
        self.ended = True

    # ---- showing

    def _rendered(self) -> None:
        self.bar.name(self.state.content.title)
        self.stepper.tick(checks.begun_steps(self.state.content))

    async def _seen_on_paper(self) -> None:
        await self.advice.look_again()
        self.advice.touch()

    # ---- moving

    def go(self, key: str) -> None:
        """Show a step, or the last look before the committee."""
        if key == "proposer":
            ui.timer(0, self.review, once=True)
            return
        self.step = guide.step(key)
        self._close_proposal()
        self._show_step()

    def _show_step(self) -> None:
        steps, number = guide.steps(), self.step.number
        self.form.show(
            self.step,
            blocks(self.step.key, card_open=not self.state.content.card.name),
            previous=steps[number - 2] if number > 1 else None,
            following=steps[number] if number < len(steps) else None,
            count=len(steps),
            remarks=remarks_of(self.draft, self.step),
        )
        self.stepper.go(self.step.key)
        self.preview.follow(number)
        self.advice.follow(self.step)

    def _remarked(self) -> set[str]:
        return {remark.step for remark in self.draft.remarks} if self.draft else set()

    # ---- proposing

    async def review(self) -> None:
        """Show what is missing, or the way to the committee."""
        await self.save()
        found = await self.advice.look_again()
        self._open_proposal([*unreadable(self.state.errors), *found])

    def _open_proposal(self, found: Sequence[Finding | Point]) -> None:
        self.stepper.lack({finding.step.key for finding in found if finding.blocking})
        self.form.set_visibility(False)
        self.proposal_place.set_visibility(True)
        self.proposal_place.clear()
        with self.proposal_place:
            self.proposal = Proposal(
                found,
                recap(self.state.content),
                email=self.state.actor.email,
                may_propose=self.company.may_propose,
                on_mend=self.mend,
                on_propose=self.propose,
                on_back=lambda: self.go(self.step.key),
            )
        self.stepper.go("proposer")

    def _close_proposal(self) -> None:
        self.proposal_place.clear()
        self.proposal_place.set_visibility(False)
        self.form.set_visibility(True)

    def mend(self, path: str) -> None:
        """Go to a field."""
        self.step = guide.step_of(path)
        self.form.focus_field(path)
        self._close_proposal()
        self._show_step()

    async def propose(self) -> None:
        """Send the fiche to the committee."""
        await self.save()
        if self.state.errors:  # of what this device keeps too
            return await self.review()
        try:
            if self.state.revision_id is not None:
                await drafting.propose(actor=self.state.actor, revision_id=self.state.revision_id)
        except Incomplete:
            await self.review()
        except ProductError as error:
            self.proposal.fail(PROBLEMS.get(type(error), PROBLEMS[ProductError]))
        else:
            self._lock()
            self.proposal.thank()
