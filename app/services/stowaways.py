"""What travels with a picture and is none: a file that is also a page, a script or an archive, or carries something else.

Telephones add things of their own after a picture: a short film, a second picture for bright screens, notes. Those are
let in; re-encoding leaves them behind.
"""

import re
from collections.abc import Callable

CRUMBS = 1024  # bytes: what software leaves behind a picture without meaning anything by it
_PDF_WITHIN = 1024  # bytes: readers of PDF look for its mark so far
_ZIP_WITHIN = 22 + 65_535  # bytes: readers of ZIP look for its end so far back

# Formats that are read wherever they stand in a file. A drawing needs its namespace to be one.
_WRITTEN = re.compile(
    rb"<(?:\?php\s|script[\s/>]|!doctype\s+html|html[\s>]|iframe\s|svg\s[^>]{0,500}xmlns)", re.IGNORECASE
)
_PACKED = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")
# How what is no picture begins, right behind one.
_BEGINNINGS = (
    *(b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"SQLite format"),
    *(b"%PDF-", b"%!PS", b"{\\rtf", b"\xd0\xcf\x11\xe0", b"GIF8", b"<"),
    *(b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"#!"),
)
_XMP = (b"<?xpacket", b"<x:xmpmeta")  # notes of photo software, in a place of their own

# A film begins with zeros, the length of its first box.
_PADDING = re.compile(rb"[\x00\s]*?(?=....ftyp|[^\x00\s]|\Z)", re.DOTALL)
_SCAN_END = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")  # in a scan, FF is followed by 00 or by a restart mark
_WEBP = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ANIM", b"ANMF", b"ALPH", b"ICCP", b"EXIF", b"XMP "))


def is_foreign(data: bytes, kind: str, *, signed: bool) -> bool:
    """Whether a picture of that `kind` (JPEG, PNG, WEBP, HEIF) is something else too, or carries what nobody knows.

    `signed`: its notes name the make of a camera. Cameras may add what only they can read (depth, retouching), in
    formats without end: it does no harm, as all of it is left behind.
    """
    if data.find(b"%PDF-", 0, _PDF_WITHIN) >= 0 or _is_zip(data) or any(mark in data for mark in _PACKED):
        return True
    if _WRITTEN.search(data):
        return True
    try:
        rest = _unknown(data, _ENDS[kind](data))
    except (IndexError, ValueError):  # its parts can't be told apart: decoders have judged it
        return False
    if rest.startswith(_BEGINNINGS) and not rest.startswith(_XMP):
        return True
    return len(rest) > CRUMBS and not signed


def _is_zip(data: bytes) -> bool:
    """Whether programs that open archives (or Java, or office documents) would find one."""
    at = data.rfind(b"PK\x05\x06", max(0, len(data) - _ZIP_WITHIN))
    if at < 0:
        return False
    directory = at - int.from_bytes(data[at + 12 : at + 16], "little")
    return directory >= 0 and data[directory : directory + 4] == b"PK\x01\x02"


def _unknown(data: bytes, at: int) -> bytes:
    """Return what stands from `at` on, without the padding, pictures, films and trailers that telephones add."""
    end = _samsung_start(data)
    while at < end:
        padding = _PADDING.match(data, at, end)
        at = padding.end() if padding else at
        if data[at : at + 3] == b"\xff\xd8\xff":
            at = _jpeg_end(data, at)
        elif data[at + 4 : at + 8] == b"ftyp":
            at = _boxes_end(data, at)
        else:
            break
    return data[at:end]


def _samsung_start(data: bytes) -> int:
    """Return where the trailer of a Samsung begins (SEFH … SEFT), the length of the file without one."""
    if not data.endswith(b"SEFT"):
        return len(data)
    head = len(data) - 8 - int.from_bytes(data[-8:-4], "little")
    if head < 0 or data[head : head + 4] != b"SEFH":
        return len(data)
    count = int.from_bytes(data[head + 8 : head + 12], "little")
    entries = range(head + 12, min(head + 12 + 12 * count, len(data) - 8), 12)
    back = [int.from_bytes(data[at + 4 : at + 8], "little") for at in entries]  # from the head
    return max(0, head - max(back, default=0))


def _jpeg_end(data: bytes, at: int = 0) -> int:
    """Return where the JPEG that begins at `at` ends; ValueError or IndexError when it can't be followed."""
    at += 2
    while True:
        if data[at] != 0xFF:
            raise ValueError("no marker")
        marker = data[at + 1]
        if marker == 0xD9:
            return at + 2
        if marker == 0xFF:
            at += 1
            continue
        if marker == 0x01 or 0xD0 <= marker <= 0xD7:
            at += 2
            continue
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == 0xDA:
            scan = _SCAN_END.search(data, at)
            if scan is None:
                raise ValueError("no end")
            at = scan.start()


def _png_end(data: bytes) -> int:
    at = 8
    while True:
        kind = data[at + 4 : at + 8]
        if len(kind) < 4:
            raise ValueError("no end")
        at += 12 + int.from_bytes(data[at : at + 4], "big")
        if kind == b"IEND":
            return at


def _webp_end(data: bytes) -> int:
    at = 12
    while data[at : at + 4] in _WEBP:
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        at += 8 + size + size % 2
    return at


def _boxes_end(data: bytes, at: int = 0) -> int:
    """Return where the boxes of a HEIC or a film end."""
    while at + 8 <= len(data) and data[at + 4 : at + 8].isalnum():
        size = int.from_bytes(data[at : at + 4], "big")
        if size == 1:
            size = int.from_bytes(data[at + 8 : at + 16], "big")
        elif size == 0:  # up to the end of the file
            size = len(data) - at
        if size < 8 or at + size > len(data):
            break
        at += size
    return at


_ENDS: dict[str, Callable[[bytes], int]] = {
    "JPEG": _jpeg_end,
    "PNG": _png_end,
    "WEBP": _webp_end,
    "HEIF": _boxes_end,
}
