"""What the person who starts the server meets: one clear sentence, an exit code, no traceback."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.environment import clean_environment

ROOT = Path(__file__).parents[2]


def start(tmp_path: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = clean_environment() | {
        "CESTPOSSIBLE_DATA_DIR": str(tmp_path / "data"),
        **{f"CESTPOSSIBLE_{name.upper()}": value for name, value in settings.items()},
    }
    return subprocess.run(
        [sys.executable, "main.py", *(arguments or ("serve",))],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def test_a_busy_port_is_said_in_one_sentence(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = start(tmp_path, port=str(port))
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert f"127.0.0.1:{port}" in done.stderr
    assert "CESTPOSSIBLE_PORT" in done.stderr


def test_a_data_folder_that_cannot_be_written_is_said_in_one_sentence(tmp_path):
    (tmp_path / "fichier").write_text("")
    done = start(tmp_path, port="18999", data_dir=str(tmp_path / "fichier" / "data"))
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "ne peut pas être écrit" in done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [("port", "beaucoup"), ("port", "99999"), ("database_url", "mysql://base"), ("smtp_tls", "peut-être")],
)
def test_a_wrong_setting_is_named(tmp_path, name, value):
    done = start(tmp_path, **{name: value})
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert f"CESTPOSSIBLE_{name.upper()}" in done.stderr
    assert value in done.stderr


def test_a_database_that_does_not_answer_is_said_in_one_sentence(tmp_path):
    done = start(tmp_path, port="18998", database_url="postgresql+psycopg://nobody@127.0.0.1:1/rien")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "base de données" in done.stderr


def test_the_demonstration_loads_once_and_stays(tmp_path):
    first = start(tmp_path, "demo")
    assert first.returncode == 0, first.stderr
    assert int(first.stdout.split()[0]) >= 49
    second = start(tmp_path, "demo")
    assert "contient déjà" in second.stdout


def test_login_link_prints_a_link_that_can_be_opened(tmp_path):
    done = start(tmp_path, "login-link", "admin@essai.example", public_url="https://site.example")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("https://site.example/connexion/")
    wrong = start(tmp_path, "login-link", "pas une adresse")
    assert wrong.returncode == 1
    assert "semble incomplète" in wrong.stderr
