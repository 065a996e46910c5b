"""What is taken from a fiche to be read at a glance: its figures, words of somebody, the sentence that goes with the title.

What is too long is cut after a sentence or a word and says so with "…": the fiche on line has the rest.
"""

import re
from dataclasses import dataclass

from models.content import FicheContent, KeyFigure, Quote

from . import typography, wording
from .setting import Setting

_LEAD = 180  # characters: what is read at a glance
_SENTENCE = re.compile(r"(?<=[.!?…»])\s+")


@dataclass(frozen=True)
class Saying:
    """Words of somebody, and who says them."""

    text: str
    by: str


def figures(content: FicheContent, most: int) -> list[KeyFigure]:
    """Return the figures that read at a glance, the inhabitants who acted last if there is room."""
    kept = [
        each
        for each in content.changes.figures
        if each.value.strip() and len(each.value.strip()) <= 12 and 0 < len(each.label.strip()) <= 70
    ]
    count = content.residents.count
    if count:
        text = "habitant a agi" if count == 1 else "habitants ont agi"
        kept.append(KeyFigure(value=wording.number(count), label=text))
    return kept[:most]


def saying(content: FicheContent, longest: int) -> Saying | None:
    """Return the first words of somebody that hold in `longest` characters, else the shortest ones cut after a sentence."""
    there = [quote for quote in content.voices.quotes if _said(quote)]
    if not there:
        return None
    chosen = next((quote for quote in there if len(_said(quote)) <= longest), None) or min(
        there, key=lambda quote: len(_said(quote))
    )
    by = ", ".join(part.strip() for part in (chosen.name, chosen.role) if part.strip())
    return Saying(f"« {shorten(_said(chosen), longest)} »", by)


def _said(quote: Quote) -> str:
    return quote.text.strip().strip('«»" \u00a0\u202f').replace("**", "")


def shorten(text: str, longest: int) -> str:
    """Return whole sentences of `text` up to `longest` characters and "…"; whole words when one sentence is longer."""
    text = re.sub(r"\s+", " ", text.strip())
    if len(text) <= longest:
        return text
    kept = ""
    for sentence in _SENTENCE.split(text):
        if len(kept) + len(sentence) + 2 > longest:
            break
        kept = f"{kept} {sentence}".strip()
    if kept:
        return f"{kept} […]"
    return text[: longest - 1].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


def shorten_text(text: str, longest: int) -> str:
    """Return whole sentences of `text` up to `longest` characters, its paragraphs kept."""
    kept: list[str] = []
    left = longest
    for part in typography.split_paragraphs(text):
        if len(part) > left:
            if left > 80 or not kept:
                kept.append(shorten(part, left))
            break
        kept.append(part)
        left -= len(part)
    return "\n\n".join(kept)


def lead(content: FicheContent) -> str:
    """Return the sentence that goes with the title: the accroche, else the beginning of what is told."""
    for text in (content.accroche, content.summary, content.response.text, content.constat.text):
        if text.strip():
            return shorten(text.replace("**", ""), _LEAD)
    return ""


def address(setting: Setting) -> str:
    """Return where the fiche is read, as one types it: without "https://"."""
    return re.sub(r"^https?://", "", setting.public_url)
