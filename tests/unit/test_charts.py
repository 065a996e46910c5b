"""Charts as functions from values to HTML."""

import csv
import io
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from components.charts import Plot, Row, Table, area, columns, decimal, rows, scale

PLOT = Plot(
    name="essai",
    title="Fiches <b> & cie",
    description="Trois mois",
    values=[0, 3, None],
    hints=["rien", "trois", "on ne sait pas"],
    ticks=[(1, "mars", "2026")],
)


@pytest.mark.parametrize(
    ("highest", "marks"),
    [
        (0, [0, 1]),
        (1, [0, 1]),
        (5, [0, 2, 4, 6]),
        (12.5, [0, 5, 10, 15]),
        (48, [0, 20, 40, 60]),
        (340, [0, 100, 200, 300, 400]),
    ],
)
def test_the_scale_is_round_and_never_too_low(highest: float, marks: list[int]) -> None:
    assert scale(highest) == marks


@pytest.mark.parametrize("draw", [columns, area])
def test_a_chart_is_an_image_with_a_title_and_a_description(draw) -> None:
    svg = ElementTree.fromstring(draw(PLOT)).find(".//svg")
    assert svg is not None
    assert svg.get("role") == "img"
    assert svg.get("aria-labelledby") == "essai-titre essai-texte"
    assert [each.text for each in svg.findall("title")] == ["Fiches <b> & cie"]
    assert svg.findtext("desc") == "Trois mois"


def test_a_zero_leaves_a_mark_and_an_unknown_value_none() -> None:
    bars = ElementTree.fromstring(columns(PLOT)).findall(".//rect")
    assert [(bar.get("class", "").strip(), bar.findtext("title")) for bar in bars] == [
        ("bar is-zero", "rien"),
        ("bar", "trois"),
    ]


@pytest.mark.parametrize("draw", [columns, area])
def test_nothing_to_draw_is_no_accident(draw) -> None:
    assert draw(replace(PLOT, values=[], hints=[], ticks=[])).startswith('<div class="plot">')


def test_horizontal_bars_escape_names_and_survive_zeros() -> None:
    assert "&lt;script&gt;" in rows([Row("<script>", 0), Row("Somme", 0)])
    assert rows([]) == '<ul class="rows"></ul>'


def test_the_longest_bars_stand_out_unless_all_are_equal() -> None:
    assert rows([Row("Nord", 2), Row("Somme", 2), Row("Oise", 1)]).count("row-top") == 2
    assert "row-top" not in rows([Row("Nord", 1), Row("Somme", 1)])


def test_numbers_are_french() -> None:
    assert decimal(1234) == "1\u202f234"
    assert decimal(8.5) == "8,5"
    assert decimal(8.0) == "8"


def test_a_download_opens_in_a_french_spreadsheet_without_running_anything() -> None:
    table = Table("Essai", ("Nom", "Jours"), (("=1+1", 8.5), ('@x; "y"', None), ("-2", 3), ("Nord", -1)))
    text = table.csv()
    assert text.startswith("\ufeffNom;Jours\r\n")
    read = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    assert read[1:] == [["'=1+1", "8,5"], ['\'@x; "y"', ""], ["'-2", "3"], ["Nord", "-1"]]
