"""What was written and what a PDF says, as strings that can be compared."""

import re
from collections.abc import Iterator

import pypdfium2
import weasyprint

from layouts import tagging
from layouts.typography import bare
from models.content import FicheContent

_IGNORED = re.compile(r"[\x02\s\u00a0\u202f\u00ad\u200b\ufffe\u2010\u2011·-]")


def letters(text: str) -> str:
    """Keep letters, digits and punctuation: spaces, breaks and hyphenation depend on the medium."""
    return _IGNORED.sub("", text)


def written(content: FicheContent) -> Iterator[str]:
    """Yield the sentences of the story, as `letters` gives them."""
    texts = [
        content.title,
        content.accroche,
        content.summary,
        *content.needs,
        *content.success_factors,
        *content.advice,
    ]
    texts += [
        content.constat.text,
        content.response.text,
        content.residents.text,
        content.implementation.text,
    ]
    texts += [
        content.implementation.means,
        content.changes.people,
        content.changes.centre,
        content.changes.territory,
    ]
    texts += [quote.text for quote in content.voices.quotes] + [stage.text for stage in content.stages]
    texts += [point.text for point in content.attention_points] + [photo.caption for photo in content.photos]
    for text in texts:
        for sentence in re.split(r"(?<=[.!?])\s+", text.replace("**", "")):
            if letters(sentence):
                yield letters(bare(sentence)).strip("«»")


def of_pdf(document: weasyprint.Document) -> str:
    """Return all the text of the PDF made of laid out sheets, as `letters` gives it."""
    found = pypdfium2.PdfDocument(
        document.write_pdf(finisher=tagging.finisher(), pdf_variant="pdf/ua-1", pdf_tags=True)
    )
    try:
        return letters("".join(page.get_textpage().get_text_bounded() for page in found))
    finally:
        found.close()


def there(sentence: str, text: str) -> bool:
    """Tell whether a sentence is in a text, in one piece or cut once by the end of a column or a page."""
    return sentence in text or any(
        sentence[:cut] in text and sentence[cut:] in text for cut in range(1, len(sentence))
    )
