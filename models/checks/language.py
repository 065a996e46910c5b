"""Plain language, for every text that the authors write themselves (L-1 to L-9, C-09, C-19). Never the quotes: they are said."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from models import guide
from models.checks import inclusive
from models.checks.finding import Finding, Span, advice
from models.checks.lengths import TOLERANCE
from models.checks.lexicon import Entry, Match, lists, matches
from models.checks.text import Sentence, Text, read, readability
from models.taxonomy import labels

MEAN_WORDS = 20  # of a sentence (L-1)
LONG_SENTENCE, VERY_LONG = 25, 40  # words (L-2)
LONG_COUNT, LONG_SHARE = 3, 0.15
PARAGRAPH = 90  # words (L-6)
ACRONYMS = 4  # different ones in a fiche, explained or not (L-3)
DENSE = 50  # index of Kandel and Moles (L-8)
ENOUGH = 50  # words without which a mean says nothing
HOLLOW = 4  # words beside the hollow ones: with more, the answer says something

Passage = tuple[str, str]  # path and text

# Patterns that are looked for everywhere begin with one class of characters, and look behind it afterwards: a text is
# then skimmed for these characters alone, five times as fast.
# "C.A.F.", "CAF", and with the plural that some give them: "REAAPs".
_ACRONYM = re.compile(r"[A-ZÀÉÈ](?:(?<![\w.].)\.(?:[A-ZÀÉÈ]\.)+|(?<![\w·].)[A-ZÀÉÈ0-9]{1,8}s?(?![\w·]))")
_ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})(?:E|ER)?$")  # up to 39: centuries, kings, wards
_SHOUTED = re.compile(r"[A-ZÀ-ÖØ-ÞŒ](?<!\w.)[A-ZÀ-ÖØ-ÞŒ]+(?:[ '’-]+[A-ZÀ-ÖØ-ÞŒ]{2,}){2,}\b")
_SHOUTED_WORD = re.compile(r"[A-ZÀ-ÖØ-ÞŒ](?<!\w.)[A-ZÀ-ÖØ-ÞŒ]{9,}\b")
_BANGS = re.compile(r"[!?](?:[!?]+|(?<=!)[ \u00a0\u202f]*!)")
_DOTS = re.compile(r"…|\.\.\.+")
_WAS = re.compile(r"\b(?:a|ont|avait|avaient)(?: également| aussi| ensuite| alors)? été \Z", re.IGNORECASE)
_LONGEST_WAS = len("avaient également été ")
_IMPERSONAL = re.compile(
    r"[Ii](?<!\w.)l (?:a été|est|fut|avait été) (?:décidé|convenu|proposé|acté|demandé|constaté|choisi|prévu)\b(?! par)"
)
_BY = re.compile(
    r"\b(?:par|grâce|avec)\b|\baprès (?:un|une|des|le|la) (?:vote|débat|sondage|discussion|réunion|enquête)|(?<!\w)d['’]un commun accord"
)
_QUOTED = re.compile(r"«[^»]*»|“[^”]*”")
_OPENING = re.compile(r"(?m)^[^:\n]+(?=:|$)")


@cache
def _acronyms() -> dict[str, str]:
    return {entry.say[0]: entry.instead for entry in lists()["acronyms"]}


@cache
def _known() -> frozenset[str]:
    return frozenset(entry.say[0] for entry in lists()["known"])


def is_acronym(word: str) -> bool:
    """Whether `word` looks like an acronym: capitals, or one of the list written with one capital ("Clas")."""
    return all(
        _ACRONYM.fullmatch(part) or (part[:1].isupper() and part.upper() in _acronyms())
        for part in word.split("-")
    )


# ---- one text ------------------------------------------------------------------------------------------------------


def of_text(path: str, value: str) -> Iterator[Finding]:
    """Yield what is found in one text by itself: words, turns, punctuation."""
    yield from _paragraphs(path, value)
    # What stands between « » is said by somebody: it is left as it was said, and the places stay the same.
    value = _QUOTED.sub(lambda quote: " " * len(quote[0]), _without_our_words(value))
    yield from _jargon(path, value)
    yield from _hurting(path, value)
    yield from _no_actor(path, value)
    yield from _noise(path, value)
    yield from inclusive.findings(path, value)


def _grouped(found: Sequence[Match]) -> dict[Entry, list[Match]]:
    groups: dict[Entry, list[Match]] = defaultdict(list)
    for match in found:
        groups[match.entry].append(match)
    return groups


@cache
def _our_words() -> frozenset[str]:
    """What the product itself says: the themes, the publics, the names of the fields."""
    lists = (labels(name) for name in ("themes", "theme_courts", "publics", "initiatives", "places"))
    ours = [
        *(word for each in lists for word in each.values()),
        *(row.label for row in guide.shipped().fields.values()),
    ]
    return frozenset(word.casefold().replace("’", "'") for word in ours)


def _without_our_words(value: str) -> str:
    """Blank out the lines, and the openings before a colon, that only repeat our own words: they are not held against anybody."""
    return _OPENING.sub(
        lambda opening: (
            " " * len(opening[0])
            if opening[0].strip(" \u00a0\u202f.-–•").casefold().replace("’", "'") in _our_words()
            else opening[0]
        ),
        value,
    )


def _jargon(path: str, value: str) -> Iterator[Finding]:
    plain = [match.span for match in matches(value, "plain")]
    for entry, found in _grouped(matches(value, "jargon")).items():
        spans = [match.span for match in found if not any(a <= match.span[0] < b for a, b in plain)]
        if spans:
            word = value[slice(*spans[0])]
            yield advice(
                "L-4", path, "jargon", rank=62, text=value, spans=spans, suggestion=entry.instead, word=word
            )


def _hurting(path: str, value: str) -> Iterator[Finding]:
    for entry, found in _grouped(matches(value, "labels")).items():
        spans = [match.span for match in found]
        word = value[slice(*spans[0])]
        yield advice(
            "C-09", path, "label", rank=90, text=value, spans=spans, suggestion=entry.instead, word=word
        )


def _no_actor(path: str, value: str) -> Iterator[Finding]:
    """L-5: "il a été décidé", "ont été mobilisés", when nobody follows in the sentence."""
    spans: list[Span] = [match.span() for match in _IMPERSONAL.finditer(value)]
    for deed, end in (match.span for match in matches(value, "deeds")):
        match = _WAS.search(value, max(0, deed - _LONGEST_WAS - 1), deed)
        if match is None or any(start < end and match.start() < after for start, after in spans):
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
    quotes = [match.span() for match in _QUOTED.finditer(value)]
    for start, end in text.paragraphs:
        if end - start < 2 * PARAGRAPH:  # fewer characters than so many words take
            continue
        sentences = [each for each in text.sentences if start <= each.start < end]
        words = sum(each.words for each in sentences)
        # What somebody says is not cut in two.
        cuts = [each for each in sentences[1:] if not _inside(quotes, each.start)]
        if words > PARAGRAPH * (1 + TOLERANCE) and cuts:
            cut = _middle(sentences, cuts, words)
            beginning = " ".join(value[cut.start : cut.end].split()[:5]).rstrip(" .,;:!?…")
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


def _middle(sentences: Sequence[Sentence], cuts: Sequence[Sentence], words: int) -> Sentence:
    """The sentence of `cuts` before which going to the line would cut the paragraph best."""
    before: dict[Sentence, int] = {}
    told = 0
    for each in sentences:
        before[each] = told
        told += each.words
    return min(cuts, key=lambda each: abs(words - 2 * before[each]))


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


# ---- the texts of a step ----------------------------------------------------------------------------------------------


def of_step(passages: Sequence[Passage]) -> Iterator[Finding]:
    """Yield what is found in the sentences of a step taken together (L-1, L-2, L-8)."""
    texts = [(path, read(value)) for path, value in passages if value.strip()]
    sentences = [(path, text, each) for path, text in texts for each in text.sentences]
    words = sum(each.words for _, _, each in sentences)
    long = [row for row in sentences if row[2].words > LONG_SENTENCE]
    very = [row for row in long if row[2].words > VERY_LONG]
    # One sentence alone has some room: a step has few of them, and one is soon a sixth.
    alone = len(long) == 1 and long[0][2].words <= LONG_SENTENCE * (1 + TOLERANCE)
    many = len(long) > LONG_COUNT or (len(long) > LONG_SHARE * len(sentences) and not alone)
    if very or many:
        yield from _long(long if many else very)
    if words < ENOUGH or very or many:
        return
    mean = words / len(sentences)
    if mean > MEAN_WORDS:
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
    elif index_of([text for _, text in texts]) < DENSE:
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
            rank=60 if longest > VERY_LONG else 54 if len(rows) > 1 else 36,
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
            name = _name(match)
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
    rare = {name: place for name, place in seen.items() if name not in _known()}
    if len(rare) > ACRONYMS:
        path, span = next(iter(rare.values()))
        listed = ", ".join(list(rare)[:6])
        yield advice("L-3", path, "acronyms_many", rank=57, spans=[span], passage=listed, acronyms=listed)


def _candidates(value: str) -> Iterator[re.Match[str]]:
    for match in _ACRONYM.finditer(value):
        name = _name(match)
        if not _ROMAN.match(name) and not any(sign.isdigit() for sign in name):
            yield match


def _name(match: re.Match[str]) -> str:
    """The acronym itself: without its points, its plural."""
    return match[0].removesuffix("s").replace(".", "")


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
