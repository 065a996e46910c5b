"""The words of the guide in boxes, for administrators: what is written stays in the browser until it is saved."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from nicegui.element import Element

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Control:
    """A box. `kind`: "line", "area", "number", "list" of sentences, or "example" with its notes."""

    leaf: str  # the address of the words, see models.guide_words
    kind: str
    label: str
    hint: str = ""
    rows: int = 2
    item: str = ""  # of a list: "Conseil"
    gone: str = ""  # of a list: "retiré"
    add: str = ""  # of a list: "Ajouter un conseil"
    limit: int = 0


@dataclass(frozen=True)
class Group:
    """Boxes under a title; `closed` ones open on demand."""

    title: str
    controls: tuple[Control, ...]
    hint: str = ""
    closed: bool = False


class GuideForm(Element, component="guide_form.js"):
    """Boxes, a note, and a button that saves. `name` names the safety copy in the browser."""

    def __init__(
        self,
        name: str,
        groups: Sequence[Group],
        *,
        values: Values,
        shipped: Values,
        on_change: Callable[[dict[str, Any]], Any],
        on_save: Callable[[dict[str, Any], dict[str, Any], str], Any],
    ) -> None:
        """`on_change` receives the words that differ; `on_save` those, what the page showed instead, and the note."""
        super().__init__()
        self._props["name"] = name
        self._props["groups"] = [asdict(group) for group in groups]
        self._props["values"] = dict(values)
        self._props["shipped"] = dict(shipped)
        self.on("change", lambda event: on_change(dict(event.args)))
        self.on(
            "save",
            lambda event: on_save(
                dict(event.args["edits"]), dict(event.args["seen"]), str(event.args["note"])
            ),
        )

    def saved(self, values: Values, sentence: str) -> None:
        """Say that a version is stored; `values` are all words as they stand now."""
        self.run_method("saved", dict(values), sentence)

    def refuse(self, errors: Mapping[str, str], sentence: str) -> None:
        """Show a sentence beside each box that is not fit; what is written stays."""
        self.run_method("refuse", dict(errors), sentence)

    def meanwhile(self, values: Values, sentence: str) -> None:
        """Show what somebody else wrote in the same boxes."""
        self.run_method("meanwhile", dict(values), sentence)
