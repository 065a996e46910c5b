"""Laying out fetches our own fonts and pictures and nothing else, whatever is written in a fiche."""

import http.server
import threading
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from itertools import cycle
from pathlib import Path

import pikepdf
import pytest

from layouts import paper, renderer
from layouts.poster import poster_pdf
from layouts.setting import Fit
from models.content import FicheContent
from tests.demo_fiches import SEED, demo_fiches

SECRET = "the-secret-of-the-house"


@pytest.fixture(scope="module")
def asked() -> Iterator[tuple[str, list[str]]]:
    """A real server that notes what it is asked: its address, and the paths."""
    seen: list[str] = []

    class Noting(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Noting)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", seen
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("fetched")
    (made / "secret.txt").write_text(SECRET)
    return made


@pytest.fixture(scope="module")
def seed(folder: Path) -> FicheContent:
    return demo_fiches(folder)[SEED]


def attacks(base: str, folder: Path) -> list[str]:
    secret = folder / "secret.txt"
    bomb = "data:image/svg+xml;base64," + "QUFB" * 40
    return [
        f'<img src="{base}/img"><img src="file://{secret}">',
        f'<link rel="stylesheet" href="{base}/css"><link rel="attachment" href="file://{secret}">',
        f"<style>@import url({base}/import); body{{background:url({base}/background)}}</style>",
        f'"><svg><image href="{base}/svg"/><use href="file://{secret}#a"/></svg>',
        f'<object data="{base}/object"></object><embed src="{base}/embed"><iframe src="{base}/frame"></iframe>',
        f'<a rel="attachment" href="file://{secret}">x</a><base href="{base}/">',
        f'<img src="{bomb}">',
        '<img src="../secret.txt"><img src="media:../secret.txt"><img src="media:%2e%2e/secret.txt">',
    ]


def poisoned(value: object, poisons: Iterator[str]) -> object:
    """Return a value in which each free text is the next poison."""
    if isinstance(value, dict):
        return {key: poisoned(each, poisons) for key, each in value.items()}
    if isinstance(value, list):
        return [poisoned(each, poisons) for each in value]
    return next(poisons) if isinstance(value, str) else value


def hostile(seed: FicheContent, poisons: Iterator[str]) -> FicheContent:
    """Return `seed` with a poison in every part that accepts one."""
    content = seed
    for part, value in seed.model_dump().items():
        with suppress(ValueError):  # a key, a date, a word of a list: nothing can be written there
            content = FicheContent.model_validate(content.model_dump() | {part: poisoned(value, poisons)})
    return content


@pytest.mark.parametrize("gabarit", [each.name for each in renderer.list_gabarits()])
def test_no_text_makes_the_renderer_fetch_anything(
    gabarit: str, seed: FicheContent, folder: Path, asked: tuple[str, list[str]]
) -> None:
    base, seen = asked
    content = hostile(seed, cycle(attacks(base, folder)))
    assert all(
        part in content.model_dump_json() for part in ("/img", "@import", "/svg", "secret.txt", "base64")
    )
    setting = renderer.Setting(gabarit=gabarit, palette=next(iter(renderer.manifest(gabarit).palettes)))
    made = renderer.pdf(
        content, setting, media=folder / "medias", fit=Fit(flow=True, band=True, split=0, pages=99)
    )
    with pikepdf.open(BytesIO(made.data)) as pdf:
        assert not pdf.attachments
    assert SECRET.encode() not in made.data
    if gabarit == "reperes":
        assert poster_pdf(content, setting, media=folder / "medias")[:5] == b"%PDF-"
    assert seen == []


@pytest.mark.parametrize(
    "url",
    [
        "{base}/x",
        "https://example.org/x.jpg",
        "ftp://example.org/x",
        "file://{secret}",
        "file:///etc/passwd",
        "{secret}",
        "data:text/css,body{{}}",
        "data:image/svg+xml;base64,QUFB",
        "media:../secret.txt",
        "media:/../secret.txt",
        "media:%2e%2e%2fsecret.txt",
        "media:..\\secret.txt",
        "media://127.0.0.1/abcdefgh-1654.jpg",
        "media:abcdefgh-1654.jpg/../../secret.txt",
        "media:abcdefgh-1654.jpg\x00",
        "media:abcdefgh-1654.svg",
        "font:../secret.txt",
        "font:nunito-800-normal.ttf/../../secret.txt",
        "font:%2e%2e%2fmarkup.py",
        "FILE://{secret}",
        "javascript:alert(1)",
        "",
    ],
)
def test_every_other_address_is_refused(url: str, folder: Path, asked: tuple[str, list[str]]) -> None:
    base, seen = asked
    fetcher = paper.OwnFetcher(folder / "medias")
    with pytest.raises(ValueError, match="refused"):
        fetcher.fetch(url.format(base=base, secret=folder / "secret.txt"))
    assert seen == []


def test_our_own_fonts_and_pictures_are_found(folder: Path, seed: FicheContent) -> None:
    fetcher = paper.OwnFetcher(folder / "medias")
    picture = sorted((folder / "medias").glob("*-827.jpg"))[0]
    assert fetcher.fetch(f"media:{picture.name}").read() == picture.read_bytes()
    font = sorted(paper.FONTS.glob("*.ttf"))[0]
    assert fetcher.fetch(f"font:{font.name}").read() == font.read_bytes()
