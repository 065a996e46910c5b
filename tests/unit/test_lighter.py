"""The part of Quasar that is served is that of NiceGUI's version, and our pages use nothing else of it."""

import ast
import inspect
import re
from pathlib import Path

import httpx
import nicegui
import pytest
from fastapi import FastAPI
from nicegui import ui

from app import lighter
from app.compressed import Compressed
from tools import build_quasar

ROOT = Path(__file__).parents[2]
REBUILD = "name it in tools/build_quasar.py, then run `python -m tools.build_quasar`"
# Elements of NiceGUI that show nothing of Quasar, or what was kept of it (`ui.notify`, the page).
WITHOUT_QUASAR = {"Element", "Html", "Label", "Link", "Markdown", "Query", "Colors", "Timer"}


def test_our_quasar_is_of_the_version_that_nicegui_carries():
    assert lighter.version(lighter.STATIC / lighter.SCRIPT), "NiceGUI no longer says which Quasar it carries"
    assert lighter.version(lighter.QUASAR / lighter.SCRIPT) == lighter.version(
        lighter.STATIC / lighter.SCRIPT
    ), "NiceGUI has another Quasar: run `python -m tools.build_quasar`"


def sources() -> list[Path]:
    return [path for folder in ("app", "components") for path in (ROOT / folder).rglob("*.py")]


def test_our_pages_are_made_of_elements_that_need_nothing_else_of_quasar():
    used = {
        node.attr
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "ui"
    }
    assert {"element", "html", "notify"} <= used
    elements = {getattr(ui, name).__name__ for name in used if inspect.isclass(getattr(ui, name))}
    assert elements - {"page", "Navigate", "context"} <= WITHOUT_QUASAR, REBUILD


def test_no_component_of_quasar_is_named_that_is_not_built():
    built = {re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower() for name in build_quasar.COMPONENTS}
    named = {
        tag
        for folder in ("app", "components")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in (".py", ".js") and path.parent != lighter.QUASAR
        for tag in re.findall(r"[\"'<](q-[a-z]+[a-z-]*)[\"'\s>]", path.read_text(encoding="utf-8"))
    }
    assert named <= built, REBUILD


@pytest.fixture
def served() -> httpx.AsyncClient:
    app = FastAPI()
    app.add_middleware(Compressed)
    lighter.register(app)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://site")


async def test_what_is_served_is_compressed_and_kept_by_browsers(served):
    path = f"/_nicegui/{nicegui.__version__}/static/{lighter.SCRIPT}"
    text = (lighter.QUASAR / lighter.SCRIPT).read_text(encoding="utf-8")
    for _ in range(2):  # made, then from memory
        answer = await served.get(path, headers={"Accept-Encoding": "br"})
        assert answer.headers["content-encoding"] == "br"
        assert "immutable" in answer.headers["cache-control"]
        assert int(answer.headers["content-length"]) < len(text) / 2
        assert answer.text == text
    plain = await served.get(path, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.text == text
    part = await served.get(path, headers={"Accept-Encoding": "br", "Range": "bytes=0-9"})
    assert part.text == text[:10]
    known = await served.get(path, headers={"Accept-Encoding": "br", "If-None-Match": answer.headers["etag"]})
    assert known.status_code == 304
    assert not known.content


async def test_without_a_quasar_of_the_same_version_nicegui_serves_its_own(monkeypatch, tmp_path):
    (tmp_path / lighter.SCRIPT).write_text("/*! Quasar Framework v0.0.1 */")
    monkeypatch.setattr(lighter, "QUASAR", tmp_path)
    app = FastAPI()
    lighter.register(app)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://site") as client:
        folder = f"/_nicegui/{nicegui.__version__}/static"
        assert (await client.get(f"{folder}/{lighter.SCRIPT}")).status_code == 404
        assert (await client.get(f"{folder}/fonts.css")).text == ""
