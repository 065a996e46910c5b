"""Picture files as they come from telephones, software and attackers, built for the tests."""

import io
import random
import struct
import zipfile
import zlib

from PIL import Image

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="900" height="600"><script>alert(1)</script></svg>'
# Red of Display P3 at three quarters of its strength, and what it is in sRGB.
P3_RED, SRGB_RED = (191, 64, 64), (207, 50, 58)


def file_of(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    """The bytes of a picture."""
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def picture(width: int = 900, height: int = 600, mode: str = "RGB") -> Image.Image:
    """A picture whose left third is red, so that its orientation is seen."""
    image = Image.new("RGB", (width, height), "white")
    image.paste("red", (0, 0, width // 3, height))
    return image.convert(mode)


def quarters(width: int = 2000, height: int = 1000) -> Image.Image:
    """Red and green above, blue and white below: what a crop keeps is seen by its colours."""
    image = Image.new("RGB", (width, height), "red")
    image.paste((0, 128, 0), (width // 2, 0, width, height // 2))
    image.paste("blue", (0, height // 2, width // 2, height))
    image.paste("white", (width // 2, height // 2, width, height))
    return image


def telephone_notes(orientation: int = 6) -> Image.Exif:
    """A place, an author, a brand, and how the telephone was held (6: turn right)."""
    exif = Image.Exif()
    exif[0x0112], exif[0x013B], exif[0x010F] = orientation, "Prénom Nom", "Marque"
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "N", (45.0, 38.0, 12.0), "E", (0.0, 9.0, 33.0)
    return exif


def from_a_telephone() -> bytes:
    """A JPEG with a place, an author and a note that it was taken sideways."""
    return file_of(picture(), exif=telephone_notes(), comment=b"Secret", quality=95)


def heic(image: Image.Image | None = None, **options: object) -> bytes:
    """A real HEIC, as iPhones write them: `exif` (its orientation becomes the file's own turn), `icc_profile`."""
    if isinstance(exif := options.get("exif"), Image.Exif):
        options["exif"] = exif.tobytes()
    return file_of(image or picture(), "HEIF", quality=90, **options)


def bomb() -> bytes:
    """A PNG that says 50,000 × 50,000 pixels in a few hundred bytes."""
    data = bytearray(file_of(Image.new("1", (8, 8)), "PNG"))
    data[16:24] = (50_000).to_bytes(4, "big") * 2
    data[29:33] = zlib.crc32(data[12:29]).to_bytes(4, "big")
    return bytes(data)


def archive() -> bytes:
    """A real ZIP."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr("secret.txt", "Un secret.")
    return buffer.getvalue()


def film(size: int = 40_000) -> bytes:
    """The boxes of a short film, as telephones put one behind a picture."""
    body = random.Random(3).randbytes(size)
    return b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00isommp42" + struct.pack(">I4s", size + 8, b"mdat") + body


def samsung_trailer(*blocks: bytes) -> bytes:
    """What a Samsung puts behind a picture: named blocks, their list (SEFH), its length and SEFT."""
    named = [struct.pack("<HHI", 0, 0x0A30, 16) + b"MotionPhoto_Data" + block for block in blocks]
    left, entries = sum(map(len, named)), b""
    for block in named:
        entries += struct.pack("<HHII", 0, 0x0A30, left, len(block))
        left -= len(block)
    head = b"SEFH" + struct.pack("<II", 107, len(named)) + entries
    return b"".join(named) + head + struct.pack("<I", len(head)) + b"SEFT"


def display_p3() -> bytes:
    """An ICC profile of Display P3 (the colours of telephones): its primaries on the D50 white of ICC, sRGB's curve."""
    columns = {b"rXYZ": (0.51512, 0.24120, -0.00105), b"gXYZ": (0.29198, 0.69225, 0.04189)}
    columns |= {b"bXYZ": (0.15710, 0.06657, 0.78407), b"wtpt": (0.96420, 1.0, 0.82491)}

    def fixed(value: float) -> bytes:
        return struct.pack(">i", round(value * 65536))

    curve = b"para" + bytes(4) + struct.pack(">HH", 3, 0)
    curve += b"".join(map(fixed, (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)))
    text = "Display P3".encode("utf-16-be")
    said = b"mluc" + bytes(4) + struct.pack(">II2s2sII", 1, 12, b"en", b"US", len(text), 28) + text
    tags = {name: b"XYZ " + bytes(4) + b"".join(map(fixed, xyz)) for name, xyz in columns.items()}
    tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve) | {b"desc": said, b"cprt": said}
    at, table, body = 132 + 12 * len(tags), b"", b""
    for name, value in tags.items():
        padded = value + bytes(-len(value) % 4)
        table += struct.pack(">4sII", name, at + len(body), len(value))
        body += padded
    size = at + len(body)
    head = struct.pack(">I4sI4s4s4s", size, b"test", 0x04000000, b"mntr", b"RGB ", b"XYZ ")
    head += struct.pack(">6H", 2024, 1, 1, 0, 0, 0) + b"acsp" + bytes(28)
    head += b"".join(map(fixed, (0.9642, 1.0, 0.82491))) + bytes(48)
    return head + struct.pack(">I", len(tags)) + table + body
