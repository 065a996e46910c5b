"""The three gabarits on paper: readable colours, nothing lost, nothing out of its page, two full pages."""

import re
import shutil
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path

import pytest
import weasyprint

from layouts import checking, contrast, manifest, paper, proof, sheets
from layouts.manifest import Palette, WrongManifest, list_gabarits, read_manifest
from layouts.markup import article
from layouts.setting import Fit, Setting
from models.content import FicheContent
from tests.factories import full_content, store_pictures
from tests.generated import a_hundred, sentences, store
from tests.sentences import letters, of_pdf, there, written

GABARITS = [each.name for each in list_gabarits()]
SETTING = Setting(public_url="https://exemple.fr/fiches/essai", updated=date(2026, 5, 1))
SAMPLE = range(
    0, 100, 20
)  # of the hundred that `make bench` lays out; the continuous integration has little time


@pytest.fixture(scope="module")
def fetcher(tmp_path_factory: pytest.TempPathFactory) -> paper.OwnFetcher:
    folder = tmp_path_factory.mktemp("medias")
    store_pictures(folder)
    return paper.OwnFetcher(store(folder))


@pytest.mark.parametrize("gabarit", GABARITS)
@pytest.mark.parametrize("photos", [True, False], ids=["photos", "no photo"])
def test_every_text_is_readable_on_what_is_behind_it_in_the_six_palettes(
    gabarit: str, photos: bool, fetcher: paper.OwnFetcher
) -> None:
    content = full_content() if photos else full_content(photos=[])
    setting = replace(SETTING, gabarit=gabarit)
    with paper.LAYOUT_LOCK:
        fit, document = sheets.lay_out(content, setting, fetcher, {})
    assert len({each.ground for each in contrast.meetings(document)}) >= 3  # the fields of colour are seen
    for palette in Palette:
        _, again = sheets.lay_out(content, replace(setting, palette=palette), fetcher, {}, fit)
        faint = [each for each in contrast.meetings(again) if each.ratio < contrast.READABLE]
        assert not faint, palette


def test_contrast_is_reckoned_as_wcag_does() -> None:
    assert round(contrast.ratio(contrast.from_hex("#000000"), contrast.from_hex("#ffffff"))) == 21
    assert round(contrast.ratio(contrast.from_hex("#767676"), contrast.from_hex("#ffffff")), 2) == 4.54


@pytest.mark.parametrize("gabarit", GABARITS)
@pytest.mark.parametrize("rank", SAMPLE)
def test_a_generated_fiche_fills_two_pages_and_loses_nothing(
    rank: int, gabarit: str, fetcher: paper.OwnFetcher
) -> None:
    content = a_hundred(rank, 1)[0]
    setting = replace(SETTING, gabarit=gabarit)
    fit, document = sheets.lay_out(content, setting, fetcher, {})
    seen = proof.read(document, fit, article(content, setting, fit))
    assert seen.problems == ()
    assert seen.full, seen
    text = of_pdf(document)
    assert [each for each in written(content) if not there(each, text)] == []


@pytest.mark.parametrize("gabarit", GABARITS)
def test_the_page_says_every_sentence_whatever_is_missing(gabarit: str) -> None:
    for rank, content in enumerate(a_hundred(0, 100)):
        # Each fiche also without one of its texts, in turn: what stands beside them must find another place.
        name = ("constat", "response", "residents", "implementation")[rank % 4]
        for said in (content, content.model_copy(update={name: type(getattr(content, name))()})):
            page = re.sub(
                r"<svg.*?</svg>|<[^>]+>",
                "",
                article(said, replace(SETTING, gabarit=gabarit)),
                flags=re.DOTALL,
            )
            text = letters(unescape(page))
            assert [each for each in written(said) if each not in text] == [], rank


def test_the_generator_writes_french_sentences_of_its_own_each_time() -> None:
    one, other = a_hundred(0, 2)
    assert one != other
    assert one == a_hundred(0, 1)[0]
    assert len(sentences()) > 300


def test_a_proof_sees_what_is_wrong(fetcher: paper.OwnFetcher) -> None:
    html = """<style>@page{size:100mm 60mm;margin:5mm}</style><article class="fiche" lang="fr">
    <p style="position:absolute;left:80mm;width:60mm">Ceci sort de la feuille par la droite</p>
    <p style="position:absolute;top:20mm">Deux textes ici</p><p style="position:absolute;top:20mm">Deux autres là</p>
    <p style="font-size:7pt">Petit</p><div style="height:44mm"></div><h2>Un titre</h2><p style="break-before:page">Suite</p></article>"""
    document = paper.render(weasyprint.HTML(string=html, url_fetcher=fetcher), images={})
    said = " ".join(proof.read(document, Fit(), "<p>Texte perdu zzz</p>").problems)
    for sign in ("sort de la page", "se chevauchent", "7,0 points", "seul en bas de page", "Du texte manque"):
        assert sign in said


def test_a_manifest_that_can_not_be_used_is_refused_with_the_key_to_mend(tmp_path: Path) -> None:
    shipped = (manifest.GABARITS / "reperes" / "manifest.toml").read_text(encoding="utf-8")
    folder = tmp_path / "reperes"
    folder.mkdir()
    for wrong, told in (
        (shipped.replace("density_max = 1.13", "density_max = 0.5"), "density_min ≤ comfort ≤ density_max"),
        (shipped.replace("[palettes.prune]", "[palettes.violette]"), "il manque prune"),
        (shipped.replace('name = "reperes"', 'name = "autre"'), "nom du dossier"),
        (shipped.replace("way =", "chemin = 1\nway ="), "cette clé n’existe pas"),
        (shipped.replace('["on_field", "field"]', '["on_field", "champ"]'), "« champ » n’existe pas"),
        (shipped.replace('file = "nunito"', 'file = "garamond"'), "garamond"),
        ("= 3", "ne peut pas être lu"),
    ):
        (folder / "manifest.toml").write_text(wrong, encoding="utf-8")
        with pytest.raises(WrongManifest, match=r"reperes/manifest\.toml") as refused:
            read_manifest(folder / "manifest.toml")
        assert told in str(refused.value)


def test_the_check_tells_what_to_mend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tmp_path / "brouillon"
    shutil.copytree(manifest.GABARITS / "reperes", copy)
    (copy / "screen.css").unlink()
    monkeypatch.setattr(checking, "GABARITS", tmp_path)
    assert [line.problems for line in checking.check("brouillon")] == [
        ("brouillon/manifest.toml, name : « reperes » doit être le nom du dossier",)
    ]
    text = (copy / "manifest.toml").read_text(encoding="utf-8")
    (copy / "manifest.toml").write_text(text.replace('"reperes"', '"brouillon"', 1), encoding="utf-8")
    assert [line.problems for line in checking.check("brouillon")][-1] == ("Il manque screen.css.",)


def test_an_empty_fiche_is_no_trouble(fetcher: paper.OwnFetcher) -> None:
    for gabarit in GABARITS:
        assert proof.prove(FicheContent(), replace(SETTING, gabarit=gabarit), fetcher).problems == ()
