"""How the measures of a sheet are found: in few layouts, the pages full, nothing left out but pictures."""

import statistics
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from layouts import outline, paper, proof, sheets, trials
from layouts.manifest import list_gabarits
from layouts.markup import article
from layouts.setting import Fit, Setting
from models.content import FicheContent
from tests.generated import a_hundred, generated, store

GABARITS = [gabarit.name for gabarit in list_gabarits()]
SETTING = Setting(public_url="https://cestpossible.example/fiches/essai", updated=date(2026, 5, 1))


@pytest.fixture(scope="module")
def media(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return trials.store_pictures(store(tmp_path_factory.mktemp("medias")))


@pytest.mark.parametrize(("gabarit", "most"), [("reperes", 2), ("manifeste", 3), ("reportage", 3)])
def test_few_layouts_are_enough(
    gabarit: str, most: int, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One measure and the sheets themselves, once more where the text decides otherwise."""
    setting, counts, render = replace(SETTING, gabarit=gabarit), [], paper.render

    def counted(*args: Any, **options: Any) -> Any:
        counts[-1] += 1
        return render(*args, **options)

    monkeypatch.setattr(paper, "render", counted)
    for content in a_hundred(2, 3) + a_hundred(15, 4):
        counts.append(0)
        sheets.lay_out(content, setting, paper.OwnFetcher(media), {})
    assert statistics.median(counts) <= most


@pytest.mark.parametrize("gabarit", GABARITS)
@pytest.mark.parametrize(("words", "pages"), [(1000, 3), (1200, 3)])
def test_a_long_fiche_goes_on_over_full_pages(gabarit: str, words: int, pages: int, media: Path) -> None:
    seen = proof.prove(trials.made(words, 2), replace(SETTING, gabarit=gabarit), paper.OwnFetcher(media))
    assert (seen.pages, seen.problems) == (pages, ())
    assert max(seen.blanks) < 100  # a third of a page: what can't be cut goes to the next one
    assert sum(seen.blanks) < 120


@pytest.mark.parametrize("gabarit", GABARITS)
@pytest.mark.parametrize("words", [520, 1000])
def test_a_few_words_later_the_measures_of_a_moment_ago_are_tried_first(
    gabarit: str, words: int, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    setting, fetcher = replace(SETTING, gabarit=gabarit), paper.OwnFetcher(media)
    layouts, counts = [0], []
    once = sheets._layout

    def counted(*arguments: Any) -> paper.Layout:
        layout = once(*arguments)

        def lay_out(fit: Fit, endless: bool) -> Any:
            layouts[0] += 1
            return layout(fit, endless)

        return lay_out

    monkeypatch.setattr(sheets, "_layout", counted)
    for seed in range(3):
        content = generated(seed, words, 2)
        before, document = sheets.lay_out(content, setting, fetcher, {}, rough=True)
        content.constat.text += " Puis tout a changé."
        layouts[0] = 0
        after, again = sheets.lay_out(content, setting, fetcher, {}, last=before, rough=True)
        counts.append(layouts[0])
        assert len(again.pages) == len(document.pages) == after.pages
    assert statistics.median(counts) <= 2
    content.constat.text = content.implementation.text = content.residents.text = ""
    shorter, _ = sheets.lay_out(content, setting, fetcher, {}, last=before, rough=True)
    assert shorter == sheets.lay_out(content, setting, fetcher, {})[0]  # what was found counts no more


def test_the_last_pictures_step_aside_before_a_third_page(media: Path) -> None:
    content = trials.made(570, 5)
    seen = proof.prove(content, SETTING, paper.OwnFetcher(media))
    shown = seen.fit.photos or 0
    assert (seen.pages, 1 <= shown < 4) == (2, True)
    assert article(content, SETTING, seen.fit).count("<img ") == shown + 1  # and the cover
    assert article(content, SETTING).count("<img ") == 5  # the page has them all


def test_a_fiche_holds_or_not_as_its_sheets_tell(media: Path) -> None:
    for words, held in ((500, True), (1500, False)):
        fetcher = paper.OwnFetcher(media)
        assert sheets.holds(trials.made(words, 1), SETTING, fetcher, {}) is held


def test_without_an_identity_card_the_page_has_no_column() -> None:
    content = trials.made(500, 0)
    assert "f-bare" not in article(content, SETTING, Fit())
    content.card = FicheContent().card
    assert "f-bare" in article(content, SETTING, Fit())
    assert "f-bare" not in article(content, SETTING, Fit(column=("figures",)))


def test_what_a_part_holds_is_counted_once() -> None:
    content = FicheContent(
        title="Le jardin", constat={"text": "Une friche. Des voisins."}, needs=["Un lieu", "Du temps"]
    )
    parts = outline.outline(article(content, SETTING))
    assert parts["constat"] == outline.Part(characters=34, headings=10, pieces=2)
    assert parts["needs"].pieces == 5  # a heading, two items and their paragraphs
    assert parts[outline.WHOLE].characters == sum(
        part.characters for name, part in parts.items() if name != outline.WHOLE
    )


@pytest.mark.parametrize("gabarit", GABARITS)
def test_expected_heights_are_close_to_those_laid_out(gabarit: str, media: Path) -> None:
    """Within a tenth for the whole of a fiche: the table of the gabarit follows its style sheets."""
    errors = []
    for content in a_hundred(40, 6):
        fit = Fit(density=1.0, cover_mm=60, photo_mm=31, split=0)
        parts = outline.outline(article(content, replace(SETTING, gabarit=gabarit), fit))
        expected = outline.Expected(gabarit, parts)
        html = sheets._layout(content, replace(SETTING, gabarit=gabarit), paper.OwnFetcher(media), {})(
            fit, True
        )
        measured = paper.box_heights(html).blocks
        names = [name for name in measured if name != "photos"]
        ours = sum(expected.height(outline.key(name, "across"), 1.0) for name in names)
        errors.append(ours / sum(measured[name] for name in names) - 1)
    assert max(abs(each) for each in errors) < 0.1
