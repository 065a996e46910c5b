"""Writes `layouts/gabarits/NAME/heights.toml`: how high the parts of a fiche are, from what they hold.

`python -m tools.measure_gabarit NAME`, after a change of its style sheets: invented fiches are laid out in it and a row
of weights is found for each part where it may stand (see layouts/outline.py). Without this file, or with an old one,
pages come out the same, a few layouts later.
"""

import sys
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import numpy as np
import weasyprint

from layouts import outline, paper
from layouts.manifest import GABARITS, FitRules, manifest
from layouts.markup import article, blocks, document
from layouts.setting import Fit, Setting
from tests.generated import PHOTOS, generated, store

COUNT = 240
FIRST = 1000  # seeds that no test lays out
COVER = 60.0  # mm
DAMPING = 0.01  # keeps weights small where the samples say little

Sample = tuple[str, tuple[float, ...], float]  # row of the table, features, height in mm at density 1


def main(name: str) -> None:
    """Measure a gabarit and write its table."""
    with (
        TemporaryDirectory() as folder,
        ProcessPoolExecutor(mp_context=get_context("spawn")) as workers,
    ):
        store(Path(folder))
        seeds = range(FIRST, FIRST + COUNT)
        found = workers.map(partial(_samples, name, Path(folder)), seeds, chunksize=10)
        samples = [each for some in found for each in some]
    path = Path(GABARITS) / name / "heights.toml"
    path.write_text(_table(samples), encoding="utf-8")
    print(path)


def _samples(name: str, folder: Path, seed: int) -> list[Sample]:
    """Lay one fiche out on the endless sheet, its parts placed and sized by chance; return what its parts measure."""
    random, rules = Random(seed), manifest(name).fit
    photos = random.randint(0, PHOTOS)
    content = generated(seed, random.randint(150, 900), photos)
    setting = Setting(
        gabarit=name, public_url="https://cestpossible.example/fiches/essai", media_base="media:"
    )
    names = blocks(content)
    fit = _any_fit(random, rules, names)
    html = weasyprint.HTML(
        string=document(content, setting, fit, css=""),
        base_url="media:",
        url_fetcher=paper.OwnFetcher(folder),
    )
    with paper.LAYOUT_LOCK:
        laid_out = paper.render(html, paper.sheets(name, setting.palette), paper.ruler(6000), images={})
    measured, parts = paper.box_heights(laid_out), outline.outline(article(content, setting, fit))
    text = float(fit.density**rules.growth)
    samples = [(outline.place(each, fit, names), each) for each in measured.blocks]
    heights = {
        outline.key(each, where): measured.blocks[each] - _pictures(rules, fit, where, photos, each)
        for where, each in samples
    }
    found = [
        (key, parts.get(key.split(".")[-1], outline.Part()).features(fit.title), height / text)
        for key, height in heights.items()
    ]
    head = outline.key(outline.COVER, "photo" if content.cover else "plain")
    found.append((head, parts[outline.COVER].features(fit.title), measured.cover - COVER))
    if outline.CARD in parts and not fit.column:
        found.append((outline.CARD, parts[outline.CARD].features(fit.title), measured.card / text))
    if outline.END in parts:
        found.append((outline.END, parts[outline.END].features(fit.title), measured.foot / text))
    others = rules.photos.rows(photos - 1, "across") if photos > 1 else 0
    whole = paper.whole_height(laid_out) - COVER - others * fit.photo_mm
    found.append((outline.WHOLE, parts[outline.WHOLE].features(fit.title), whole / text))
    return found


def _any_fit(random: Random, rules: FitRules, names: list[str]) -> Fit:
    column = tuple(each for each in rules.columns if each in names and random.random() < 0.4)
    return Fit(
        density=random.uniform(rules.density_min, min(1.06, rules.density_max)),
        title=random.choice(rules.starts).title,
        split=random.randint(0, len(names) - len(column)),
        column=column,
        cover_mm=COVER,
        photo_mm=rules.photos.smallest,
        flow=False,
    )


def _pictures(rules: FitRules, fit: Fit, where: str, photos: int, name: str) -> float:
    return rules.photos.rows(photos - 1, where) * fit.photo_mm if name == "photos" else 0.0


def _table(samples: list[Sample]) -> str:
    """Return the rows as TOML."""
    grouped: dict[str, list[Sample]] = defaultdict(list)
    for sample in samples:
        grouped[sample[0]].append(sample)
    lines = ["# Written by tools/measure_gabarit.py: see layouts/outline.py.", ""]
    for key, group in sorted(grouped.items()):
        features = np.array([each[1] for each in group])
        heights = np.array([each[2] for each in group])
        damping = DAMPING * len(group) * np.eye(features.shape[1])
        weights = np.linalg.solve(features.T @ features + damping, features.T @ heights)
        lines.append(f'"{key}" = [{", ".join(f"{each:.3f}" for each in weights)}]')
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main(sys.argv[1])
