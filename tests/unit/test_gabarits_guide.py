"""The guide of those who draw gabarits names every key, variable, macro, filter and file there is."""

import re
from pathlib import Path

import pytest
from jinja2 import meta

from layouts import manifest, markup
from layouts.checking import FILES
from layouts.manifest import GABARITS, PIECES, CoverRules, Face, FitRules, Manifest, PhotoRules, Start
from layouts.markup import blocks
from tests.factories import full_content

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "gabarits.md").read_text(encoding="utf-8")
CODE = re.findall(r"`+([^`]+)`", re.sub(r"^```(\w+)?", "`", GUIDE, flags=re.MULTILINE))
NAMED = set(re.findall(r"[\w./*-]+", " ".join(CODE)))


@pytest.mark.parametrize("part", [Manifest, FitRules, CoverRules, PhotoRules, Start, Face])
def test_every_key_of_a_manifest_is_explained(part: type[manifest._Part]) -> None:
    missing = {name for name in part.model_fields if not {name, f"{name}.NOM", f"fit.{name}"} & NAMED}
    assert missing == set()


def test_every_file_part_and_colour_is_named() -> None:
    assert {*FILES, "manifest.toml", *blocks(full_content())} <= NAMED
    shared = set.intersection(*(set(each.colours("lagune")) for each in manifest.list_gabarits()))
    assert shared <= NAMED
    pieces = {path.name for path in PIECES.glob("*/*") if path.parent.name not in ("bloc", "brochure")}
    assert pieces <= NAMED


def test_every_variable_of_a_fiche_every_macro_and_every_filter_is_named() -> None:
    environment = markup.environment()
    asked: set[str] = set()
    macros: set[str] = set()
    for path in GABARITS.glob("*/*.html"):
        text = path.read_text(encoding="utf-8")
        if path.name == "fiche.html" or path.parent.name == "_parts":
            asked |= meta.find_undeclared_variables(environment.parse(text))
        if path.parent.name == "_parts":
            macros |= set(re.findall(r"{% macro (\w+)", text))
        asked -= set(re.findall(r"{% set (\w+)", text))
    own = {"fr", "inline", "paragraphs", "title", "bare", "href", "breakable", "euros", "number", "day"}
    assert own <= set(environment.filters)
    assert asked | macros | own <= NAMED


def test_the_manifests_point_to_a_guide_that_exists() -> None:
    for each in manifest.list_gabarits():
        text = (each.folder / "manifest.toml").read_text(encoding="utf-8")
        for path in re.findall(r"docs/[\w./-]+", text):
            assert (ROOT / path).is_file()
