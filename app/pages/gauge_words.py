"""What the gauge says, in words that help."""

from layouts.gauge import PAGES, Gauge
from layouts.typography import NBSP
from models import guide
from models.content import FicheContent

FULL = 1  # lines: what is left below that is not worth a word


def pages_line(gauge: Gauge) -> str:
    """Return what each page holds: "Page 1 pleine · Page 2 : il reste 6 lignes"."""
    if gauge.pages < PAGES:
        return "Une page sur deux"
    said = [
        f"Page {rank} pleine" if left <= FULL else f"Page {rank}{NBSP}: il reste {_lines(left)}"
        for rank, left in enumerate(gauge.left[:PAGES], 1)
    ]
    if gauge.pages > PAGES:
        said[-1] = f"Page {PAGES}{NBSP}: {_about(gauge)}{_lines(gauge.over)} de trop"
    return " · ".join(said)


def help_line(gauge: Gauge, content: FicheContent) -> str:
    """Return what to do about it: "La page 2 dépasse de 3 lignes : raccourcissez « Le chemin » (40 mots environ)."."""
    if gauge.pages > PAGES:
        over = f"{'d’environ ' if not gauge.exact else 'de '}{_lines(gauge.over)}"
        return f"La page {PAGES} dépasse {over}{NBSP}: raccourcissez {_where(gauge)}."
    if gauge.pages == 1:
        held = "Tout tient sur une page"
    else:
        held = "Tout tient sur deux pages, tout juste" if gauge.tight else "Tout tient sur deux pages"
    if gauge.hidden:
        unseen = (
            "La dernière photo reste" if gauge.hidden == 1 else f"Les {gauge.hidden} dernières photos restent"
        )
        return f"{held}. {unseen} sur la page web{NBSP}: sur papier, la place manque."
    if not gauge.photo:
        return f"{held}."
    photo = "une photo" if content.photos else "une photo de une"
    return f"{held}. Il reste de la place pour {photo}."


def _where(gauge: Gauge) -> str:
    """Return the parts to shorten with the words to take away: « A » (40 mots environ) et « B »."""
    words: dict[str, int] = {}
    for cut in gauge.cuts:
        words[cut.step] = words.get(cut.step, 0) + cut.words
    parts = [
        f"«{NBSP}{guide.step(step).title}{NBSP}» ({_round(count)}{NBSP}mots environ)"
        for step, count in words.items()
    ]
    if not parts:
        return "vos textes les plus longs"
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} et {parts[-1]}"


def _round(count: int) -> int:
    """Return a number of words as one says it: by five."""
    return max(5, -(-count // 5) * 5)


def _about(gauge: Gauge) -> str:
    return "" if gauge.exact else "environ "


def _lines(count: int) -> str:
    return f"{count}{NBSP}ligne{'s' if count > 1 else ''}"
