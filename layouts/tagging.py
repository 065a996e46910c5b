"""What WeasyPrint 70 leaves out of the tags of a PDF, completed before it is written (PDF/UA-1)."""

from collections.abc import Callable, Iterator
from typing import Any

import pydyf
import weasyprint

from . import paper
from .binding import LANGUAGE

_POINTS = 0.75  # a CSS pixel
_KEPT_EMPTY = ("/Document", "/TD", "/TH")


def finisher(zoom: float = 1.0) -> Callable[[weasyprint.Document, Any], None]:
    """Return what `write_pdf` calls last, for a document written at this zoom."""

    def complete(document: weasyprint.Document, pdf: Any) -> None:
        objects = {part.reference: part for part in pdf.objects if isinstance(part, pydyf.Dictionary)}
        _place_figures(document, pdf, objects, zoom)
        _name_links(objects)
        kept = set(_tidy(objects))
        _make_artifacts(pdf, objects, kept)

    return complete


def tagged(
    document: weasyprint.Document,
    *,
    zoom: float = 1.0,
    finish: Callable[[weasyprint.Document, Any], None] | None = None,
    images: dict[str, Any] | None = None,
) -> bytes:
    """Return a laid out document as tagged PDF (PDF/UA-1); `finish` does more than complete the tags, if given."""
    document.metadata.lang = LANGUAGE
    with paper.LAYOUT_LOCK:
        data: bytes = document.write_pdf(
            zoom=zoom,
            finisher=finish or finisher(zoom),
            pdf_variant="pdf/ua-1",
            pdf_tags=True,
            custom_metadata=False,
            cache=images,
        )
    return data


def _place_figures(document: weasyprint.Document, pdf: Any, objects: dict[bytes, Any], zoom: float) -> None:
    """Write the boxes of figures in the units of PDF, from the foot of the page."""
    scale = _POINTS * zoom
    pages = zip(pdf.page_references, document.pages, strict=False)
    heights = {reference: page.height * scale for reference, page in pages}
    for part in objects.values():
        if part.get("S") == "/Figure" and "A" in part and part.get("Pg") in heights:
            left, top, right, bottom = part["A"]["BBox"]
            height = heights[part["Pg"]]
            part["A"]["BBox"][:] = [
                round(left * scale, 2),
                round(height - bottom * scale, 2),
                round(right * scale, 2),
                round(height - top * scale, 2),
            ]


def _name_links(objects: dict[bytes, Any]) -> None:
    """Links are printed, and say where they lead to who can't see them (ISO 14289-1, 7.18.5)."""
    for part in objects.values():
        if part.get("Type") == "/Annot":
            part["F"] = 4
            action = part.get("A")
            if part.get("Subtype") == "/Link" and "Contents" not in part and isinstance(action, dict):
                address = getattr(action.get("URI"), "string", "")
                if address:
                    part["Contents"] = pydyf.String(address)


def _tidy(objects: dict[bytes, Any]) -> Iterator[bytes]:
    """Mend the tree of tags; yield the references of the elements that stay in it.

    The boxes that flex and columns put around the parts of a list item are no items, and what holds nothing is
    nothing to be announced.
    """
    root = next((part for part in objects.values() if part.get("Type") == "/StructTreeRoot"), None)
    for reference in [] if root is None else root["K"]:
        yield reference
        yield from _tidy_element(objects[reference], objects)


def _tidy_element(element: Any, objects: dict[bytes, Any]) -> Iterator[bytes]:
    kids = []
    for reference in element["K"]:
        kid = objects.get(reference) if isinstance(reference, bytes) else None
        if kid is None or kid.get("Type") != "/StructElem":
            kids.append(reference)
            continue
        if (kid["S"] == "/LI" and element["S"] != "/L") or (kid["S"] == "/LBody" and element["S"] != "/LI"):
            kid["S"] = "/NonStruct"
        below = list(_tidy_element(kid, objects))
        if kid["K"] or "Alt" in kid or kid["S"] in _KEPT_EMPTY:
            kids.append(reference)
            yield reference
            yield from below
    element["K"][:] = kids


def _make_artifacts(pdf: Any, objects: dict[bytes, Any], kept: set[bytes]) -> None:
    """What stands outside the tree (the running foot of the pages) becomes an artifact: readers skip it."""
    root = next((part for part in objects.values() if part.get("Type") == "/StructTreeRoot"), None)
    if root is None:
        return
    numbers = objects[root["ParentTree"]]["Nums"]
    for rank, page_reference in enumerate(pdf.page_references):
        owners = numbers[2 * rank + 1]
        outside = {mark for mark, owner in enumerate(owners) if owner not in kept}
        if not outside:
            continue
        contents = objects[page_reference]["Contents"]
        for part in pdf.objects:
            if isinstance(part, pydyf.Stream) and part.reference == contents:
                _unmark(part.stream, outside)
        for mark in outside:
            objects.get(owners[mark], {}).clear()
            owners[mark] = "null"


def _unmark(operators: list[Any], marks: set[int]) -> None:
    for place in range(1, len(operators) - 1):
        properties = operators[place]
        if isinstance(properties, dict) and properties.get("MCID") in marks:
            operators[place - 1 : place + 2] = ["/Artifact", b"", b"BMC"]
