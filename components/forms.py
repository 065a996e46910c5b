"""Plain labelled fields for small forms: native elements, each with its hint and a place for a sentence."""

from collections.abc import Awaitable, Callable, Mapping
from html import escape
from itertools import count

from nicegui import ui
from nicegui.element import Element
from nicegui.elements.html import Html
from nicegui.events import GenericEventArguments

from layouts.site.environment import french_spaces

_numbers = count(1)
# The text that a control begins with. Not `value`: Vue would write it again, over what is typed, at each rendering.
_BEGINNING = "defaultValue"


def words(text: str, tag: str = "span", classes: str = "") -> Html:
    """Put plain text in an element called `tag`, with French spaces."""
    return ui.html(escape(french_spaces(text), quote=False), tag=tag, sanitize=False).classes(classes)


class Field(Element):
    """A label (only heard if not `label_seen`), a hint, a native control and the sentence that says what to mend."""

    def __init__(
        self, label: str, control: str, *, value: str = "", hint: str = "", label_seen: bool = True
    ) -> None:
        super().__init__("div")
        self.value = value
        self.classes("field")
        self._name = name = f"champ-{next(_numbers)}"
        described = f"{name}-aide {name}-erreur" if hint else f"{name}-erreur"
        with self:
            words(label, "label", "" if label_seen else "visually-hidden").props(f"for={name}")
            if hint:
                words(hint, classes="hint").props(f"id={name}-aide")
            self.control = ui.element(control).props(f'id={name} aria-describedby="{described}"')
            self.sentence = words("", "p", "error").props(f"role=alert id={name}-erreur")
            self.sentence.set_visibility(False)
        self.control.on("input", self._changed, js_handler="(e) => emit(e.target.value)", throttle=0.1)

    def _changed(self, event: GenericEventArguments) -> None:
        self.value = str(event.args)
        if self.sentence.visible:
            self.sentence.set_visibility(False)
            self.control.props(remove="aria-invalid")

    def complain(self, sentence: str) -> None:
        """Say beside the field what is wrong and how to mend it; what was typed stays."""
        self.sentence.content = escape(french_spaces(sentence), quote=False)
        self.sentence.set_visibility(True)
        self.control.props("aria-invalid=true")
        ui.run_javascript(f"document.getElementById('{self._name}').focus()")


class text_input(Field):
    """A one-line text."""

    def __init__(self, label: str, *, value: str = "", hint: str = "", autocomplete: str = "off") -> None:
        super().__init__(label, "input", value=value, hint=hint)
        self.control.props(f"type=text autocomplete={autocomplete}")
        self.control.props[_BEGINNING] = value


class text_area(Field):
    """A text of several lines."""

    def __init__(
        self, label: str, *, value: str = "", hint: str = "", rows: int = 4, longest: int = 4000
    ) -> None:
        """`longest`: characters that can be typed."""
        super().__init__(label, "textarea", value=value, hint=hint)
        self.control.props(f"rows={rows} maxlength={longest}")
        self.control.props[_BEGINNING] = value


class choice(Field):
    """A native select."""

    def __init__(
        self,
        label: str,
        options: Mapping[str, str],
        *,
        value: str = "",
        hint: str = "",
        label_seen: bool = True,
    ) -> None:
        super().__init__(label, "select", value=value, hint=hint, label_seen=label_seen)
        with self.control:
            if not value:
                words("Choisissez…", "option").props('value=""')
            for key, text in options.items():
                option = words(text, "option").props(f'value="{key}"')
                if key == value:
                    option.props("selected")

    def on_change(self, handler: Callable[[], Awaitable[None]]) -> None:
        """Call `handler` after each choice, when `value` is the new one."""

        async def changed(event: GenericEventArguments) -> None:
            self._changed(event)  # the value that comes by itself may still be on its way
            await handler()

        self.control.on("change", changed, js_handler="(e) => emit(e.target.value)")


class tick(Element):
    """A box to tick, whose choice is kept at once; a word beside it says so."""

    def __init__(
        self, label: str, *, value: bool, hint: str = "", on_change: Callable[[bool], Awaitable[None]]
    ) -> None:
        super().__init__("div")
        self.classes("field tick-box")
        name = f"case-{next(_numbers)}"
        with self:
            with ui.element("label"):
                control = ui.element("input").props(f"type=checkbox id={name} aria-describedby={name}-aide")
                if value:
                    control.props("checked")
                words(label)
            words(hint, "p", "hint").props(f"id={name}-aide")
            said = words("", "p", "tick-said").props("role=status")

        async def changed(event: GenericEventArguments) -> None:
            await on_change(bool(event.args))
            said.content = "C’est enregistré."

        control.on("change", changed, js_handler="(e) => emit(e.target.checked)")


class radio_group(Element):
    """Native radio buttons in a fieldset."""

    def __init__(
        self, legend: str, options: Mapping[str, str], *, value: str = "", on_change: Callable[[], None]
    ) -> None:
        super().__init__("fieldset")
        self.value = value
        self.classes("field radios")
        name = f"choix-{next(_numbers)}"
        with self:
            words(legend, "legend")
            for key, text in options.items():
                with ui.element("label").classes("radio"):
                    control = ui.element("input").props(f'type=radio name={name} value="{key}"')
                    if key == value:
                        control.props("checked")
                    words(text)

                def chosen(_: object = None, key: str = key) -> None:
                    self.value = key
                    on_change()

                control.on("change", chosen, args=[])


def submit(text: str, action: Callable[[], Awaitable[None]], *, quiet: bool = False) -> Element:
    """A button that runs `action` and cannot be pressed twice meanwhile."""
    button = (
        ui.element("button").classes("btn btn-secondary" if quiet else "btn btn-primary").props("type=button")
    )

    async def press() -> None:
        button.props("disabled")
        try:
            await action()
        finally:
            if not button.is_deleted:
                button.props(remove="disabled")

    with button:
        words(text)
    button.on("click", press, args=[])
    return button
