"""The fiche beside the form, in a frame without scripts that stays while its content changes."""

from collections.abc import Callable, Sequence
from typing import Any

from nicegui.element import Element


class FichePreview(Element, component="fiche_preview.js"):
    """Shows a fiche as page, phone or sheet of paper; follows the step being written."""

    def __init__(
        self,
        html: str,
        *,
        stylesheet: str,
        palettes: Sequence[dict[str, str]],
        palette: str,
        part: int = 1,
        writable: bool = True,
        on_palette: Callable[[str], Any],
    ) -> None:
        """Show the fragment `html` under `stylesheet`; `palettes` have `key`, `label`, `strong` and `accent`."""
        super().__init__()
        self._html = html
        self._props["initial"] = html
        self._props["stylesheet"] = stylesheet
        self._props["palettes"] = list(palettes)
        self._props["palette"] = palette
        self._props["part"] = part
        self._props["writable"] = writable
        self.on("palette", lambda event: on_palette(str(event.args)))
        self.on("resync", lambda: self.run_method("reset", self._html))

    def show(self, html: str) -> None:
        """Replace the fragment. Only what differs travels: a page open for hours keeps the server's memory flat."""
        if html == self._html:
            return
        start, drop, text = difference(self._html, html)
        # JavaScript counts in UTF-16 units.
        patch = (_units(self._html[:start]), _units(self._html[start : start + drop]), text, _units(html))
        self._html = html
        self.run_method("patch", *patch)

    def follow(self, part: int) -> None:
        """Bring the part of a step (1 to 8) into view."""
        self._props["part"] = part
        self.update()

    def choose(self, palette: str) -> None:
        """Mark a palette as chosen."""
        self._props["palette"] = palette
        self.update()


def difference(old: str, new: str) -> tuple[int, int, str]:
    """Return (start, characters to drop, text to put) that turn `old` into `new`."""
    start = _shared(old, new)
    tail = _shared(old[start:][::-1], new[start:][::-1])
    return start, len(old) - start - tail, new[start : len(new) - tail]


def _shared(one: str, other: str) -> int:
    """Return the length of what both begin with (by halving: comparing slices is fast)."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
