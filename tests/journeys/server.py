"""A server process for browser journeys and benchmarks."""

import contextlib
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from app.settings import Settings
from tests.environment import clean_environment

ROOT = Path(__file__).parents[2]
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
]
ACCOUNTS = {"centre": 1, "comite-1": 2, "comite-2": 3, "administration": 4}


class Server:
    """A server process on a free port, with its own data folder; can be killed and started again."""

    def __init__(self, data_dir: Path, **settings: str) -> None:
        """`settings` are further settings, by their environment names without prefix: `public_url="http://…"`."""
        self.data_dir = data_dir
        self.settings = {f"CESTPOSSIBLE_{name.upper()}": value for name, value in settings.items()}
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = data_dir.parent / f"{data_dir.name}.log"
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def database(self) -> str:
        """The SQLAlchemy URL of its database."""
        return Settings(
            data_dir=self.data_dir, database_url=self.settings.get("CESTPOSSIBLE_DATABASE_URL", "")
        ).database

    @property
    def environment(self) -> dict[str, str]:
        return clean_environment() | {
            "CESTPOSSIBLE_PORT": str(self.port),
            "CESTPOSSIBLE_DATA_DIR": str(self.data_dir),
            "PYTHONUNBUFFERED": "1",
            **self.settings,
        }

    def command(self, *arguments: str) -> str:
        """Run the command line on this server's data."""
        done = subprocess.run(
            [sys.executable, "main.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=400,
            check=True,
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
