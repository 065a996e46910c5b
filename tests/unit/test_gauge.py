"""The gauge tells the truth: what it says to take away is enough, what it says there is room for holds."""

from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from app.demo import loader
from app.pages.gauge_words import help_line, pages_line
from layouts import gauge, paper, sheets
from layouts.gauge import Cut, Gauge, Known
from layouts.manifest import list_gabarits
from layouts.renderer import pdf
from layouts.setting import Setting
from models.content import FicheContent, Photo
from models.guide import count_words
from tests.factories import PICTURE, full_content, store_pictures

PUBLISHED = Setting(public_url="https://cestpossible.example/fiches")
GABARITS = [each.name for each in list_gabarits()]
N = "\u00a0"


@pytest.fixture(scope="module")
def media(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("medias")
    store_pictures(folder)
    return folder


@cache
def _demo() -> list[FicheContent]:
    """The fiches of the demonstration, with a stored picture in the place of theirs."""
    found = []
    for _, row in loader._read("fiches"):
        values = {key: value for key, value in row["content"].items() if key in FicheContent.model_fields}
        values["photos"] = [{"media": PICTURE, "alt": "Des voisins"} for _ in row.get("photos", [])][:2]
        found.append(FicheContent.model_validate(values))
    return found


def _longer(content: FicheContent, share: float) -> FicheContent:
    """Return the content with its long texts said again in part."""
    data = content.model_dump(mode="json")
    for part in ("constat", "response", "residents", "implementation"):
        text = data[part]["text"]
        data[part]["text"] = f"{text}\n\n{text[: int(len(text) * share)]}".strip()
    return FicheContent.model_validate(data)


def _with(content: FicheContent, words: int) -> FicheContent:
    more = "Un banc, une rue, des voisins qui en parlent le soir. " * (words // 11)
    how = content.implementation.model_copy(update={"text": f"{content.implementation.text}\n\n{more}"})
    return content.model_copy(update={"implementation": how})


@pytest.mark.parametrize("gabarit", GABARITS)
@pytest.mark.parametrize("rank", [0, 5])
def test_cutting_what_the_gauge_says_makes_the_fiche_hold(rank: int, gabarit: str, media: Path) -> None:
    setting = replace(PUBLISHED, gabarit=gabarit)
    content = _longer(_demo()[rank], 1.0)
    while sheets.holds(content, setting, paper.OwnFetcher(media), {}):
        content = _longer(content, 0.5)
    first, _, _ = gauge.measure(content, setting, media)
    assert (first.pages > 2, first.exact) == (True, False)
    found = gauge.refine(content, setting, media, first)
    assert found.over >= 1
    if not found.exact:  # so long that a few layouts do not tell: the sentence says "environ"
        assert first.pages > 3
        return
    assert found.cuts
    shorter = gauge.shortened(content, found.cuts)
    taken = gauge.words_of(content) - gauge.words_of(shorter)
    assert sum(cut.words for cut in found.cuts) <= taken
    assert pdf(shorter, setting, media=media).pages <= 2
    # And it does not ask for much more than needed: a third of it is not enough, unless it is a few lines.
    if found.over > 6:
        less = tuple(replace(cut, words=cut.words // 3) for cut in found.cuts)
        assert pdf(gauge.shortened(content, less), setting, media=media).pages > 2


@pytest.mark.parametrize("rank", range(0, 12, 4))
def test_the_gauge_counts_the_pages_of_the_pdf(rank: int, media: Path) -> None:
    content = _demo()[rank]
    found, _, pictures = gauge.measure(content, PUBLISHED, media, pictures=True)
    assert found.pages == pdf(content, PUBLISHED, media=media).pages == len(pictures) == len(found.left)
    assert found.over == 0
    for picture in pictures:
        with Image.open(BytesIO(picture)) as image:
            assert image.width == pytest.approx(210 / 25.4 * gauge.DPI, abs=1)
            assert image.height == pytest.approx(297 / 25.4 * gauge.DPI, abs=1)


def test_a_place_for_a_picture_is_a_place(media: Path) -> None:
    roomy = [content for content in _demo()[:8] if gauge.measure(content, PUBLISHED, media)[0].photo]
    assert roomy
    for content in roomy[:4]:
        photo = Photo(media=PICTURE, alt="Des voisins autour d’un banc")
        fuller = content.model_copy(update={"photos": [*content.photos, photo]})
        made = pdf(fuller, PUBLISHED, media=media)
        assert made.pages <= 2
        assert made.fit.density >= 0.9


def test_lines_left_are_lines_that_hold(media: Path) -> None:
    """What is said to be left on page two can be written without the type shrinking below comfort."""
    content = _demo()[1]
    found, _, _ = gauge.measure(content, PUBLISHED, media)
    assert found.pages == 2
    assert max(found.left) >= 2
    assert pdf(_with(content, max(found.left) * 12), PUBLISHED, media=media).pages == 2


def test_the_step_of_each_part_is_found_on_its_page(media: Path) -> None:
    content = _demo()[0]
    found, _, _ = gauge.measure(content, PUBLISHED, media)
    steps = dict(found.steps)
    assert steps[1] == 0
    assert set(steps) == set(range(1, 9))
    assert max(steps.values()) == 1


def test_a_second_guess_follows_what_was_typed(media: Path) -> None:
    content = _with(full_content(), 900)
    first = gauge.refine(content, PUBLISHED, media, gauge.measure(content, PUBLISHED, media)[0])
    known = Known(first.over, gauge.words_of(content))
    same, _, _ = gauge.measure(content, PUBLISHED, media, known=known)
    longer, _, _ = gauge.measure(_with(content, 110), PUBLISHED, media, known=known)
    assert same.over == first.over
    assert first.over + 5 <= longer.over <= first.over + 20


def test_the_text_furthest_above_the_guide_is_shortened_first(media: Path) -> None:
    content = _with(full_content(), 900)
    found, _, _ = gauge.measure(content, PUBLISHED, media)
    assert found.cuts[0].path == "implementation.text"
    assert found.cuts[0].step == "path"


def test_an_empty_fiche_has_a_page(media: Path) -> None:
    found, _, pictures = gauge.measure(FicheContent(), PUBLISHED, media, pictures=True)
    assert (found.pages, found.over, len(pictures)) == (1, 0, 1)


def test_shortening_keeps_the_beginning_and_the_paragraphs() -> None:
    content = full_content()
    text = content.constat.text
    shorter = gauge.shortened(content, (Cut("constat.text", "origin", 4),))
    assert text.startswith(shorter.constat.text)
    assert count_words(text) - 6 <= count_words(shorter.constat.text) <= count_words(text) - 4
    assert gauge.shortened(content, ()) == content


def test_words_that_help() -> None:
    content = full_content()
    over = Gauge(pages=3, left=(0, 1, 40), over=3, cuts=(Cut("implementation.text", "path", 38),), exact=True)
    assert pages_line(over) == f"Page 1 pleine · Page 2{N}: 3{N}lignes de trop"
    assert help_line(over, content) == (
        f"La page 2 dépasse de 3{N}lignes{N}: raccourcissez «{N}Le chemin parcouru{N}» (40{N}mots environ)."
    )
    guessed = replace(over, exact=False, over=1)
    assert pages_line(guessed) == f"Page 1 pleine · Page 2{N}: environ 1{N}ligne de trop"
    assert help_line(guessed, content).startswith(f"La page 2 dépasse d’environ 1{N}ligne{N}: ")
    two = replace(
        over, cuts=(*over.cuts, Cut("stages.0.text", "path", 10), Cut("constat.text", "origin", 12))
    )
    assert help_line(two, content).endswith(
        f"raccourcissez «{N}Le chemin parcouru{N}» (50{N}mots environ)"
        f" et «{N}Le point de départ{N}» (15{N}mots environ)."
    )
    held = Gauge(pages=2, left=(0, 6), photo=True)
    assert pages_line(held) == f"Page 1 pleine · Page 2{N}: il reste 6{N}lignes"
    assert help_line(held, content) == "Tout tient sur deux pages. Il reste de la place pour une photo."
    assert help_line(replace(held, photo=False), content) == "Tout tient sur deux pages."
    assert help_line(replace(held, photo=False, hidden=1), content) == (
        f"Tout tient sur deux pages. La dernière photo reste sur la page web{N}: sur papier, la place manque."
    )
    assert (
        help_line(replace(held, photo=False, tight=True), content) == "Tout tient sur deux pages, tout juste."
    )
    short = Gauge(pages=1, left=(20,), photo=True)
    assert pages_line(short) == "Une page remplie, deux possibles"
    assert (
        help_line(short, FicheContent())
        == "Tout tient sur une page. Il reste de la place pour une image principale."
    )
