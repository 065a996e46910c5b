"""Plain labelled fields for small forms: native elements, each with its hint and a place for a sentence."""

from collections.abc import Awaitable, Callable, Mapping
from itertools import count

from nicegui import ui
from nicegui.element import Element

_numbers = count(1)


class Field(Element):
    """A label, a hint, a native control and the sentence that says what to mend."""

    def __init__(self, label: str, control: str, *, value: str = "", hint: str = "") -> None:
        super().__init__("div")
        self.value = value
        self.classes("field")
        name = f"champ-{next(_numbers)}"
        with self:
            with ui.element("label").props(f"for={name}"):
                ui.label(label)
            if hint:
                ui.label(hint).classes("hint").props(f"id={name}-aide")
            self.control = ui.element(control).props(f"id={name} aria-describedby={name}-aide aria-errormessage={name}-erreur")
            self.sentence = ui.label().classes("error").props(f"role=alert id={name}-erreur")
            self.sentence.set_visibility(False)
        self.control.on("input", self._changed, args=["target.value"], js_handler="(e) => emit(e.target.value)")

    def _changed(self, event: object) -> None:
        self.value = str(getattr(event, "args", ""))
        if self.sentence.visible:
            self.sentence.set_visibility(False)
            self.control.props(remove="aria-invalid")

    def complain(self, sentence: str) -> None:
        """Say beside the field what is wrong and how to mend it; what was typed stays."""
        self.sentence.set_text(sentence)
        self.sentence.set_visibility(True)
        self.control.props("aria-invalid=true")
        self.control.run_method("focus")


class text_input(Field):  # noqa: N801  called like NiceGUI's own elements
    """A one-line text."""

    def __init__(self, label: str, *, value: str = "", hint: str = "", autocomplete: str = "off", kind: str = "text") -> None:
        super().__init__(label, "input", value=value, hint=hint)
        self.control.props(f"type={kind} autocomplete={autocomplete}")
        self.control.props["value"] = value


class choice(Field):  # noqa: N801
    """A native select."""

    def __init__(self, label: str, options: Mapping[str, str], *, value: str = "", hint: str = "") -> None:
        super().__init__(label, "select", value=value, hint=hint)
        with self.control:
            if not value:
                with ui.element("option").props('value=""'):
                    ui.label("Choisissez…").props("tag=span")
            for key, text in options.items():
                option = ui.element("option")
                option.props["value"] = key
                if key == value:
                    option.props("selected")
                with option:
                    ui.label(text)

    def on_change(self, handler: Callable[[], Awaitable[None]]) -> None:
        """Call `handler` after each choice."""
        self.control.on("change", handler)


def submit(text: str, action: Callable[[], Awaitable[None]], *, quiet: bool = False) -> Element:
    """A button that runs `action` and cannot be pressed twice meanwhile."""
    button = ui.element("button").classes("btn btn-secondary" if quiet else "btn btn-primary").props("type=button")

    async def press() -> None:
        button.props("disabled")
        try:
            await action()
        finally:
            if not button.is_deleted:
                button.props(remove="disabled")

    with button:
        ui.label(text)
    button.on("click", press)
    return button
