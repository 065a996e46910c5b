"""Draw the demo's illustrations: python -m tools.build_illustrations [NAME …] [--out DIR] [--svg DIR].

The pictures are committed, so only whoever changes a scene runs this. It needs Pillow (already required) and resvg-py,
which is not a dependency of the application: install it in any environment before running.
"""

from __future__ import annotations

import argparse
import io
import tomllib
from pathlib import Path

import resvg_py  # type: ignore[import-not-found]
from PIL import Image

from tools.illustrations.scenes import SCENES

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "app" / "demo" / "illustrations"
PIXELS = (1654, 1103)
QUALITY = 82


def rasterise(svg: str) -> bytes:
    """The picture as a progressive JPEG of 1654 x 1103 pixels, without metadata."""
    png = bytes(resvg_py.svg_to_bytes(svg_string=svg, width=PIXELS[0], height=PIXELS[1]))
    image = Image.open(io.BytesIO(png)).convert("RGB").crop((0, 0, *PIXELS))
    target = io.BytesIO()
    image.save(target, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return target.getvalue()


def main() -> None:
    """Draw the scenes named on the command line, or all of them, and say what the index lacks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="scenes to draw (default: all)")
    parser.add_argument("--out", type=Path, default=OUT, help="folder of the JPEG files")
    parser.add_argument("--svg", type=Path, help="folder where the SVG sources are written too")
    options = parser.parse_args()
    described = tomllib.loads((OUT / "index.toml").read_text(encoding="utf-8"))
    for name in options.names or sorted(SCENES):
        svg = str(SCENES[name]())
        if options.svg:
            (options.svg / f"{name}.svg").write_text(svg, encoding="utf-8")
        data = rasterise(svg)
        (options.out / f"{name}.jpg").write_bytes(data)
        print(f"{name}: {len(data) // 1024} kB")
    for name in sorted(set(described) ^ set(SCENES)):
        print(f"{'not drawn' if name in described else 'not described in index.toml'}: {name}")


if __name__ == "__main__":
    main()
