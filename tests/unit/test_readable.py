"""Contrast AA of what the other tests of colours don't lay out: the web page, the block for a site, the booklet."""

from datetime import date
from pathlib import Path

import pytest
import weasyprint

from layouts import booklet, contrast, paper, sharing
from layouts.booklet import Booklet
from layouts.manifest import Palette, list_gabarits
from layouts.markup import document, stylesheet
from layouts.setting import Setting
from tests.factories import full_content, store_pictures

GABARITS = [each.name for each in list_gabarits()]
URL = "https://cestpossible.example/fiches/essai"


def _faint(laid_out: weasyprint.Document) -> list[contrast.Meeting]:
    seen = contrast.meetings(laid_out)
    assert len(seen) > 3  # there is something to read
    return [each for each in seen if each.ratio < contrast.READABLE]


def _on_screen(html: str, css: str) -> weasyprint.Document:
    """Lay out what browsers show, 1,200 pixels wide."""
    page = css + "@page{size:1200px 9000px;margin:0}"
    parsed = weasyprint.HTML(string=html, media_type="screen", url_fetcher=paper.OwnFetcher())
    with paper.LAYOUT_LOCK:
        return paper.render(parsed, weasyprint.CSS(string=page, media_type="screen"), images={})


@pytest.mark.parametrize("gabarit", GABARITS)
@pytest.mark.parametrize("palette", list(Palette))
def test_the_web_page_can_be_read(gabarit: str, palette: str) -> None:
    setting = Setting(gabarit=gabarit, palette=palette, public_url=URL, updated=date(2026, 5, 1))
    css = stylesheet(gabarit)
    for content in (full_content(), full_content(photos=[])):
        assert _faint(_on_screen(document(content, setting, css=""), css)) == []


@pytest.mark.parametrize("gabarit", GABARITS)
@pytest.mark.parametrize("palette", list(Palette))
def test_the_block_for_a_site_can_be_read(gabarit: str, palette: str) -> None:
    setting = Setting(gabarit=gabarit, palette=palette, public_url=URL)
    assert _faint(_on_screen(sharing.html_block(full_content(), setting), "")) == []


@pytest.mark.parametrize("palette", list(Palette))
def test_the_booklet_can_be_read(palette: str, tmp_path: Path) -> None:
    media = store_pictures(tmp_path)
    for photos in (full_content().photos, []):
        content = full_content(photos=photos)
        entries = [booklet.entry(content, tmp_path / "fiche.pdf")] * 3
        book = Booklet(
            title="Les habitants prennent la main",
            subtitle="Trois initiatives",
            editorial="Une phrase.",
            signed="Le comité",
            entries=entries,
            made=date(2026, 5, 1),
            palette=palette,
            address="https://site.example",
            publisher="La fédération",
        )
        starts = [4, 6, 8]
        before = booklet._lay_out("debut", book, media, **booklet._before(book, starts, 10, True))
        after = booklet._lay_out("fin", book, media, **booklet._after(book, starts, 2))
        assert _faint(before) + _faint(after) == []


def test_a_text_that_can_not_be_read_is_seen() -> None:
    html = '<p>1</p><p style="color:#333">2</p><p style="background:#eee">3</p><p style="color:#999">Pâle</p>'
    assert [each.text for each in _faint(_on_screen(html, ""))] == ["Pâle"]
