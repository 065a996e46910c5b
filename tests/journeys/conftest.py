"""Whole stories in a real browser, against a server of their own in another process."""

import contextlib
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.environment import clean_environment
from tools.need_chromium import find

ROOT = Path(__file__).parents[2]
ACCOUNTS = {"centre": 1, "comite-1": 2, "comite-2": 3, "administration": 4}


class Server:
    """A server process on a free port, with its own data folder; can be killed and started again."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = data_dir.parent / f"{data_dir.name}.log"
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        return clean_environment() | {
            "CESTPOSSIBLE_PORT": str(self.port),
            "CESTPOSSIBLE_DATA_DIR": str(self.data_dir),
            "PYTHONUNBUFFERED": "1",
        }

    def command(self, *arguments: str) -> str:
        """Run the command line on this server's data."""
        done = subprocess.run(
            [sys.executable, "main.py", *arguments],
            cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=120, check=True,
        )
        return done.stdout

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "main.py", "serve"], cwd=ROOT, env=self.environment, stdout=log, stderr=log
            )
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise AssertionError(f"the server stopped:\n{self.log.read_text()}")
            with contextlib.suppress(OSError), urllib.request.urlopen(f"{self.url}/connexion", timeout=2):
                return
            time.sleep(0.2)
        raise AssertionError(f"the server does not answer:\n{self.log.read_text()}")

    def kill(self) -> None:
        """As when the power fails."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self.kill()


@pytest.fixture(scope="session")
def demo_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with the demonstration, shared by the tests that only read or add."""
    server = Server(tmp_path_factory.mktemp("demo") / "data")
    server.start()
    yield server
    server.stop()


@pytest.fixture
def empty_server(tmp_path: Path) -> Iterator[Server]:
    """A server with accounts and structures but no fiche."""
    server = Server(tmp_path / "data")
    server.command("demo", "--accounts-only")
    server.start()
    yield server
    server.stop()
    shutil.rmtree(server.data_dir, ignore_errors=True)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    path = find()
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    return browser_type_launch_args | {"args": arguments} | ({"executable_path": path} if path else {})


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return browser_context_args | {"locale": "fr-FR", "timezone_id": "Europe/Paris", "viewport": {"width": 1440, "height": 900}}


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
