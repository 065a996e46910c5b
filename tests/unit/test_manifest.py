"""The version of a gabarit: it changes with every file that its pieces are made from, and with no other."""

import importlib.util
import shutil
import sys
from pathlib import Path

import pytest

from layouts import manifest

ROOT = Path(manifest.__file__).parents[1]
ALL = {"manifeste", "reperes", "reportage"}


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of all that pieces are made from."""
    copied = tmp_path_factory.mktemp("tree")
    for name in ("layouts", "models"):
        shutil.copytree(ROOT / name, copied / name, ignore=shutil.ignore_patterns("__pycache__", "*.woff2"))
    return copied


def versions(tree: Path) -> dict[str, str]:
    """Return the versions of the gabarits of a tree, as a process that starts there finds them."""
    spec = importlib.util.spec_from_file_location("manifest_of_the_tree", tree / "layouts" / "manifest.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return {each.name: each.version for each in module.list_gabarits()}


@pytest.mark.parametrize(
    ("path", "changed"),
    [
        ("layouts/pieces/reseaux/reseaux.css", ALL),
        ("layouts/pieces/diapositive/diapositive.html", ALL),
        ("layouts/pieces/une-page/une-page.css", ALL),
        ("layouts/pieces/bloc/bloc.html", ALL),
        ("layouts/pieces/brochure/brochure.css", ALL),
        ("layouts/pieces/shared.css", ALL),
        ("layouts/gabarits/_parts/blocks.html", ALL),
        ("layouts/cards.py", ALL),
        ("models/data/taxonomies.toml", ALL),
        ("layouts/fonts/literata-400-normal.ttf", {"reportage"}),
        ("layouts/gabarits/manifeste/fiche.css", {"manifeste"}),
        ("layouts/gabarits/reperes/fiche.css", {"reperes"}),
        ("layouts/gabarits/manifeste/poster.css", {"manifeste"}),
        ("layouts/pieces/poster/poster.css", ALL),
        ("layouts/site/static/site.css", set()),
        ("models/data/guide.toml", set()),
    ],
)
def test_a_file_that_pieces_are_made_from_changes_the_version_of_those_who_use_it(
    tree: Path, path: str, changed: set[str]
) -> None:
    before, file = versions(tree), tree / path
    kept = file.read_bytes()
    file.write_bytes(kept + b"\n")
    after = versions(tree)
    file.write_bytes(kept)
    assert {name for name in before if after[name] != before[name]} == changed
    assert versions(tree) == before
