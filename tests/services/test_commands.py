"""The commands that make pieces, as somebody types them: what they write, what they say, how they end."""

import asyncio
import os
import sys
from pathlib import Path

import pypdfium2
import pytest

from layouts.catalogue import PIECES
from models.database import Database
from tests.environment import clean_environment
from tests.people import World

ROOT = Path(__file__).parents[2]


async def command(folder: Path, *arguments: str, database: str = "") -> tuple[int, str]:
    """Run `python main.py …` on the data of `folder`; return its exit code and all that it says."""
    settings = {"CESTPOSSIBLE_DATA_DIR": str(folder), "CESTPOSSIBLE_DEMO": "false"}
    if database:
        settings["CESTPOSSIBLE_DATABASE_URL"] = database
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "main.py",
        *arguments,
        cwd=ROOT,
        env=clean_environment() | settings | {"COLUMNS": "200", "PYTHONIOENCODING": "utf-8"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    return process.returncode or 0, said.decode()


@pytest.mark.parametrize("db", ["sqlite"], indirect=True)
async def test_pieces_are_made_ahead_and_bound_by_command(world: World, db: Database, tmp_path: Path) -> None:
    await world.published()
    url, result = db.url.render_as_string(hide_password=False), tmp_path / "brochure.pdf"
    code, said = await command(tmp_path, "render", database=url)
    assert (code, [line for line in said.splitlines() if line.endswith(" : 1")]) == (
        0,
        [f"{each.label} : 1" for each in PIECES.values()],
    )
    stored = {each.suffix for each in (tmp_path / "pieces").rglob("*") if each.is_file()}
    assert stored == {each.suffix for each in PIECES.values()} | {".pages"}

    code, said = await command(tmp_path, "brochure", str(result), "--titre", "Une brochure", database=url)
    with pypdfium2.PdfDocument(result) as document:
        pages = len(document)
    assert (code, said.splitlines()[-1].startswith(f"{result} : {pages}\u00a0pages, ")) == (0, True)

    nothing = ["brochure", str(result), "--titre", "Une", "--departement", "59"]
    code, said = await command(tmp_path, *nothing, database=url)
    assert (code, said.splitlines()[-1]) == (1, "Aucune fiche publiée ne convient, ou plus de 300.")
    code, said = await command(
        tmp_path, "brochure", str(tmp_path / "x" / "y.pdf"), "--titre", "Une", database=url
    )
    assert (code, "ne peut pas être écrit" in said) == (1, True)


async def test_the_gabarits_are_listed_and_an_unknown_one_is_named(tmp_path: Path) -> None:
    installed = sorted(
        each.name for each in (ROOT / "layouts" / "gabarits").iterdir() if (each / "manifest.toml").is_file()
    )
    listed = f"Gabarits : {', '.join(installed)}."
    assert await command(tmp_path, "gabarit") == (0, f"{listed}{os.linesep}")
    code, said = await command(tmp_path, "gabarit", "inconnu")
    assert (code, said.strip()) == (1, f"Il n’y a pas de gabarit « inconnu ». {listed}")
