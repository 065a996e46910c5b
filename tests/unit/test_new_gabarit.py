"""A gabarit in a folder of its own: no Python for one that holds, and the check tells what one that doesn't lacks."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from layouts.manifest import manifest
from tests.embedded import fonts_of
from tests.environment import clean_environment

ROOT = Path(__file__).parents[2]
COPIED = """
import sys
from pathlib import Path
from layouts import cards, catalogue, trials
from layouts.piece import Order
from layouts.setting import Setting

made = Path(sys.argv[1])
media = trials.store_pictures(made)
setting = Setting(gabarit="carnet", palette="encre", public_url="https://cestpossible.example/fiches/essai")
order = Order(trials.made(300, 1), setting, media)
for name, piece in catalogue.PIECES.items():
    if not piece.needs:
        (made / name).write_bytes(piece.make(order).data)
"""
INSPECTED = """
import json, sys
from pathlib import Path
from layouts import inspecting, trials
from layouts.setting import Setting

media = trials.store_pictures(Path(sys.argv[1]))
setting = Setting(gabarit="brouillon", public_url="https://cestpossible.example/fiches/essai", media_base="media:")
fiches = {"courte": trials.made(250, 1)}
print(json.dumps(dict(inspecting.inspect(setting, fiches, ("courte",), media))))
"""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of the project, where folders can be added to the gabarits."""
    for name in ("app", "components", "models"):
        (tmp_path / name).symlink_to(ROOT / name)
    shutil.copy(ROOT / "main.py", tmp_path)
    shutil.copytree(
        ROOT / "layouts", tmp_path / "layouts", ignore=shutil.ignore_patterns("fonts", "site", "__pycache__")
    )
    for name in ("fonts", "site"):
        (tmp_path / "layouts" / name).symlink_to(ROOT / "layouts" / name)
    return tmp_path


def _add(house: Path, model: str, name: str) -> Path:
    gabarits = house / "layouts" / "gabarits"
    shutil.copytree(gabarits / model, gabarits / name)
    _change(gabarits / name / "manifest.toml", f'name = "{model}"', f'name = "{name}"')
    return gabarits / name


def _change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def _run(house: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *words],
        cwd=house,
        env=clean_environment(),
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_copied_folder_makes_every_piece_without_a_line_of_python(house: Path, tmp_path: Path) -> None:
    folder = _add(house, "reportage", "carnet")
    for file in ("poster.html", "poster.css"):  # it borrows a poster, in its own letters
        (folder / file).unlink()
    made = tmp_path / "made"
    made.mkdir()
    done = _run(house, "-c", COPIED, str(made))
    assert done.returncode == 0, done.stderr
    own = tuple(face.file for face in manifest("reportage").fonts)
    papers = sorted(made.glob("*.pdf"))
    assert len(papers) == 7
    for path in papers:
        with pypdfium2.PdfDocument(path) as pdf:
            said = "".join(page.get_textpage().get_text_bounded() for page in pdf)
        assert "familles" in said, path.name
        fonts = fonts_of(path.read_bytes())
        assert any(name.startswith("literata") for name in fonts), path.name
        assert all(name.startswith(own) for name in fonts), (path.name, fonts)
    accent = tuple(bytes.fromhex(manifest("reportage").colours("encre")["accent"][1:]))
    for path in made.glob("[rd]*.png"):
        with Image.open(path) as picture:
            assert accent in {colour for _, colour in picture.convert("RGB").getcolors(1_000_000)}, path.name


def test_the_check_sees_a_poster_and_cards_that_do_not_hold(house: Path, tmp_path: Path) -> None:
    folder = _add(house, "manifeste", "brouillon")
    (folder / "poster.css").write_text(
        (folder / "poster.css").read_text(encoding="utf-8")
        + ".poster .p-title { height: 20mm; overflow: hidden }\n.poster .p-centre { color: var(--f-deep) }\nh1 { color: red }\n",
        encoding="utf-8",
    )
    _change(folder / "poster.html", '<p class="p-brand">', '<p class="p-brand" style="color:red">')
    _change(folder / "poster.html", "{{ said }}", '<span class="p-none">{{ said }}</span>')
    with (folder / "poster.css").open("a", encoding="utf-8") as css:
        css.write(".poster .p-none { display: none }\n")
    shutil.copy(house / "layouts" / "pieces" / "diapositive" / "diapositive.html", folder)
    _change(folder / "diapositive.html", "<article", '{% include "absente.html" %}<article')
    done = _run(house, "-c", INSPECTED, str(tmp_path))
    assert done.returncode == 0, done.stderr
    said = {what: " ".join(problems) for what, problems in json.loads(done.stdout).items()}
    assert said.pop("règles de style de l’affiche") == "« h1 » ne commence pas par .poster."
    poster = said.pop("affiche")
    for sign in ("est coupé", "du texte manque", "l’attribut style"):
        assert sign in poster
    cards = said.pop("réseaux, diapositive, fiche en une page")
    assert cards == "Le modèle demande absente.html, qui n’est pas là."
    for what, problems in said.items():
        assert what.startswith("couleurs "), what
        assert "affiche : « Centre social Les » se lit mal : 1,0 au lieu de 4,5" in problems


def test_the_command_ends_in_failure_and_says_what_to_mend(house: Path) -> None:
    folder = _add(house, "reperes", "brouillon")
    (folder / "screen.css").unlink()
    done = _run(house, "main.py", "gabarit", "brouillon")
    assert done.returncode == 1
    assert "Il manque screen.css." in done.stdout
    assert "brouillon : 1 point à revoir." in done.stdout
    assert "brouillon" in _run(house, "main.py", "gabarit").stdout
