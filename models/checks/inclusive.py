"""L-9: the middle dots that break a word for a voice that reads aloud, and both forms of that word."""

import re
from collections.abc import Iterator

from models.checks.finding import Finding, advice

_DOT = re.compile("[·•⋅‧]")
_DOTTED = re.compile(r"\b[^\W\d_]+(?:[·•⋅‧][^\W\d_]+)+")
_VOICELESS = ("e", "es", "s", "x")  # the mark of a feminine or a plural: read as if it were not there

# What the end of a stem becomes in the feminine, and what may stand after the dot to mean so. The first line that fits
# is used; with none, nothing is proposed: a wrong word would be worse than none ("auteur·e", "inquiet·e").
_FEMININES = tuple(
    (re.compile(end), tuple(dotted.split()), feminine)
    for end, dotted, feminine in (
        ("copain$", "e ine", "copine"),
        ("compagnon$", "e agne", "compagne"),
        ("teur$", "rice trice ice", "trice"),
        ("eur$", "se euse", "euse"),
        ("eux$", "e se euse", "euse"),
        ("eau$", "elle lle", "elle"),
        ("f$", "e ve ive", "ve"),
        ("er$", "e ère re ière", "ère"),
        ("paysan$", "e ne", "paysanne"),
        ("en$", "e ne nne enne", "enne"),
        ("on$", "e ne nne onne", "onne"),
        ("el$", "e le lle elle", "elle"),
        ("il$", "le lle", "ille"),
        ("et$", "te tte", "ette"),
        ("f$", "fe", "ffe"),
        ("s$", "se", "sse"),
        ("(maît|prin)(re|ce)$", "sse esse", r"\1\2sse"),
        ("([éiuds]|[aiou]l|[aiu]n|[aionru]t|ent|(?<!t)eur)$", "e", r"\1e"),
    )
)
# Words that are told whole: both forms, in the singular and in the plural.
_WHOLE = {
    **dict.fromkeys(("tou·te·s", "tou·tes", "tous·tes", "tous·toutes", "toutes·tous"), "toutes et tous"),
    **dict.fromkeys(("celles·ceux", "ceux·celles", "celleux"), "celles et ceux"),
    **dict.fromkeys(("il·elle", "elle·il"), "elle ou il"),
    **dict.fromkeys(("ils·elles", "elles·ils", "il·elle·s"), "elles et ils"),
}


def findings(path: str, value: str) -> Iterator[Finding]:
    """Yield one finding where what stands after a dot is more than the mark of a feminine or a plural."""
    if not _DOT.search(value):
        return
    found = [match for match in _DOTTED.finditer(value) if _breaks(match[0])]
    if found:
        doublets = dict.fromkeys(filter(None, (doublet(match[0]) for match in found)))
        yield advice(
            "L-9",
            path,
            "inclusive",
            rank=20,
            text=value,
            spans=[match.span() for match in found],
            suggestion=", ".join(list(doublets)[:3]),
            word=found[0][0],
        )


def _breaks(word: str) -> bool:
    _, *ends = _DOT.split(word.lower())
    return len(ends) > 1 or ends[0] not in _VOICELESS


def doublet(word: str) -> str:
    """Return both forms of a word cut by middle dots: "habitant·e·s" gives "habitantes et habitants"; "" if unsure."""
    low = _DOT.sub("·", word.lower())
    if low in _WHOLE:
        return _WHOLE[low]
    stem, *ends = low.split("·")
    if ends[1:] not in ([], ["s"]):
        return ""
    ending = ends[0].removesuffix("s")
    plural = ends[1:] == ["s"] or ending != ends[0]
    for stem_end, endings, feminine_end in _FEMININES:
        if ending in endings and stem_end.search(stem):
            feminine = stem_end.sub(feminine_end, stem)
            return f"{feminine}s et {_plural(stem)}" if plural else f"{feminine} ou {stem}"
    return ""


def _plural(masculine: str) -> str:
    if masculine.endswith(("s", "x")):
        return masculine
    if masculine.endswith("al"):
        return masculine[:-2] + "aux"
    return masculine + ("x" if masculine.endswith("eau") else "s")
