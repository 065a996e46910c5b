"""The communication kit: every piece of a fiche in one archive, with the alternative texts and how to use each."""

import zipfile
from collections.abc import Mapping
from datetime import date
from io import BytesIO
from pathlib import Path

from models.content import FicheContent

from . import typography, wording
from .piece import Piece
from .setting import Setting

_SAYS = "LISEZ-MOI.txt"
_ALTERNATIVES = "textes-alternatifs.txt"


def archive(
    content: FicheContent, setting: Setting, pieces: Mapping[str, Piece], parts: Mapping[str, Path]
) -> bytes:
    """Return the ZIP of the files `parts`, by name of piece; those in `pieces` say what they are for."""
    day = setting.updated or date(1980, 1, 1)
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as made:

        def add(name: str, data: bytes, kind: int = zipfile.ZIP_DEFLATED) -> None:
            entry = zipfile.ZipInfo(name, (max(1980, day.year), day.month, day.day, 12, 0, 0))
            entry.external_attr = 0o644 << 16
            entry.compress_type = kind
            made.writestr(entry, data)

        there = [pieces[name] for name in pieces if name in parts]
        add(_SAYS, _text(_how_to_use(content, setting, there)))
        add(_ALTERNATIVES, _text(_alternatives(content, there)))
        for piece in there:
            packed = piece.suffix in (".pdf", ".png", ".docx")
            add(
                piece.name,
                parts[piece.name].read_bytes(),
                zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED,
            )
    return out.getvalue()


def _text(lines: list[str]) -> bytes:
    # Old text editors want a mark of the encoding and both ends of lines.
    return "\r\n".join(lines).replace("\u202f", "\u00a0").encode("utf-8-sig")


def _how_to_use(content: FicheContent, setting: Setting, there: list[Piece]) -> list[str]:
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
    lines += [
        "À SAVOIR",
        "",
        "Quand vous publiez une image, donnez aussi son texte alternatif (textes-alternatifs.txt) : les réseaux et les",
        "sites ont une case pour cela. Il est lu aux personnes qui ne voient pas l’image.",
        "Gardez le crédit des photos. Si une personne photographiée change d’avis, retirez l’image là où vous l’avez mise.",
        "",
    ]
    return lines


def _alternatives(content: FicheContent, there: list[Piece]) -> list[str]:
    title = typography.bare(content.title) or "Fiche sans titre"
    cover = content.cover
    seen = f" Photo : {typography.bare(cover.alt)}" if cover and cover.alt.strip() else ""
    lead = f" {typography.bare(content.accroche)}" if content.accroche.strip() else ""
    lines = ["TEXTES ALTERNATIFS, à copier", ""]
    for piece in there:
        if piece.media_type.startswith("image/"):
            lines += [piece.name, f"  « {title} ».{lead}{seen}", ""]
    for number, photo in enumerate(content.photos, 1):
        about = [typography.bare(part) for part in (photo.alt, photo.caption, photo.credit)]
        lines += [
            f"Photo {number}",
            f"  {about[0] or '(pas de texte alternatif)'}",
            *([f"  Légende : {about[1]}"] if about[1] else []),
            *([f"  Crédit : {about[2]}"] if about[2] else []),
            "",
        ]
    return lines
