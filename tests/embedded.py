"""What is embedded in a PDF: fonts (one that isn't ours was borrowed for a letter that ours lack) and pictures."""

from io import BytesIO

import pikepdf


def fonts_of(data: bytes) -> set[str]:
    """Return the names of the fonts of a PDF, in lower case: "literata-bold-italic"."""
    found = set()
    with pikepdf.open(BytesIO(data)) as pdf:
        for each in pdf.objects:
            if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/Font" and "/BaseFont" in each:
                found.add(str(each.BaseFont).removeprefix("/").partition("+")[2].lower())
    return found


def picture_widths(data: bytes) -> list[int]:
    """Return the widths of the pictures of a PDF, pixels."""
    with pikepdf.open(BytesIO(data)) as pdf:
        return [
            int(each.Width)
            for each in pdf.objects
            if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Image"
        ]
