"""Pictures of the sheets of fiches being written, in the data folder: every process shows what any of them has made.

They are working copies: found by who may read the fiche (`measuring.picture`), made again when they are gone.
"""

import os
import re
import shutil
import time
from pathlib import Path
from tempfile import mkdtemp

from models.errors import NotFound

KEPT = 3600.0  # seconds after the last look
MOST = 100  # fiches; their pages weigh about 400 kB each
_KEY = re.compile(r"[0-9a-f]{32}")
_folder: Path | None = None


def configure(folder: Path) -> None:
    """Say where the pictures live; the folder is made at the first one."""
    global _folder
    _folder = folder


def keep(revision_id: int, key: str, pages: list[bytes]) -> None:
    """Store the pages (JPEG) of a revision under the key of its content; what is old or too much makes room."""
    folder = _where()
    folder.mkdir(parents=True, exist_ok=True)
    _tidy(folder)
    fresh = Path(mkdtemp(prefix="en-cours-", dir=folder))
    for rank, page in enumerate(pages):
        (fresh / f"{rank}.jpg").write_bytes(page)
    try:
        fresh.rename(_place(revision_id, key))
    except OSError:  # another process was faster
        shutil.rmtree(fresh, ignore_errors=True)


def there(revision_id: int, key: str) -> bool:
    """Whether the pages are stored; they are kept for another while."""
    try:
        os.utime(_place(revision_id, key))
    except (OSError, NotFound):
        return False
    return True


def read(revision_id: int, key: str, page: int) -> bytes:
    """Return a page (from 0); NotFound."""
    try:
        return (_place(revision_id, key) / f"{page}.jpg").read_bytes()
    except OSError:
        raise NotFound from None


def _where() -> Path:
    if _folder is None:
        raise RuntimeError("paper.configure() comes first")
    return _folder


def _place(revision_id: int, key: str) -> Path:
    if not _KEY.fullmatch(key):  # it comes from an address
        raise NotFound
    return _where() / f"{revision_id}-{key}"


def _tidy(folder: Path) -> None:
    """Remove what nobody has looked at for long, and the oldest beyond what is kept."""
    known = sorted(((_age(path), path) for path in folder.iterdir()), reverse=True)
    for rank, (age, path) in enumerate(known):
        if age > KEPT or rank < len(known) - MOST + 1:
            shutil.rmtree(path, ignore_errors=True)


def _age(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except OSError:  # another process has removed it
        return 0.0
