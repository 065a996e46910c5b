"""Charts drawn on the server, from values to HTML: no script, sharp at every width, each with its table.

The shapes are SVG stretched to the width at hand; the words around them are HTML, so that they stay readable at
320 px. Colours come from the tokens through the classes of `statistics.css`.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape as _escape

from layouts.site.environment import french_spaces
from layouts.typography import THIN

Cell = str | int | float | None

_RISKY = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would take for a formula


def words(text: str) -> str:
    """Return plain text as HTML, with French spaces and apostrophes."""
    return _escape(french_spaces(text))


def decimal(value: float) -> str:
    """Return a number as French write it: 1 234, 8,5."""
    whole = f"{value:,.1f}".removesuffix(".0")
    return whole.replace(",", THIN).replace(".", ",")


@dataclass(frozen=True)
class Table:
    """The numbers behind a chart. The first column names the row."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def html(self) -> str:
        """Return the table as HTML."""
        numeric = [any(isinstance(row[at], int | float) for row in self.rows) for at in range(len(self.head))]
        classes = ['class="num"' if number else "" for number in numeric]
        head = "".join(
            f'<th scope="col" {classes[at]}>{words(name)}</th>' for at, name in enumerate(self.head)
        )
        body = "".join(
            f'<tr><th scope="row">{_shown(row[0])}</th>'
            + "".join(f"<td {classes[at]}>{_shown(cell)}</td>" for at, cell in enumerate(row) if at)
            + "</tr>"
            for row in self.rows
        )
        caption = f"<caption>{words(self.caption)}</caption>"
        return f'<table class="table">{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'

    def csv(self) -> str:
        """Return the table for a French spreadsheet: byte order mark, semicolons, decimal commas, no formula."""
        text = io.StringIO()
        text.write("\ufeff")
        writer = csv.writer(text, delimiter=";")
        writer.writerow(self.head)
        writer.writerows([_plain(cell) for cell in row] for row in self.rows)
        return text.getvalue()


def _shown(cell: Cell) -> str:
    if cell is None:
        return '<span class="muted">–</span>'
    return words(cell) if isinstance(cell, str) else decimal(cell)


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(_RISKY) else cell
    return f"{cell:.1f}".removesuffix(".0").replace(".", ",")


@dataclass(frozen=True)
class Row:
    """One horizontal bar; `href` leads to what it counts, `soft` makes it paler."""

    name: str
    value: int
    href: str = ""
    soft: bool = False


def rows(bars: Sequence[Row]) -> str:
    """Return horizontal bars as a list: name, bar and number are plain text for those who do not see the bar."""
    most = max((bar.value for bar in bars), default=0) or 1
    telling = sum(bar.value == most for bar in bars) < len(bars)  # nobody leads when all are equal
    lines = []
    for bar in bars:
        name = f'<a href="{_escape(bar.href)}">{words(bar.name)}</a>' if bar.href else words(bar.name)
        kind = " row-soft" if bar.soft else " row-top" if telling and bar.value == most else ""
        lines.append(
            f'<li class="row{kind}"><span class="row-name">{name}</span>'
            f'<span class="row-track"><span class="row-bar" style="width:{bar.value / most * 100:.1f}%"></span>'
            f'<span class="row-value">{decimal(bar.value)}</span></span></li>'
        )
    return f'<ul class="rows">{"".join(lines)}</ul>'


@dataclass(frozen=True)
class Plot:
    """A series over months. `ticks` pairs a rank with the two lines of its label ("mars", "2024")."""

    name: str  # unique in the page: it makes the ids
    title: str
    description: str
    values: Sequence[float | None]
    hints: Sequence[str]  # one a value, for the pointer
    ticks: Sequence[tuple[int, str, str]]
    note: str = ""  # beside the value called `noted`
    noted: int = -1
    limit: float | None = None  # a line not to be crossed
    limit_note: str = ""

    @property
    def scale(self) -> list[int]:
        """The marks of the vertical axis, from zero to above the highest value."""
        return scale(max([value or 0 for value in self.values] + [self.limit or 0], default=0))


def scale(highest: float) -> list[int]:
    """Return round marks from 0 to `highest` or above, five at most."""
    step, turn = 1, 0
    while step * 4 < highest:
        step = step * 5 // 2 if turn % 3 == 1 else step * 2  # 1, 2, 5, 10, 20, 50 …
        turn += 1
    count = max(1, -(-int(-(-highest // 1)) // step))
    return [step * rank for rank in range(count + 1)]


def columns(plot: Plot) -> str:
    """Return vertical bars, one a value; a zero leaves a thin mark, None leaves nothing."""
    top = plot.scale[-1]
    slot = 100 / max(len(plot.values), 1)
    shapes = []
    for rank, (value, hint) in enumerate(zip(plot.values, plot.hints, strict=True)):
        if value is None:
            continue
        height = max(value / top * 100, 0.8)
        over = plot.limit is not None and value > plot.limit
        kind = "is-zero" if not value else "is-over" if over else "is-noted" if rank == plot.noted else ""
        shapes.append(
            f'<rect class="bar {kind}" x="{(rank + 0.14) * slot:.2f}" y="{100 - height:.2f}" '
            f'width="{slot * 0.72:.2f}" height="{height:.2f}"><title>{words(hint)}</title></rect>'
        )
    return _plot(plot, "".join(shapes), slot)


def area(plot: Plot) -> str:
    """Return a line with its surface: a sum that grows."""
    top = plot.scale[-1]
    slot = 100 / max(len(plot.values), 1)
    points = [
        f"{(rank + 0.5) * slot:.2f},{100 - (value or 0) / top * 100:.2f}"
        for rank, value in enumerate(plot.values)
    ]
    first, last = 0.5 * slot, (len(plot.values) - 0.5) * slot
    shapes = (
        f'<polygon class="surface" points="{first:.2f},100 {" ".join(points)} {last:.2f},100"/>'
        f'<polyline class="curve" points="{" ".join(points)}"/>'
    )
    hovers = "".join(
        f'<rect class="hover" x="{rank * slot:.2f}" y="0" width="{slot:.2f}" height="100"><title>{words(hint)}</title></rect>'
        for rank, hint in enumerate(plot.hints)
    )
    return _plot(plot, shapes + hovers, slot)


def _plot(plot: Plot, shapes: str, slot: float) -> str:
    """Put shapes drawn in a square of 100 between their axes."""
    top = plot.scale[-1]
    lines = "".join(
        f'<line class="grid{"" if mark else " grid-base"}" x1="0" x2="100" y1="{100 - mark / top * 100:.2f}" '
        f'y2="{100 - mark / top * 100:.2f}"/>'
        for mark in plot.scale
    )
    if plot.limit is not None:
        height = 100 - plot.limit / top * 100
        shapes += f'<line class="limit" x1="0" x2="100" y1="{height:.2f}" y2="{height:.2f}"/>'
    ids = f"{plot.name}-titre {plot.name}-texte"
    return (
        '<div class="plot">'
        f'<div class="plot-scale" aria-hidden="true">{_marks(plot)}</div>'
        f'<div class="plot-area"><svg viewBox="0 0 100 100" preserveAspectRatio="none" role="img" aria-labelledby="{ids}">'
        f'<title id="{plot.name}-titre">{words(plot.title)}</title>'
        f'<desc id="{plot.name}-texte">{words(plot.description)}</desc>{lines}{shapes}</svg>{_notes(plot, slot)}</div>'
        f'<div class="plot-ticks" aria-hidden="true">{_ticks(plot, slot)}</div></div>'
    )


def _marks(plot: Plot) -> str:
    top = plot.scale[-1]
    return "".join(
        f'<span style="bottom:{mark / top * 100:.1f}%">{decimal(mark)}</span>' for mark in plot.scale
    )


def _ticks(plot: Plot, slot: float) -> str:
    return "".join(
        f'<span style="left:{(rank + 0.5) * slot:.2f}%">{words(above)}<br/>{words(below)}</span>'
        for rank, above, below in plot.ticks
    )


def _notes(plot: Plot, slot: float) -> str:
    """Return the words on the drawing; they repeat the title and the table, hence hidden from screen readers."""
    found = ""
    top = plot.scale[-1]
    if plot.note and 0 <= plot.noted < len(plot.values):
        x = (plot.noted + 0.5) * slot
        y = (plot.values[plot.noted] or 0) / top * 100
        # The note slides along itself, so that it stays inside at both ends.
        place = f"left:{x:.2f}%;bottom:{y:.2f}%;transform:translateX(-{x:.1f}%)"
        found += f'<span class="plot-note" aria-hidden="true" style="{place}">{words(plot.note)}</span>'
    if plot.limit is not None and plot.limit_note:
        place = f"bottom:{plot.limit / top * 100:.2f}%"
        found += (
            f'<span class="plot-limit" aria-hidden="true" style="{place}">{words(plot.limit_note)}</span>'
        )
    return found
