"""How close two texts are: titles of two fiches (C-02), a summary and the text it might repeat (C-30)."""

from difflib import SequenceMatcher

from models.checks.text import read

CLOSE = 0.72  # likeness from which two titles are said to be close
_SMALL = frozenset(["de", "le", "à", "un", "et", "en", "pour", "avec", "sur", "dans", "par", "ou"])


def title_likeness(one: str, other: str) -> float:
    """Return how close two titles are, 0 to 1: their words, whatever their order and number, or their letters."""
    first, second = _content(one), _content(other)
    if not first or not second:
        return 0.0
    shared = len(first & second) / len(first | second)
    letters = SequenceMatcher(None, " ".join(sorted(first)), " ".join(sorted(second)), autojunk=False).ratio()
    return max(shared, letters if shared else 0.0)


def _content(title: str) -> frozenset[str]:
    return frozenset(stem for stem in read(title.casefold()).stems if stem not in _SMALL and len(stem) > 1)


def copied_share(text: str, source: str) -> float:
    """Return the share, 0 to 1, of the runs of three words of `text` that also stand in `source`."""
    stems = read(text).stems
    runs = frozenset(zip(stems, stems[1:], stems[2:], strict=False))
    said = f" {' '.join(read(source).stems)} "
    return sum(f" {' '.join(run)} " in said for run in runs) / len(runs) if runs else 0.0
