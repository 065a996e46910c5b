"""Laying out fetches our own fonts and pictures and nothing else, whatever is written in a fiche."""

import base64
import http.server
import resource
import struct
import threading
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from itertools import cycle
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from layouts import binding, booklet, paper, renderer
from layouts.catalogue import FICHE, KIT, LARGE, PIECES
from layouts.piece import Order
from layouts.setting import Fit
from models.content import FicheContent
from tests.factories import full_content, store_pictures

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
    """A fiche with something in every field, and pictures that are there."""
    (folder / "medias").mkdir()
    store_pictures(folder / "medias")
    return full_content()


def bomb() -> str:
    """Return an address whose picture of 12 kB takes 100 MB once it is opened."""
    rows = zlib.compress(bytes(1 + 10_000 // 8) * 10_000, 9)
    header = struct.pack(">IIBBBBB", 10_000, 10_000, 1, 0, 0, 0, 0)
    parts = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in ((b"IHDR", header), (b"IDAT", rows), (b"IEND", b""))
    )
    return "data:image/png;base64," + base64.b64encode(b"\x89PNG\r\n\x1a\n" + parts).decode()


def attacks(base: str, folder: Path) -> list[str]:
    secret = folder / "secret.txt"
    return [
        f'<img src="{base}/img"><img src="file://{secret}">',
        f'<link rel="stylesheet" href="{base}/css"><link rel="attachment" href="file://{secret}">',
        f"<style>@import url({base}/import); body{{background:url({base}/background)}}</style>",
        f'"><svg><image href="{base}/svg"/><use href="file://{secret}#a"/></svg>',
        f'<object data="{base}/object"></object><embed src="{base}/embed"><iframe src="{base}/frame"></iframe>',
        f'<a rel="attachment" href="file://{secret}">x</a><base href="{base}/">',
        '<img src="../secret.txt"><img src="media:../secret.txt"><img src="media:%2e%2e/secret.txt">',
    ]


# What no text can be written in: keys, dates, words of closed lists.
CLOSED = {
    *("kind", "commune", "start", "end", "status", "themes", "publics", "initiative", "residents.place"),
    *("media", "licence", "consent", "consent_date", "consent_until", "crop"),
}


def hostile(seed: FicheContent, poisons: list[str], address: str) -> FicheContent:
    """Return `seed` with a poison in every field of text, and an address that watches in every field of address."""
    values, turn = seed.model_dump(mode="json"), cycle(poisons)
    for holder, key, name in list(fields(values)):
        if name in CLOSED or name.rpartition(".")[2] in CLOSED - {"residents.place"}:
            continue
        holder[key] = address if name.endswith(("url", "website")) else next(turn)
    return FicheContent.model_validate(values)  # no field refuses


def fields(value: Any, name: str = "") -> Iterator[tuple[Any, Any, str]]:
    """Yield where each text of a document stands: its holder, its key, the names that lead to it."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, each in pairs:
        called = name if isinstance(value, list) else f"{name}.{key}".lstrip(".")
        if isinstance(each, dict | list):
            yield from fields(each, called)
        elif isinstance(each, str):
            yield value, key, called


def spread(data: bytes) -> bytes:
    """Return all that a file says: the parts of an archive, the streams and attachments of a PDF."""
    if data[:2] == b"PK":
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return b"".join(archive.read(name) for name in archive.namelist())
    if data[:5] == b"%PDF-":
        with pikepdf.open(BytesIO(data)) as pdf:
            assert not pdf.attachments
            streams = (each for each in pdf.objects if isinstance(each, pikepdf.Stream))
            return b"".join(each.read_raw_bytes() for each in streams)
    return data


def test_every_field_of_text_is_poisoned(seed: FicheContent, folder: Path) -> None:
    poisons = attacks("http://127.0.0.1", folder)
    content = hostile(seed, poisons, "http://127.0.0.1/address")
    written = {name: holder[key] for holder, key, name in fields(content.model_dump(mode="json"))}
    untouched = {
        name for name, text in written.items() if not any(mark in text for mark in ("<", "127.0.0.1"))
    }
    assert {name.rpartition(".")[2] for name in untouched} <= {each.rpartition(".")[2] for each in CLOSED}
    assert {"card.name", "photos.alt", "photos.caption", "photos.credit", "residents.text", "advice"} <= (
        written.keys() - untouched
    )


ROUGH = Fit(flow=True, band=True, split=0, pages=99)  # no search: what is tried is what is fetched


@pytest.mark.parametrize("name", [name for name in PIECES if name != KIT.name])
def test_no_text_makes_a_piece_fetch_anything(
    name: str, seed: FicheContent, folder: Path, asked: tuple[str, list[str]]
) -> None:
    base, seen = asked
    content = hostile(seed, attacks(base, folder), f"{base}/address")
    gabarits = [each.name for each in renderer.list_gabarits()] if name == FICHE.name else ["reperes"]
    for gabarit in gabarits:
        order = Order(content, renderer.Setting(gabarit=gabarit), folder / "medias", ROUGH)
        assert SECRET.encode() not in spread(PIECES[name].make(order).data)
    assert seen == []


def test_no_text_makes_a_booklet_fetch_anything(
    seed: FicheContent, folder: Path, asked: tuple[str, list[str]]
) -> None:
    base, seen = asked
    content = hostile(seed, attacks(base, folder), f"{base}/address")
    path = folder / "fiche.pdf"
    path.write_bytes(FICHE.make(Order(content, renderer.Setting(), folder / "medias", ROUGH)).data)
    poison = "".join(attacks(base, folder))
    book = booklet.Booklet(
        title=poison,
        entries=[booklet.entry(content, path)],
        made=date(2026, 1, 1),
        subtitle=poison,
        editorial=poison,
        signed=poison,
        publisher=poison,
    )
    job = binding.Job.read(booklet.prepare(book, folder, media=folder / "medias"))
    binding.bind(job, lambda done, total: None)
    assert SECRET.encode() not in spread(Path(job.result).read_bytes())
    assert seen == []


def test_a_bomb_is_only_text(seed: FicheContent, folder: Path) -> None:
    poison = f'<img src="{bomb()}">'
    assert 10_000 < len(poison) < 20_000
    content = seed.model_copy(update={"summary": poison})
    for piece in (FICHE, PIECES["une-page.pdf"], LARGE, PIECES["a-retravailler.docx"]):
        order = Order(content, renderer.Setting(), folder / "medias", ROUGH)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        assert piece.make(order).data
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 90_000  # kB


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
