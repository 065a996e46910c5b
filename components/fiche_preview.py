"""The fiche beside the form, in a frame without scripts that stays while its content changes."""

from collections.abc import Callable
from typing import Any

from nicegui.element import Element


class FichePreview(Element, component="fiche_preview.js", esm={"cp-preview": "preview"}):
    """Shows a fiche as page, phone, sheets of paper or poster; follows the step being written; says how it fits."""

    def __init__(
        self,
        html: str,
        *,
        look: dict[str, Any],
        part: int = 1,
        writable: bool = True,
        on_palette: Callable[[str], Any],
        on_gabarit: Callable[[str], Any],
        on_medium: Callable[[str], Any],
        on_thumbnails: Callable[[], Any],
        on_mend: Callable[[str], Any],
        on_seen: Callable[[], Any],
        on_lost: Callable[[], Any],
    ) -> None:
        """Show the fragment `html`.

        `look` has `stylesheet` (of the page) and `poster` (of the poster) as CSS, `gabarit` and `palette` chosen,
        `gabarits` (`key`, `label`, `description`, `css`: the address of its style sheet) and `palettes` (`key`,
        `label`, `strong`, `accent`). `on_medium` is told "page", "paper", "phone" or "poster"; `on_thumbnails` wants
        `show_thumbnails`; `on_mend` takes the path of a text to shorten; `on_seen` is told that sheets are shown,
        `on_lost` that their pictures could not be read.
        """
        super().__init__()
        self._html = {"page": html, "poster": ""}
        self._props["initial"] = html
        self._props["part"] = part
        self._props["writable"] = writable
        self._props["look"] = look
        self.on("palette", lambda event: on_palette(str(event.args)))
        self.on("gabarit", lambda event: on_gabarit(str(event.args)))
        self.on("medium", lambda event: on_medium(str(event.args)))
        self.on("thumbnails", lambda: on_thumbnails())
        self.on("mend", lambda event: on_mend(str(event.args)))
        self.on("seen", on_seen)
        self.on("lost", lambda: on_lost())
        self.on("resync", self._resync)

    def show(self, html: str) -> None:
        """Replace the fragment. Only what differs travels: a page open for hours keeps the server's memory flat."""
        self._patch("page", html)

    def show_poster(self, html: str) -> None:
        """Replace the poster."""
        self._patch("poster", html)

    def _patch(self, name: str, html: str) -> None:
        old = self._html[name]
        if html == old:
            return
        start, drop, text = difference(old, html)
        # JavaScript counts in UTF-16 units.
        patch = (name, _units(old[:start]), _units(old[start : start + drop]), text, _units(html))
        self._html[name] = html
        self.run_method("patch", *patch)

    def _resync(self) -> None:
        for name, html in self._html.items():
            self.run_method("reset", name, html)

    def follow(self, part: int) -> None:
        """Bring the part of a step (1 to 8) into view."""
        self._props["part"] = part
        self.update()

    def dress(self, look: dict[str, Any]) -> None:
        """Show another look (see the constructor)."""
        self._props["look"] = look
        self.update()

    def show_thumbnails(self, html: dict[str, str]) -> None:
        """Fill the miniatures: the fragment of the fiche by gabarit."""
        self.run_method("fill", html)

    def gauge(self, said: dict[str, Any]) -> None:
        """Show how the fiche fits: `pages` and `help` in words, `over`, `fresh` (nothing was typed since), `cuts`
        (`path`, `label` of the texts to shorten), `steps` (rank of the page by number of step), `sheets` (addresses
        of the pictures of the pages, [] for none)."""
        self.run_method("measured", said)

    def gauge_is_late(self) -> None:
        """Say that something was typed since the last measure."""
        self.run_method("is_late")


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
