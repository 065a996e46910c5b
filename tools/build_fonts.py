"""Build the fonts of the product from the free fonts published on npm by Fontsource.

    python -m tools.build_fonts

Fontsource cuts each face into subsets, and none of them has the French thin no-break space (U+202F) nor the
no-break hyphen (U+2011). With such a font, WeasyPrint borrows the missing glyph from another one, and in the
PDF *all* the spaces are then extracted as U+202F, which breaks searching and reading aloud. So this script
merges the subsets of each face, adds the missing glyphs (spaces, hyphens, arrows, check mark), and keeps only
what French needs. It writes one WOFF2 for the browser and one TTF for the PDF for each face in
`layouts/fonts/`, after having checked that they hold every required character.

It needs `npm`, and fontTools with brotli (both come with WeasyPrint).
"""

from __future__ import annotations

import copy
import io
import math
import subprocess
import sys
import tempfile
from pathlib import Path

from fontTools.merge import Merger
from fontTools.misc.transform import Identity, Transform
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

OUTPUT = Path(__file__).resolve().parent.parent / "layouts" / "fonts"

PACKAGES = {
    "nunito": "5.3.0",
    "atkinson-hyperlegible-next": "5.3.0",
    "literata": "5.3.0",
    "bricolage-grotesque": "5.3.0",
}
"""Packages of the @fontsource scope and their versions, pinned so that a rebuild gives the same bytes."""

FACES = [
    *(("nunito", weight, "normal") for weight in (600, 700, 800, 900)),
    *(("atkinson-hyperlegible-next", weight, "normal") for weight in (400, 600, 700)),
    *(("atkinson-hyperlegible-next", weight, "italic") for weight in (400, 700)),
    *(("literata", weight, "normal") for weight in (400, 600, 700)),
    ("literata", 400, "italic"),
    *(("bricolage-grotesque", weight, "normal") for weight in (600, 800)),
]

KEPT_RANGES = [
    (0x0020, 0x007E),  # Basic Latin
    (0x00A0, 0x017F),  # Latin-1, Latin Extended-A
    (0x0218, 0x021B),  # Romanian
    (0x02C6, 0x02DD),  # spacing accents
    (0x0300, 0x0328),  # combining accents: text pasted from macOS comes decomposed
    (0x1E80, 0x1E85),  # Welsh
    (0x2000, 0x206F),  # punctuation and spaces
    (0x2070, 0x209C),  # superscripts and subscripts
    (0x20AC, 0x20AC),  # €
    (0x2113, 0x2122),  # letter-like symbols
    (0x2150, 0x215F),  # fractions
    (0x2190, 0x2199),  # arrows
    (0x2200, 0x2265),  # mathematics
    (0x25CF, 0x25CF),
    (0x2713, 0x2713),
    (0xFEFF, 0xFEFF),
]

REQUIRED = (
    "".join(map(chr, range(0x21, 0x7F)))
    + "ÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆàâäçéèêëîïôöùûüÿœæñãõáíóúýšžłßøå"
    + " \u00a0\u202f\u2009\u200b\u2060\u00ad\u2010\u2011–—…•·«»‹›‘’‚“”„′″†§¶©®™°ªº¹²³€£%×÷±−≈½¼¾¿¡←↑→↓✓"
)

# Character → (character whose glyph is copied, width as a share of that glyph's).
COPIED = {
    0x00A0: (0x20, 1.0),
    0x202F: (0x20, 0.72),  # French thin space: a little under three quarters of a word space
    0x2009: (0x20, 0.72),
    0x200A: (0x20, 0.4),
    0x2008: (0x20, 0.8),
    0x2007: (0x30, 1.0),  # figure space: the width of a digit, emptied below
    0x200B: (0x20, 0.0),
    0x2060: (0x20, 0.0),
    0xFEFF: (0x20, 0.0),
    0x00AD: (0x2D, 1.0),
    0x2010: (0x2D, 1.0),  # the hyphen that WeasyPrint writes at the end of a line
    0x2011: (0x2D, 1.0),
    0x2015: (0x2014, 1.0),
    0x2032: (0x27, 1.0),
    0x2033: (0x22, 1.0),
}
EMPTIED = {0x2007}

# Arrows, the check mark and ≈ are drawn with the strokes of the font itself, so that they share its weight
# and its line ends. Each stroke: (source character, length in em, angle in degrees, x and y of centre in em).
DRAWN: dict[int, tuple[float, list[tuple[int, float, float, float, float]]]] = {
    0x2192: (
        0.9,
        [(0x2013, 0.66, 0, 0.44, 0.33), (0x2D, 0.3, -45, 0.685, 0.42), (0x2D, 0.3, 45, 0.685, 0.24)],
    ),
    0x2190: (
        0.9,
        [(0x2013, 0.66, 0, 0.46, 0.33), (0x2D, 0.3, 45, 0.215, 0.42), (0x2D, 0.3, -45, 0.215, 0.24)],
    ),
    0x2191: (
        0.7,
        [(0x2013, 0.66, 90, 0.35, 0.33), (0x2D, 0.3, 45, 0.26, 0.575), (0x2D, 0.3, -45, 0.44, 0.575)],
    ),
    0x2193: (
        0.7,
        [(0x2013, 0.66, 90, 0.35, 0.35), (0x2D, 0.3, -45, 0.26, 0.105), (0x2D, 0.3, 45, 0.44, 0.105)],
    ),
    0x2713: (0.8, [(0x2D, 0.32, -45, 0.2, 0.22), (0x2013, 0.62, 52, 0.475, 0.36)]),
    0x2248: (0.6, [(0x7E, 0.46, 0, 0.3, 0.43), (0x7E, 0.46, 0, 0.3, 0.24)]),
}
"""Character → (advance in em, strokes)."""


def install_packages(folder: Path) -> Path:
    """Install the Fontsource packages with npm in `folder` and return the folder that holds them."""
    wanted = [f"@fontsource/{name}@{version}" for name, version in PACKAGES.items()]
    subprocess.run(
        ["npm", "install", "--prefix", str(folder), "--ignore-scripts", "--no-audit", "--no-fund", *wanted],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return folder / "node_modules" / "@fontsource"


def merge_subsets(source: Path, slug: str, weight: int, style: str, folder: Path) -> TTFont:
    """Return one font with the `latin` and `latin-ext` subsets of a face."""
    parts = []
    for subset in ("latin", "latin-ext"):
        font = TTFont(
            source / slug / "files" / f"{slug}-{subset}-{weight}-{style}.woff2", recalcTimestamp=False
        )
        font.flavor = None
        for table in (
            "vhea",
            "vmtx",
        ):  # vertical writing: not ours, and the added glyphs would have no height
            if table in font:
                del font[table]
        part = folder / f"{slug}-{subset}-{weight}-{style}.ttf"
        font.save(part)
        parts.append(str(part))
    merged = Merger().merge(parts)
    merged.recalcTimestamp = False
    # Not the time of the merge: a rebuild must give the same bytes.
    merged["head"].created, merged["head"].modified = font["head"].created, font["head"].modified
    # The merged font is reread, or its glyph order and its compiled tables disagree.
    return TTFont(io.BytesIO(saved(merged)), recalcTimestamp=False)


def saved(font: TTFont) -> bytes:
    """Return the bytes of a font in its present flavour."""
    buffer = io.BytesIO()
    font.save(buffer)
    return buffer.getvalue()


def add_missing_characters(font: TTFont) -> None:
    """Add the spaces, hyphens, arrows and marks that the face lacks, from glyphs it has."""
    cmap = dict(font.getBestCmap())
    added: dict[int, str] = {}
    for code, (source, ratio) in COPIED.items():
        # A no-break space that shares the glyph of the space would be extracted from the PDF as a space, or
        # the reverse: each must have its own.
        if code not in cmap or cmap[code] == cmap[source]:
            added[code] = copy_glyph(font, code, cmap[source], ratio)
    for code, (advance, strokes) in DRAWN.items():
        if code not in cmap:
            added[code] = draw_glyph(font, code, advance, strokes)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap.update(added)
    order = list(font["glyf"].glyphOrder)
    font.setGlyphOrder(order)
    font["maxp"].numGlyphs = len(order)


def copy_glyph(font: TTFont, code: int, source: str, ratio: float) -> str:
    """Add to the font a copy of the glyph `source` for the character `code` and return its name."""
    name = f"uni{code:04X}"
    width, bearing = font["hmtx"][source]
    glyph = TTGlyphPen(None).glyph() if code in EMPTIED else copy.deepcopy(font["glyf"][source])
    font["glyf"][name] = glyph
    font["hmtx"][name] = (round(width * ratio), bearing)
    return name


def draw_glyph(
    font: TTFont, code: int, advance: float, strokes: list[tuple[int, float, float, float, float]]
) -> str:
    """Draw a glyph with strokes taken from the font and return its name (see `DRAWN`)."""
    name = f"uni{code:04X}"
    em = font["head"].unitsPerEm
    glyphs, cmap = font.getGlyphSet(), font.getBestCmap()
    pen = TTGlyphPen(None)
    for source, length, angle, x, y in strokes:
        box = font["glyf"][cmap[source]]
        stretch = length * em / (box.xMax - box.xMin)
        to_origin = Identity.translate(-(box.xMin + box.xMax) / 2, -(box.yMin + box.yMax) / 2)
        placed = Identity.translate(x * em, y * em).rotate(angle * math.pi / 180)
        # Only the length is stretched: the thickness stays that of the font.
        transform = placed.transform(Transform(stretch, 0, 0, stretch if source == 0x7E else 1, 0, 0))
        glyphs[cmap[source]].draw(TransformPen(pen, transform.transform(to_origin)))
    glyph = pen.glyph()
    glyph.recalcBounds(font["glyf"])
    glyph.flags[0] |= 0x40  # the outlines overlap: renderers must not cut out the crossings
    font["glyf"][name] = glyph
    font["hmtx"][name] = (round(advance * em), glyph.xMin)
    return name


def keep_what_french_needs(font: TTFont) -> None:
    """Drop the other characters, the hinting (unused on today's screens and in PDFs) and the spare names."""
    options = Options()
    options.hinting = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]  # the copyright and the licence must stay
    options.layout_features = ["*"]
    options.notdef_outline = True
    options.drop_tables += ["STAT"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[code for first, last in KEPT_RANGES for code in range(first, last + 1)])
    subsetter.subset(font)


def check(font: TTFont, label: str) -> None:
    """Raise ValueError when a required character is missing or shares the glyph of the space."""
    cmap = font.getBestCmap()
    missing = [f"U+{ord(char):04X}" for char in REQUIRED if ord(char) not in cmap]
    if missing:
        raise ValueError(f"{label}: missing {', '.join(missing)}")
    spaces = [cmap[code] for code in (0x20, 0xA0, 0x202F, 0x2009)]
    if len(set(spaces)) != len(spaces):
        raise ValueError(f"{label}: two spaces share a glyph: {spaces}")


def build_face(source: Path, slug: str, weight: int, style: str, folder: Path) -> tuple[int, int]:
    """Write the TTF and the WOFF2 of one face; return their sizes in bytes."""
    font = merge_subsets(source, slug, weight, style, folder)
    add_missing_characters(font)
    keep_what_french_needs(font)
    label = f"{slug}-{weight}-{style}"
    check(font, label)
    truetype = saved(font)
    font.flavor = "woff2"
    woff2 = saved(font)
    (OUTPUT / f"{label}.ttf").write_bytes(truetype)
    (OUTPUT / f"{label}.woff2").write_bytes(woff2)
    return len(truetype), len(woff2)


def main() -> int:
    """Rebuild every face in `layouts/fonts/`."""
    OUTPUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = install_packages(folder)
        for slug, weight, style in FACES:
            truetype, woff2 = build_face(source, slug, weight, style, folder)
            print(f"{slug}-{weight}-{style}: ttf {truetype / 1000:.0f} kB, woff2 {woff2 / 1000:.0f} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
