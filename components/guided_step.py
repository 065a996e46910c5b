"""One step of the guide: consigne, help, remarks, fields. One element for the whole form keeps a page light."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from nicegui.element import Element
from nicegui.events import GenericEventArguments

from components.step_help import sittings, step_help
from layouts.site.environment import STATIC
from layouts.typography import french
from models.guide import Step

Edits = dict[str, Any]
Befores = dict[
    str, tuple[Any, int]
]  # by path, what a field held before its change, and the change's serial number


class GuidedStep(
    Element,
    component="guided_step.js",
    esm={"cp-guided": "guided", "cp-minuteur": str(STATIC / "minuteur")},
):
    """The form of one step; `show` moves to another. The browser keeps what is typed until `saved` confirms it."""

    def __init__(
        self,
        document: Mapping[str, Any],
        *,
        errors: Mapping[str, str] | None = None,
        account_id: int = 0,
        draft_key: str,
        revision_id: int | None,
        writable: bool = True,
        notice: str = "",
        media_base: str = "/medias",
        communes: Mapping[str, str] | None = None,
        on_edit: Callable[[Edits, int, Befores], Any],
        on_flush: Callable[[], Any],
        on_go: Callable[[str], Any],
        on_ask: Callable[[str, str], Any],
        on_ensure: Callable[[], Any],
        on_at: Callable[[str], Any] | None = None,
        on_ignore: Callable[[str], Any] | None = None,
        on_recall: Callable[[str], Any] | None = None,
    ) -> None:
        """Build an empty form.

        `document` is what the boxes show, as JSON values in the shape of a content; `errors` the sentences beside some.
        `account_id` and `draft_key` name the safety copy in the browser; `communes` gives the names of the codes in
        `document`. `on_edit` receives the changed paths with their raw values, a serial number and what the fields held
        before; `on_flush` asks to save at
        once; `on_go` names the wanted step; `on_ask` a field and a search for communes; `on_ensure` asks for a
        revision to exist (a picture must belong to one); `on_ignore` and `on_recall` the key of a piece of advice;
        `on_at` the field in which the cursor stands.
        """
        super().__init__()
        self._props["content"] = dict(document)
        self._props["mistakes"] = dict(errors or {})
        self._props["account"] = account_id
        self._props["draft"] = draft_key
        self._props["revision"] = revision_id
        self._props["mediaBase"] = media_base
        self._props["writable"] = writable
        self._props["notice"] = notice
        self._props["names"] = dict(communes or {})
        self._props["sittings"] = sittings()
        self.on("edit", lambda event: on_edit(*_edits(event)))
        self.on("flush", lambda: on_flush())
        self.on("go", lambda event: on_go(str(event.args)))
        self.on("ask", lambda event: on_ask(str(event.args["path"]), str(event.args["query"])[:100]))
        self.on("ensure", lambda: on_ensure())
        if on_at is not None:
            self.on("at", lambda event: on_at(str(event.args)[:200]))
        self.on("ignore", lambda event: on_ignore and on_ignore(str(event.args)))
        self.on("recall", lambda event: on_recall and on_recall(str(event.args)))

    def show(
        self,
        step: Step,
        blocks: Sequence[Mapping[str, Any]],
        *,
        previous: Step | None,
        following: Step | None,
        count: int,
        remarks: Sequence[Mapping[str, str]] = (),
    ) -> None:
        """Show `step` with the blocks of its fields; the focus goes to its title."""
        self._props["step"] = {
            "key": step.key,
            "number": step.number,
            "count": count,
            "title": step.title,
            **step_help(step),
            "remarks": [{**remark, "text": french(remark["text"])} for remark in remarks],
            "blocks": list(blocks),
            "previous": _named(previous),
            "next": _named(following),
        }
        self.update()

    def saved(self, serial: int, refused: Mapping[str, Any]) -> None:
        """Say that the edits up to `serial` are stored; `refused` maps paths to what is stored instead."""
        self.run_method("saved", serial, dict(refused))

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """Show these sentences, by path, and no others."""
        self.run_method("showErrors", dict(errors))

    def merge(self, document: Mapping[str, Any], conflicts: Mapping[str, Any]) -> None:
        """Take what somebody else wrote, leaving alone the fields being written."""
        self.run_method("merge", dict(document), dict(conflicts))

    def show_mates(self, mates: Sequence[Mapping[str, Any]]) -> None:
        """Show the others beside the fields where they are: `name`, `path`, `typing` (then the field waits for them)."""
        self.run_method("showMates", list(mates))

    def created_as(self, revision_id: int, draft_key: str) -> None:
        """Say that the draft now exists."""
        self.run_method("created_as", revision_id, draft_key)

    def lock(self, notice: str) -> None:
        """Let nothing more be written, and say why."""
        self._props["writable"] = False
        self._props["notice"] = notice
        self.update()

    def suggest(self, path: str, query: str, items: Sequence[Mapping[str, str]]) -> None:
        """Answer a search for communes: items have `code`, `name`, `detail` and `label`."""
        self.run_method("suggest", path, query, list(items))

    def learn_communes(self, names: Mapping[str, str]) -> None:
        """Give the names of communes that came with a merge."""
        self.run_method("learnCommunes", dict(names))

    def advise(self, panel: Mapping[str, Any]) -> None:
        """Show what the checks say of the step (see `components.advice`)."""
        self.run_method("advise", dict(panel))

    def focus_field(self, path: str) -> None:
        """Put the focus on a field of the step shown."""
        self.run_method("focusField", path)


def _named(step: Step | None) -> dict[str, str] | None:
    return {"key": step.key, "title": step.title} if step else None


def _edits(event: GenericEventArguments) -> tuple[Edits, int, Befores]:
    befores = {path: (value, int(first)) for path, (value, first) in event.args.get("befores", {}).items()}
    return dict(event.args["edits"]), int(event.args["seq"]), befores
