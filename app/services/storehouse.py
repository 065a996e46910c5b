"""The store of finished files: each under the fingerprint of what it was made from, written whole or not at all."""

import asyncio
import hashlib
import shutil
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from weakref import WeakValueDictionary

KEPT_SECONDS = 24 * 3600  # a file that nothing names any more may still be on its way to a reader
_PAGES, _ABOUT = ".pages", ".about"  # suffixes of the notes beside a file

_folder = Path("data/pieces")
_locks: WeakValueDictionary[tuple[int, str], asyncio.Lock] = WeakValueDictionary()


@dataclass(frozen=True)
class Stored:
    """A finished file. `key` is a strong fingerprint: same key, same bytes."""

    path: Path
    key: str
    size: int  # bytes
    pages: int = 0  # of a PDF; 0: not known

    @property
    def etag(self) -> str:
        """The fingerprint as HTTP writes it."""
        return f'"{self.key}"'


def configure(folder: Path) -> None:
    """Say where the files are kept."""
    global _folder
    _folder = folder


def fingerprint(*parts: str) -> str:
    """Return 32 characters that change with any of `parts`."""
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part.encode()
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


def find(key: str, suffix: str, area: str = "fiches") -> Stored | None:
    """Return the file stored under `key`, None if it was not made yet. An `area` is swept as a whole."""
    path = _path(area, key, suffix)
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        return None
    return Stored(path, key, size, int(_noted(path, _PAGES) or 0) if suffix == ".pdf" else 0)


def holds(key: str, area: str = "fiches") -> bool:
    """Tell whether some file is stored under `key`."""
    return any(_path(area, key, "").parent.glob(f"{key}.*"))


def keep(
    key: str, suffix: str, made: bytes | Path, area: str = "fiches", *, pages: int = 0, about: str = ""
) -> Stored:
    """Store what was made (bytes, or a file to copy) under `key`; a reader sees all of it or nothing.

    `pages` of a PDF, and what else is to be known `about` the file, are noted beside it (see `about`).
    """
    path = _path(area, key, suffix)
    path.parent.mkdir(parents=True, exist_ok=True)
    for note, text in ((_PAGES, str(pages or "")), (_ABOUT, about)):
        if text:
            _write(path.with_suffix(note), text.encode())
    _write(path, made)
    return Stored(path, key, path.stat().st_size, pages)


def about(stored: Stored) -> str:
    """Return what was noted about a file, "" for nothing."""
    return _noted(stored.path, _ABOUT)


def _noted(path: Path, suffix: str) -> str:
    try:
        return path.with_suffix(suffix).read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""


def _write(path: Path, made: bytes | Path) -> None:
    with NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as partial:
        if isinstance(made, bytes):
            partial.write(made)
        else:
            with made.open("rb") as source:
                shutil.copyfileobj(source, partial)
    written = Path(partial.name)
    written.chmod(0o644)
    written.replace(path)


def turn(name: str) -> asyncio.Lock:
    """Return the lock of whoever makes what is called `name`: several who ask at once wait for one making."""
    mine = (id(asyncio.get_running_loop()), name)
    lock = _locks.get(mine)
    if lock is None:
        lock = _locks[mine] = asyncio.Lock()
    return lock


def sweep(keys: Iterable[str], area: str = "fiches") -> int:
    """Erase the files of `area` older than a day whose key isn't among `keys`; return how many went."""
    wanted, gone = set(keys), 0
    limit = time.time() - KEPT_SECONDS
    for path in (_folder / area).rglob("*"):
        if path.is_file() and path.name.partition(".")[0] not in wanted and path.stat().st_mtime < limit:
            path.unlink(missing_ok=True)
            gone += 1
    return gone


def _path(area: str, key: str, suffix: str) -> Path:
    return _folder / area / key[:2] / f"{key}{suffix}"
