"""Plain language, for every text that the authors write themselves (L-1 to L-9, C-09, C-19). Never the quotes: they are said."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from models.checks.finding import Finding, Span, advice
from models.checks.lexicon import Entry, Match, lists, matches
from models.checks.text import Sentence, Text, read, readability

MEAN_WORDS = 20  # of a sentence (L-1)
LONG_SENTENCE, VERY_LONG = 25, 40  # words (L-2)
LONG_COUNT, LONG_SHARE = 3, 0.15
PARAGRAPH = 90  # words (L-6)
DENSE = 50  # index of Kandel and Moles (L-8)
ENOUGH = 50  # words without which a mean says nothing
HOLLOW = 4  # words beside the hollow ones: with more, the answer says something

Passage = tuple[str, str]  # path and text

_ACRONYM = re.compile(r"(?<![\w.])(?:[A-ZÀÉÈ]\.){2,}|(?<![\w·-])[A-ZÀÉÈ][A-ZÀÉÈ0-9]{1,8}(?![\w·-])")
_ROMAN = re.compile(r"[IVXLC]+(?:E|ER)?$")
_SHOUTED = re.compile(r"\b[A-ZÀ-ÖØ-ÞŒ]{2,}(?:[ '’-]+[A-ZÀ-ÖØ-ÞŒ]{2,}){2,}\b")
_SHOUTED_WORD = re.compile(r"\b[A-ZÀ-ÖØ-ÞŒ]{10,}\b")
_BANGS = re.compile(r"[!?]{2,}|![ \u00a0\u202f]*!")
_DOTS = re.compile(r"(?:…|\.{3,})")
_WAS = re.compile(r"\b(?:a|ont|avait|avaient)(?: également| aussi| ensuite| alors)? été ", re.IGNORECASE)
_IMPERSONAL = re.compile(
    r"\b[Ii]l (?:a été|est|fut|avait été) (?:décidé|convenu|proposé|acté|demandé|constaté|choisi|prévu)\b(?! par)"
)
_BY = re.compile(r"\b(?:par|grâce|avec)\b|(?<!\w)d['’]un commun accord")
_QUOTED = re.compile(r"«[^»]*»|“[^”]*”")
_INCLUSIVE = re.compile(r"\b[^\W\d_]+(?:[·•⋅‧][^\W\d_]+)+")


@cache
def _acronyms() -> dict[str, str]:
    return {entry.say[0]: entry.instead for entry in lists()["acronyms"]}


@cache
def _known() -> frozenset[str]:
    return frozenset(entry.say[0] for entry in lists()["known"])


def is_acronym(word: str) -> bool:
    """Whether `word` looks like an acronym: capitals, or one of the list written with one capital ("Clas")."""
    return bool(_ACRONYM.fullmatch(word)) or (word[:1].isupper() and word.upper() in _acronyms())


# ---- one text ------------------------------------------------------------------------------------------------------


def of_text(path: str, value: str) -> Iterator[Finding]:
    """Yield what is found in one text by itself: words, turns, punctuation."""
    yield from _paragraphs(path, value)
    # What stands between « » is said by somebody: it is left as it was said, and the places stay the same.
    value = _QUOTED.sub(lambda quote: " " * len(quote[0]), value)
    yield from _jargon(path, value)
    yield from _labels(path, value)
    yield from _no_actor(path, value)
    yield from _noise(path, value)
    yield from _inclusive(path, value)


def _grouped(found: Sequence[Match]) -> dict[Entry, list[Match]]:
    groups: dict[Entry, list[Match]] = defaultdict(list)
    for match in found:
        groups[match.entry].append(match)
    return groups


def _jargon(path: str, value: str) -> Iterator[Finding]:
    plain = [match.span for match in matches(value, "plain")]
    for entry, found in _grouped(matches(value, "jargon")).items():
        spans = [match.span for match in found if not any(a <= match.span[0] < b for a, b in plain)]
        if spans:
            word = value[slice(*spans[0])]
            yield advice(
                "L-4", path, "jargon", rank=62, text=value, spans=spans, suggestion=entry.instead, word=word
            )


def _labels(path: str, value: str) -> Iterator[Finding]:
    for entry, found in _grouped(matches(value, "labels")).items():
        spans = [match.span for match in found]
        word = value[slice(*spans[0])]
        yield advice(
            "C-09", path, "label", rank=90, text=value, spans=spans, suggestion=entry.instead, word=word
        )


def _no_actor(path: str, value: str) -> Iterator[Finding]:
    """L-5: "il a été décidé", "ont été mobilisés", when nobody follows in the sentence."""
    spans: list[Span] = [match.span() for match in _IMPERSONAL.finditer(value)]
    deeds = {match.span[0]: match.span[1] for match in matches(value, "deeds")}
    for match in _WAS.finditer(value) if deeds else ():
        end = deeds.get(match.end())
        if end is None or any(start < end and match.start() < after for start, after in spans):
            continue
        rest = next((each.end for each in read(value).sentences if each.end >= end), len(value))
        if not _BY.search(value, end, rest):
            spans.append((match.start(), end))
    if spans:
        spans.sort()
        yield advice("L-5", path, "no_actor", rank=58, text=value, spans=spans, turn=value[slice(*spans[0])])


def _inside(spans: Sequence[Span], position: int) -> bool:
    return any(start <= position < end for start, end in spans)


def _paragraphs(path: str, value: str) -> Iterator[Finding]:
    if len(value) < PARAGRAPH * 4:
        return
    text = read(value)
    for start, end in text.paragraphs:
        sentences = [each for each in text.sentences if start <= each.start < end]
        words = sum(each.words for each in sentences)
        if words > PARAGRAPH and len(sentences) > 2 and "\n" not in value[start:end]:
            cut = _middle(sentences, words)
            beginning = " ".join(value[cut.start : cut.end].split()[:5])
            yield advice(
                "L-6",
                path,
                "paragraph_long",
                rank=38,
                spans=[(cut.start, cut.end)],
                passage=value[start:end],
                words=words,
                sentence=beginning,
            )


def _middle(sentences: Sequence[Sentence], words: int) -> Sentence:
    """The sentence before which a blank line would cut the paragraph best."""
    before, best, gap = 0, sentences[1], words
    for each in sentences:
        if before and abs(words - 2 * before) < gap:
            best, gap = each, abs(words - 2 * before)
        before += each.words
    return best


def _noise(path: str, value: str) -> Iterator[Finding]:
    spans = [match.span() for match in _SHOUTED.finditer(value)]
    spans += [match.span() for match in _SHOUTED_WORD.finditer(value) if not _inside(spans, match.start())]
    if spans:
        yield advice("L-7", path, "capitals", rank=45, text=value, spans=sorted(spans))
    bangs = [match.span() for match in _BANGS.finditer(value)]
    if bangs:
        yield advice("L-7", path, "bangs", rank=30, text=value, spans=bangs, passage=f"!{len(bangs)}")
    dots = [match.span() for match in _DOTS.finditer(value)]
    if len(dots) > 2:
        yield advice("L-7", path, "dots", rank=28, spans=dots, passage=f"…{len(dots)}")


def _inclusive(path: str, value: str) -> Iterator[Finding]:
    """L-9: only where what stands after the dot is more than the mark of a feminine or a plural."""
    found = [match for match in _INCLUSIVE.finditer(value) if _breaks(match[0])]
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
    _, *ends = re.split("[·•⋅‧]", word.lower())
    return len(ends) > 1 or ends[0] not in ("e", "es", "s", "x")


# What the stem of a word becomes in the feminine, by the end of the stem and what stands after the dot.
_FEMININES = (
    (re.compile(r"teur$"), ("rice", "trice", "ice"), "trice"),
    (re.compile(r"eur$"), ("se", "euse"), "euse"),
    (re.compile(r"eux$"), ("se", "euse"), "euse"),
    (re.compile(r"f$"), ("ve", "ive"), "ve"),
    (re.compile(r"er$"), ("ère", "re"), "ère"),
    (re.compile(r"$"), ("e", "ne", "le", "te", "sse"), None),
)
_PRONOUNS = {"tou": "toutes et tous", "celles": "celles et ceux", "ceux": "celles et ceux"}


def doublet(word: str) -> str:
    """Return both forms of a word cut by middle dots: "habitant·e·s" gives "habitantes et habitants"; "" if unsure."""
    stem, *ends = re.split("[·•⋅‧]", word)
    if stem.lower() in _PRONOUNS:
        return _PRONOUNS[stem.lower()]
    plural = "s" if ends[-1].endswith("s") and not ends[-1].endswith("ss") else ""
    ending = ends[0].removesuffix("s")
    for stem_end, endings, feminine_end in _FEMININES:
        if ending in endings and stem_end.search(stem):
            feminine = stem + ending if feminine_end is None else stem_end.sub(feminine_end, stem)
            masculine = stem if stem.endswith(("s", "x")) else stem + plural
            return f"{feminine}{plural} et {masculine}" if plural else f"{feminine} ou {masculine}"
    return ""


# ---- the texts of a step ----------------------------------------------------------------------------------------------


def of_step(passages: Sequence[Passage]) -> Iterator[Finding]:
    """Yield what is found in the sentences of a step taken together (L-1, L-2, L-8)."""
    texts = [(path, read(value)) for path, value in passages if value.strip()]
    sentences = [(path, text, each) for path, text in texts for each in text.sentences]
    words = sum(each.words for _, _, each in sentences)
    long = [row for row in sentences if row[2].words > LONG_SENTENCE]
    very = [row for row in long if row[2].words > VERY_LONG]
    many = len(long) > LONG_COUNT or (len(long) > 1 and len(long) > LONG_SHARE * len(sentences))
    if very or many:
        yield from _long(long if many else very)
    if words < ENOUGH:
        return
    mean = words / len(sentences)
    if mean > MEAN_WORDS and not (very or many):
        path, _, longest = max(sentences, key=lambda row: row[2].words)
        yield advice(
            "L-1",
            path,
            "sentences_mean",
            rank=52,
            spans=[_span(longest)],
            passage=f"{mean:.0f}",
            mean=round(mean),
        )
    elif index_of([text for _, text in texts]) < DENSE and not (very or many):
        path, _, longest = max(sentences, key=lambda row: row[2].words)
        yield advice("L-8", path, "dense", rank=42, spans=[_span(longest)], passage=longest_words(texts))


def longest_words(texts: Sequence[tuple[str, Text]]) -> str:
    """Return the beginning of each text: what makes the advice on density a new one when the text is rewritten."""
    return "|".join(text.value[:40] for _, text in texts)


def _span(sentence: Sentence) -> Span:
    return sentence.start, sentence.end


def _long(rows: Sequence[tuple[str, Text, Sentence]]) -> Iterator[Finding]:
    by_path: dict[str, list[tuple[Text, Sentence]]] = defaultdict(list)
    for path, text, sentence in rows:
        by_path[path].append((text, sentence))
    for path, found in by_path.items():
        longest = max(sentence.words for _, sentence in found)
        key = "sentence_long" if len(found) == 1 else "sentences_long"
        yield advice(
            "L-2",
            path,
            key,
            rank=60 if longest > VERY_LONG else 54,
            text=found[0][0].value,
            spans=[_span(sentence) for _, sentence in found],
            words=longest,
            count=len(found),
        )


def index_of(texts: Sequence[Text]) -> float:
    """Return the reading index of texts taken together; 100 when they hold no sentence."""
    sentences = sum(len(text.sentences) for text in texts)
    words = sum(text.length for text in texts)
    return readability(words, sentences, sum(text.syllables for text in texts)) if words else 100.0


def ease(passages: Sequence[Passage]) -> str:
    """Return the key of how a step reads ("ease_easy", "ease_fair", "ease_dense"), "" when there is too little to say."""
    texts = [read(value) for _, value in passages if value.strip()]
    if sum(text.length for text in texts) < ENOUGH:
        return ""
    index = index_of(texts)
    return "ease_easy" if index >= 70 else "ease_fair" if index >= DENSE else "ease_dense"


# ---- the whole fiche -----------------------------------------------------------------------------------------------------


def acronyms(passages: Sequence[Passage]) -> Iterator[Finding]:
    """L-3: acronyms at their first use, unless their words stand beside them; and when there are many."""
    seen: dict[str, tuple[str, Span]] = {}
    everything = " ".join(value for _, value in passages)
    for path, value in passages:
        if value.isupper():
            continue
        shouted = [match.span() for match in _SHOUTED.finditer(value)]
        for match in _candidates(value):
            name = match[0].replace(".", "").upper()
            if name not in seen and not _inside(shouted, match.start()):
                seen[name] = (path, match.span())
    unexplained = {
        name: place
        for name, place in seen.items()
        if name not in _known() and not _explained(name, everything)
    }
    for name, (path, span) in unexplained.items():
        full = _acronyms().get(name, "")
        yield advice(
            "L-3",
            path,
            "acronym" if full else "acronym_unknown",
            rank=56 if full else 40,
            spans=[span],
            passage=name,
            suggestion=f"{full} ({name})" if full else "",
            acronym=name,
        )
    if len(unexplained) > 4:
        path, span = next(iter(unexplained.values()))
        listed = ", ".join(list(unexplained)[:6])
        yield advice("L-3", path, "acronyms_many", rank=57, spans=[span], passage=listed, acronyms=listed)


def _candidates(value: str) -> Iterator[re.Match[str]]:
    for match in _ACRONYM.finditer(value):
        name = match[0]
        if not _ROMAN.match(name) and not any(sign.isdigit() for sign in name):
            yield match


def _explained(name: str, text: str) -> bool:
    """Whether "Mots du sigle (SIGLE)" or "SIGLE (mots du sigle)" stands somewhere, or the words of the list do."""
    full = _acronyms().get(name)
    if full and full.casefold().replace("’", "'") in text.casefold().replace("’", "'"):
        return True
    return bool(
        re.search(
            rf"[^\W\d_]{{3,}}[^().]*\(\s*{name}\s*\)|\b{name}\s*\([^)]{{8,}}\)",
            text,
        )
    )


def hollow(path: str, value: str) -> Iterator[Finding]:
    """C-19: an answer that is only a hollow phrase; the suggestion is the question that wakes it."""
    text = read(value)
    found = matches(value, "hollow")
    if not found or len(text) - sum(match.after - match.first for match in found) > HOLLOW:
        return
    match = max(found, key=lambda each: each.after - each.first)
    yield advice(
        "C-19",
        path,
        "hollow",
        rank=85,
        text=value,
        spans=[match.span],
        suggestion=match.entry.instead,
        word=value[slice(*match.span)],
    )
