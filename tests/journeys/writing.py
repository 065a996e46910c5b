"""How a person fills the editor, field by field, through labels and boxes."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from models import guide

ITEM_BUTTONS = {
    "needs": "Ajouter un besoin",
    "stages": "Ajouter une étape",
    "changes.figures": "Ajouter un chiffre clé",
    "voices.quotes": "Ajouter une citation",
    "advice": "Ajouter un conseil",
    "attention_points": "Ajouter un point d’attention",
    "success_factors": "Ajouter un facteur de réussite",
    "further.links": "Ajouter un lien",
}


class Writer:
    """A person at the editor."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.wait_for_function("window.did_handshake === true")

    def go(self, step_key: str) -> None:
        """Choose a step in the list of steps."""
        step = guide.step(step_key)
        self.page.get_by_role("navigation", name="Les étapes de la fiche").get_by_role(
            "button", name=step.short
        ).click()
        expect(self.page.get_by_role("heading", name=step.title, exact=True)).to_be_visible()

    def write(self, path: str, text: str) -> None:
        """Fill the box of a field."""
        self.page.locator(f'[data-field="{path}"]').fill(text)

    def type(self, path: str, text: str) -> None:
        """Type into the box of a field, key by key."""
        self.page.locator(f'[data-field="{path}"]').press_sequentially(text)

    def tick(self, path: str, labels: Sequence[str]) -> None:
        """Tick boxes or choose a radio button in a group, by their labels."""
        group = self.page.locator(f'[data-field="{path}"]')
        for label in labels:
            group.get_by_label(label, exact=True).check()

    def add(self, path: str, items: Sequence[str | Mapping[str, Any]]) -> None:
        """Add items to a list and fill each one."""
        for number, item in enumerate(items):
            self.page.get_by_role("button", name=ITEM_BUTTONS[path]).click()
            if isinstance(item, str):
                self.write(f"{path}.{number}", item)
                continue
            for name, value in item.items():
                if value is True:
                    self.page.locator(f'[data-field="{path}.{number}.{name}"]').check()
                elif value:
                    self.write(f"{path}.{number}.{name}", str(value))

    def choose_commune(self, name: str) -> None:
        """Type the name of a commune and take the first one that is offered."""
        box = self.page.locator('[data-field="commune"]')
        box.fill("")
        box.press_sequentially(name)
        self.page.locator("[role=listbox] [role=option]").first.click()

    def add_photo(self, picture: Path, *, alt: str, credit: str, caption: str = "") -> None:
        """Upload a picture on which nobody can be recognised, and describe it."""
        self.page.locator("input[type=file]").first.set_input_files(picture)
        self.page.locator('[data-field="photos.0.alt"]').fill(alt)
        self.page.locator('[data-field="photos.0.credit"]').fill(credit)
        self.page.locator('[data-field="photos.0.caption"]').fill(caption)
        self.tick("photos.0.licence", ["Pour cette fiche seulement"])
        self.tick("photos.0.consent", ["Personne n’est reconnaissable"])

    def wait_saved(self) -> None:
        """Wait until all is stored."""
        expect(self.page.locator(".editor-status")).to_contain_text("Enregistré à", timeout=10_000)


SIMPLE = {
    "identity": ("accroche", "place"),
    "origin": ("constat.title", "constat.text", "response.title", "response.text"),
    "residents": ("residents.text", "residents.count"),
    "path": ("implementation.text", "implementation.means", "implementation.steering", "implementation.cost"),
    "changes": ("changes.people", "changes.centre", "changes.territory"),
    "voices": ("voices.title", "voices.subtitle"),
    "tips": ("further.contact", "further.mailbox", "further.phone"),
    "finish": ("summary",),
}
LISTS = {
    "origin": ("needs",),
    "path": ("stages",),
    "changes": ("changes.figures",),
    "voices": ("voices.quotes",),
    "tips": ("advice", "attention_points", "success_factors", "further.links"),
}


def look_up(content: Mapping[str, Any], path: str) -> Any:
    """Return the value at a dotted path, None where it is missing."""
    value: Any = content
    for name in path.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def write_step(writer: Writer, key: str, content: Mapping[str, Any]) -> None:
    """Fill the texts and the lists of one step with those of `content`."""
    for path in SIMPLE[key]:
        value = look_up(content, path)
        if value not in (None, ""):
            writer.write(path, str(value))
    for path in LISTS.get(key, ()):
        writer.add(path, look_up(content, path) or ())
