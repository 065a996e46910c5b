"""The communication kit: every piece of a fiche in one archive, with the alternative texts and how to use each."""

import zipfile
from collections.abc import Mapping
from datetime import date
from io import BytesIO
from pathlib import Path

from models.content import Photo

from . import typography, wording
from .pictures import WIDTHS, stem
from .piece import Order, Piece

_SAYS = "LISEZ-MOI.txt"
_ALTERNATIVES = "textes-alternatifs.txt"


def archive(order: Order, pieces: Mapping[str, Piece]) -> bytes:
    """Return the ZIP of the files that an order brings (`parts`) and of its photos; `pieces`, by name, say what they are
    for. A photo whose file is not there is left out."""
    day = order.setting.updated or date(1980, 1, 1)
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as made:

        def add(name: str, data: bytes, kind: int = zipfile.ZIP_DEFLATED) -> None:
            entry = zipfile.ZipInfo(name, (max(1980, day.year), day.month, day.day, 12, 0, 0))
            entry.external_attr = 0o644 << 16
            entry.compress_type = kind
            made.writestr(entry, data)

        there = [pieces[name] for name in pieces if name in order.parts]
        photos = _photos(order)
        add(_SAYS, _text(_how_to_use(order, there, photos)))
        add(_ALTERNATIVES, _text(_alternatives(order, there, photos)))
        for piece in there:
            packed = piece.suffix in (".pdf", ".png", ".docx")
            kind = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
            add(piece.name, order.parts[piece.name].read_bytes(), kind)
        for name, _, path in photos:
            add(name, path.read_bytes(), zipfile.ZIP_STORED)
    return out.getvalue()


def _photos(order: Order) -> list[tuple[str, Photo, Path]]:
    """Return the photos of a fiche with their names in the kit and their files, as large as they are shown."""
    found = []
    for number, photo in enumerate(order.content.photos, 1):
        path = order.media / f"{stem(photo.media, photo.crop)}-{WIDTHS[-1]}.jpg"
        if path.is_file():
            found.append((f"photos/photo-{number}.jpg", photo, path))
    return found


def _text(lines: list[str]) -> bytes:
    # Old text editors want a mark of the encoding and both ends of lines.
    return "\r\n".join(lines).replace("\u202f", "\u00a0").encode("utf-8-sig")


def _how_to_use(order: Order, there: list[Piece], photos: list[tuple[str, Photo, Path]]) -> list[str]:
    content, setting = order.content, order.setting
    title = typography.bare(content.title) or "Fiche sans titre"
    lines = [f"KIT DE COMMUNICATION – {title}", ""]
    if content.card.name.strip():
        lines += [typography.bare(content.card.name), ""]
    if setting.public_url:
        lines += [f"La fiche en ligne : {setting.public_url}", ""]
    if setting.updated:
        lines += [f"Kit du {wording.day(setting.updated)}.", ""]
    lines += ["CE QUE VOUS TROUVEZ ICI", ""]
    for piece in there:
        lines += [f"{piece.name}", f"  {piece.label}. {piece.note}".rstrip(), ""]
    for name, photo, _ in photos:
        caption = typography.bare(photo.caption) or "Une photo de la fiche"
        lines += [name, f"  {caption}".rstrip(".") + ".", ""]
    lines += [
        "À SAVOIR",
        "",
        "Quand vous publiez une image, donnez aussi son texte alternatif (textes-alternatifs.txt) : les réseaux et les",
        "sites ont une case pour cela. Il est lu aux personnes qui ne voient pas l’image.",
        "Gardez le crédit des photos. Si une personne photographiée change d’avis, retirez l’image là où vous l’avez mise.",
        "",
    ]
    return lines


def _alternatives(order: Order, there: list[Piece], photos: list[tuple[str, Photo, Path]]) -> list[str]:
    lines = ["TEXTES ALTERNATIFS, à copier", ""]
    for piece in there:
        if piece.words is not None:
            lines += [piece.name, f"  {piece.words(order.content, order.setting)}", ""]
    for name, photo, _ in photos:
        about = [typography.bare(part) for part in (photo.alt, photo.caption, photo.credit)]
        lines += [
            name,
            f"  {about[0] or '(pas de texte alternatif)'}",
            *([f"  Légende : {about[1]}"] if about[1] else []),
            *([f"  Crédit : {about[2]}"] if about[2] else []),
            "",
        ]
    return lines
