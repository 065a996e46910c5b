"""Whole stories in a real browser, against a server of their own in another process."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.journeys.server import ACCOUNTS, CHROMIUM_ARGUMENTS, Server
from tools.need_chromium import find


@pytest.fixture(scope="session")
def demo_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with the demonstration, shared by the tests that only read or add; no document is made unless asked for:
    those of the whole demonstration would take the machine for five minutes."""
    server = Server(tmp_path_factory.mktemp("demo") / "data", pieces_ahead="false")
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def empty_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Accounts and structures but no fiche: the data of a server, copied for each that begins so."""
    server = Server(tmp_path_factory.mktemp("empty") / "data")
    server.command("demo", "--accounts-only")
    return server.data_dir


@contextmanager
def _begun(data_dir: Path, empty_data: Path) -> Iterator[Server]:
    server = Server(data_dir)
    shutil.copytree(empty_data, data_dir)
    server.start()
    yield server
    server.stop()
    shutil.rmtree(data_dir, ignore_errors=True)


@pytest.fixture
def empty_server(tmp_path: Path, empty_data: Path) -> Iterator[Server]:
    """A server with accounts and structures but no fiche."""
    with _begun(tmp_path / "data", empty_data) as server:
        yield server


@pytest.fixture(scope="module")
def shared_server(tmp_path_factory: pytest.TempPathFactory, empty_data: Path) -> Iterator[Server]:
    """The same for the tests of a file that each write a fiche of their own, and may see those of the others."""
    with _begun(tmp_path_factory.mktemp("shared") / "data", empty_data) as server:
        yield server


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    path = find()
    return (
        browser_type_launch_args | {"args": CHROMIUM_ARGUMENTS} | ({"executable_path": path} if path else {})
    )


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return browser_context_args | {
        "locale": "fr-FR",
        "timezone_id": "Europe/Paris",
        "viewport": {"width": 1440, "height": 900},
    }


@pytest.fixture
def visit(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Callable[..., Page]]:
    """Open a page as somebody: `visit(server, "comite-1", "/comite")`; each call is another browser."""
    contexts: list[BrowserContext] = []

    def open_page(server: Server, account: str | None, path: str = "/", **options: Any) -> Page:
        context = browser.new_context(**(browser_context_args | options))
        context.set_default_timeout(15_000)
        contexts.append(context)
        if account:
            context.request.post(
                f"{server.url}/connexion/demonstration/{ACCOUNTS[account]}",
                headers={"Origin": server.url},
                max_redirects=0,
            )
        page = context.new_page()
        page.goto(server.url + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
