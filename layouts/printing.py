"""For the printer: three millimetres of bleed and crop marks around a sheet.

The sheet is enlarged just enough for what reaches its edges to pass them by the bleed (2.9 % for A4): no gabarit has to
draw past its page. The trimmed size stays exact; what is beyond the bleed is cut away, and the marks stand outside it.
"""

from collections.abc import Callable
from typing import Any

import pydyf
import weasyprint

from . import tagging

A4 = (210.0, 297.0)  # mm
BLEED = 3.0  # mm
_MARK = 5.0  # mm: length of a mark
_AROUND = BLEED + 1 + _MARK + 2  # mm between the trimmed sheet and the edge of the page
_POINT = 72 / 25.4  # points in a millimetre


def zoom(size: tuple[float, float], scale: float = 1.0) -> float:
    """Return the factor at which a sheet laid out at `size` mm is written, when it is to be trimmed to `size` x `scale`."""
    return max((side * scale + 2 * BLEED) / side for side in size)


def finisher(size: tuple[float, float], scale: float = 1.0) -> Callable[[weasyprint.Document, Any], None]:
    """Return what `write_pdf(zoom=zoom(size, scale))` calls last: tags completed, boxes and marks of every page."""
    tagged = tagging.finisher(zoom(size, scale))
    width, height = (side * zoom(size, scale) for side in size)
    trimmed = (size[0] * scale, size[1] * scale)
    left, bottom = (width - trimmed[0]) / 2, (height - trimmed[1]) / 2
    trim = (left, bottom, left + trimmed[0], bottom + trimmed[1])

    def complete(document: weasyprint.Document, pdf: Any) -> None:
        tagged(document, pdf)
        parts = {part.reference: part for part in pdf.objects}
        for reference in pdf.page_references:
            page = parts[reference]
            page["TrimBox"] = _box(trim, 0)
            page["BleedBox"] = _box(trim, BLEED)
            page["MediaBox"] = page["CropBox"] = _box(trim, _AROUND)
            drawn = parts[page["Contents"]].stream
            x, y, right, top = _around(trim, BLEED)
            drawn.insert(0, f"q {x:.3f} {y:.3f} {right - x:.3f} {top - y:.3f} re W n".encode())
            drawn.append(b"Q")
            drawn.append(_marks(trim))

    return complete


def _around(box: tuple[float, float, float, float], more: float) -> tuple[float, float, float, float]:
    """Return a box of `more` mm around another one, in points."""
    left, bottom, right, top = box
    return (
        (left - more) * _POINT,
        (bottom - more) * _POINT,
        (right + more) * _POINT,
        (top + more) * _POINT,
    )


def _box(box: tuple[float, float, float, float], more: float) -> pydyf.Array:
    return pydyf.Array([round(each, 3) for each in _around(box, more)])


def _marks(trim: tuple[float, float, float, float]) -> bytes:
    """Return the strokes of the crop marks: two at each corner, in the four inks, read by nobody (an artifact)."""
    near, far = (BLEED + 1) * _POINT, (BLEED + 1 + _MARK) * _POINT
    left, bottom, right, top = _around(trim, 0)
    strokes = []
    for x, outward in ((left, -1), (right, 1)):
        for y in (bottom, top):
            strokes.append(f"{x + outward * near:.3f} {y:.3f} m {x + outward * far:.3f} {y:.3f} l S")
    for y, outward in ((bottom, -1), (top, 1)):
        for x in (left, right):
            strokes.append(f"{x:.3f} {y + outward * near:.3f} m {x:.3f} {y + outward * far:.3f} l S")
    return f"/Artifact BMC q 1 1 1 1 K 0.25 w {' '.join(strokes)} Q EMC".encode()
