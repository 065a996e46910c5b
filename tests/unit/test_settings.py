"""Settings: documented, checked, and safe by default."""

import re
import stat
from pathlib import Path

import pytest
from pydantic import ValidationError

from app.settings import Settings

README = Path(__file__).parents[2] / "README.md"


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"CESTPOSSIBLE_{name.upper()}", raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_described_and_in_the_readme(name: str) -> None:
    assert Settings.model_fields[name].description
    if not README.exists():
        pytest.skip("no README yet")
    assert f"`CESTPOSSIBLE_{name.upper()}`" in README.read_text(encoding="utf-8")


def test_the_readme_documents_no_setting_that_does_not_exist() -> None:
    if not README.exists():
        pytest.skip("no README yet")
    documented = set(
        re.findall(r"^\| `CESTPOSSIBLE_(\w+)`", README.read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert documented == {name.upper() for name in Settings.model_fields}


def test_the_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CESTPOSSIBLE_PORT", "9090")
    monkeypatch.setenv("CESTPOSSIBLE_DEMO", "false")
    settings = Settings()
    assert (settings.port, settings.demo, settings.address) == (9090, False, "http://127.0.0.1:9090")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "abc"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("SMTP_TLS", "ssl3"),
        ("LOG_LEVEL", "loud"),
        ("DATABASE_URL", "sqlite:///a.db"),
        ("DATABASE_URL", "mysql://somewhere"),
    ],
)
def test_a_wrong_value_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"CESTPOSSIBLE_{name}", value)
    with pytest.raises(ValidationError) as refused:
        Settings()
    assert refused.value.errors()[0]["loc"][0] in (name.lower(), name)


def test_the_public_address_has_no_final_slash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CESTPOSSIBLE_PUBLIC_URL", "https://exemple.example/")
    assert Settings().address == "https://exemple.example"


@pytest.mark.parametrize(
    ("demo", "smtp", "is_open"), [("true", "", True), ("false", "", False), ("true", "smtp.example", False)]
)
def test_the_mailbox_of_login_links_is_open_only_in_the_demonstration_without_smtp(
    monkeypatch: pytest.MonkeyPatch, demo: str, smtp: str, is_open: bool
) -> None:
    monkeypatch.setenv("CESTPOSSIBLE_DEMO", demo)
    monkeypatch.setenv("CESTPOSSIBLE_SMTP_HOST", smtp)
    assert Settings().mailbox_open is is_open


def test_the_signing_key_is_drawn_once_and_readable_by_its_owner_only(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CESTPOSSIBLE_DATA_DIR", str(tmp_path / "donnees"))
    settings = Settings()
    settings.prepare()
    key = settings.signing_key
    assert len(key) >= 32
    assert Settings().signing_key == key
    assert stat.S_IMODE((tmp_path / "donnees" / "secret.key").stat().st_mode) == 0o600


def test_the_folders_are_made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CESTPOSSIBLE_DATA_DIR", str(tmp_path / "a" / "b"))
    Settings().prepare()
    assert sorted(path.name for path in (tmp_path / "a" / "b").iterdir()) == ["medias", "originaux", "pieces"]
