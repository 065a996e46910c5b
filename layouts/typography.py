"""French typography applied when a fiche is laid out: the stored text stays as its author typed it.

Spaces before high punctuation and in numbers follow the Imprimerie nationale's usage: narrow no-break space (U+202F)
before ; ! ? and between thousands, no-break space (U+00A0) before : and inside « ». Hyphenation points are soft
hyphens (U+00AD), because Chromium has no French dictionary: the same points give the same lines on screen and paper.
"""

import re
from collections.abc import Callable
from functools import cache, lru_cache, wraps
from typing import TypeVar, cast

import pyphen
from markupsafe import Markup, escape

NBSP = "\u00a0"
THIN = "\u202f"
SHY = "\u00ad"
BREAK = "\u200b"

# While somebody types, a fiche is laid out ten times a second and one of its texts has changed: the others are known.
_REMEMBERED = 2048  # texts: those of sixty fiches being written
_LONGEST = 2_000  # characters: what is remembered stays under some megabytes

_Typeset = TypeVar("_Typeset", bound=Callable[..., str])

_ADDRESS = re.compile(
    r"https?://[^\s<>\"«»]+[^\s<>\"«».,;:!?)\]…*]"  # the full stop that ends a sentence is not the address's
    r"|www\.[^\s<>\"«»]+[^\s<>\"«».,;:!?)\]…*]"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
)
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*", re.DOTALL)
_SP = "[ \u00a0\u202f\u2009]"
_UNITS = (
    "%|‰|€|euros?|h|min|mn|s|km|m|cm|mm|m²|km²|ha|m³|l|cl|kg|g|t|kWh|°C|°"
    "|ans?|mois|jours?|heures?|minutes?|semaines?|millions?|milliards?"
)
_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<=\w)'(?=[\w«*])"), "’"),
    (re.compile(r"(?<=\w)'(?= ?«)"), "’"),
    (re.compile(r"(?<!\.)\.{3}(?!\.)"), "…"),
    (re.compile(r"(?<![\w\"])\"([^\"\n]+)\"(?![\w\"])"), r"«\1»"),
    (re.compile(rf"(?<=[\w»)\].,;!?%€…*])(?:{_SP}+)[-–—](?={_SP}\S)"), f"{NBSP}–"),
    (re.compile(rf"(?<=\S){_SP}*([;!?]+)(?=[\s»)\]\"”’*.,]|{_SP}|$)"), rf"{THIN}\1"),
    (re.compile(rf"(?<=[^\s:]){_SP}*:(?=\s|{_SP}|$)"), f"{NBSP}:"),
    (re.compile(rf"«{_SP}*"), f"«{NBSP}"),
    (re.compile(rf"{_SP}*»"), f"{NBSP}»"),
    (re.compile(r"(\d) ?(?:h|H) ?(?=[0-5]\d\b)"), rf"\1{NBSP}h{NBSP}"),
    (re.compile(rf"(?<=\d){_SP}?(?=[%‰€])"), NBSP),
    (re.compile(rf"(?<=\d){_SP}(?=(?:{_UNITS})(?!\w))"), NBSP),
    (
        re.compile(rf"\b(MM?\.|Mmes?|Mlles?|Dr|Pr|Me|St|Ste|n°|N°|p\.|art\.){_SP}+(?=[\dA-ZÀ-Ý])"),
        rf"\1{NBSP}",
    ),
    (re.compile(rf"(?<=n°){_SP}?(?=\d)"), NBSP),
    (
        re.compile(
            rf"(?<!\d)(\d{{1,2}}|1er){_SP}(?=(?:janvier|février|mars|avril|mai|juin|juillet|août"
            r"|septembre|octobre|novembre|décembre)\b)"
        ),
        rf"\1{NBSP}",
    ),
)
_THOUSANDS = re.compile(rf"(?<![\d,.])(?<!\d[ \u00a0\u202f])[1-9]\d{{0,2}}(?:{_SP}\d{{3}})+(?!\d|{_SP}\d)")
_LONG_WORD = re.compile(r"[a-zà-öø-ÿœ]{9,}")
_LONG_TOKEN = re.compile(r"[^\s\u00a0\u202f\u00ad\u200b]{26,}")


def _remembered(typeset: _Typeset) -> _Typeset:
    """Let a function of a text remember what it made of the last texts that are not too long."""
    known = lru_cache(maxsize=_REMEMBERED)(typeset)

    @wraps(typeset)
    def found(text: str, **how: bool) -> str:
        return known(text, **how) if len(text) <= _LONGEST else typeset(text, **how)

    return cast(_Typeset, found)


@cache
def _hyphens() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="fr", left=4, right=4)


def _typeset(text: str) -> str:
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return _THOUSANDS.sub(lambda match: re.sub(_SP, THIN, match[0]), text)


@_remembered
def french(text: str) -> str:
    """Return `text` with French typographic spaces, apostrophes and quotation marks; addresses are left alone."""
    pieces, end = [], 0
    for match in _ADDRESS.finditer(text):
        pieces += [_typeset(text[end : match.start()]), match[0]]
        end = match.end()
    return "".join([*pieces, _typeset(text[end:])])


@_remembered
def breakable(text: str) -> str:
    """Let long tokens (addresses, words without end) break: U+200B after punctuation, else every 12 characters."""

    def cut(match: re.Match[str]) -> str:
        token = re.sub(r"(?<=[/._@?&=#-])(?=[^/._@?&=#-])", BREAK, match[0])
        return re.sub(rf"([^{BREAK}]{{12}})(?=[^{BREAK}]{{8}})", rf"\1{BREAK}", token)

    return _LONG_TOKEN.sub(cut, text)


def hyphenated(text: str) -> str:
    """Insert soft hyphens in words of nine letters and more, at least four letters from each end."""
    return _LONG_WORD.sub(lambda match: _hyphens().inserted(match[0], SHY), text)


@_remembered
def title(text: str) -> str:
    """Typeset a title: no hyphenation, and the last two words stay together so that none is left alone."""
    text = breakable(french(text.strip()))
    head, space, last = text.rpartition(" ")
    if space and len(last) <= 9 and len(head) > 24:
        return f"{head}{NBSP}{last}"
    return text


def href(address: str) -> str:
    """Return the target of a link to `address`, or "" when it is neither a web nor a mail address."""
    address = address.strip()
    if re.match(r"https?://\S+$", address, re.IGNORECASE):
        return address
    if re.match(r"[\w.+-]+@[\w-]+(\.[\w-]+)+$", address):
        return f"mailto:{address}"
    if re.match(r"[\w-]+(\.[\w-]+)+(:\d+)?([/?#]\S*)?$", address):
        return f"https://{address}"
    return ""


def _linked(text: str, *, hyphens: bool) -> Markup:
    """Escape typeset `text`, give it its breaking points and turn the addresses in it into links."""

    def words(part: str) -> Markup:
        return escape(breakable(hyphenated(part) if hyphens else part))

    out, end = Markup(), 0
    for match in _ADDRESS.finditer(text):
        out += words(text[end : match.start()])
        out += Markup('<a href="{}">{}</a>').format(href(match[0]), breakable(match[0]))
        end = match.end()
    return out + words(text[end:])


@_remembered
def inline(text: str, *, hyphens: bool = True) -> Markup:
    """Return one paragraph as safe HTML: typography, `**gras**`, links, line breaks."""
    # The whole is typeset first: a rule may need what stands on the other side of the bold marks.
    text, out, end = french(text.strip()), Markup(), 0
    for match in _BOLD.finditer(text):
        out += _linked(text[end : match.start()], hyphens=hyphens)
        out += Markup("<strong>{}</strong>").format(_linked(match[1], hyphens=hyphens))
        end = match.end()
    out += _linked(text[end:], hyphens=hyphens)
    return Markup(re.sub(r"[ \t]*\n[ \t]*", "<br>", out))  # noqa: S704 - escaped above


def split_paragraphs(text: str) -> list[str]:
    """Return the paragraphs of `text`, which blank lines separate."""
    return [part.strip() for part in re.split(r"\n[ \t]*\n", text) if part.strip()]


def paragraphs(text: str, *, lead: int = 0) -> Markup:
    """Return `text` as HTML paragraphs; a first one of at most `lead` characters takes the class of a lead."""
    out = Markup()
    for number, part in enumerate(split_paragraphs(text)):
        big = number == 0 and len(part) <= lead
        opening = Markup('<p class="f-lead">') if big else Markup("<p>")
        out += opening + inline(part, hyphens=not big) + Markup("</p>")
    return out


def bare(text: str) -> str:
    """Return typeset text without the marks of bold, for plain text and attributes."""
    return _BOLD.sub(r"\1", french(text.strip()))
