"""A fiche as a document to rework (DOCX): all its text in the order of the page, with its pictures.

It is read from the page's own HTML, so that nothing said on the page is missing and nothing has to be told twice.
"""

import re
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from lxml import html

from models.content import FicheContent

from . import typography
from .manifest import manifest
from .markup import article
from .paper import MediaFinder
from .setting import Setting

_STYLES = {
    "h1": "Title",
    "h2": "Heading 1",
    "h3": "Heading 2",
    "h4": "Heading 3",
    "li": "List Bullet",
    "blockquote": "Quote",
    "figcaption": "Caption",
}
_BLOCKS = {
    *_STYLES,
    *("p", "div", "section", "header", "footer", "article", "aside", "figure", "ul", "ol", "dl", "dt", "dd"),
    *("nav", "cite"),
}
_WIDTH = Cm(15.9)
_PICTURE = re.compile(r"/([0-9a-z-]+)-\d+\.(?:jpg|webp)")
_UNPRINTED = str.maketrans("", "", typography.SHY + typography.BREAK)


def document(content: FicheContent, setting: Setting, *, media: MediaFinder | Path) -> bytes:
    """Return the fiche as a DOCX: styles of headings and lists, pictures with their alternative texts."""
    made = docx.Document()
    _dress(made, manifest(setting.gabarit).colours(setting.palette)["strong"])
    about = made.core_properties
    about.title, about.author = typography.bare(content.title)[:255], typography.bare(content.card.name)[:255]
    about.language, about.comments = "fr-FR", ""
    if setting.updated:
        about.created = about.modified = datetime.combine(setting.updated, datetime.min.time(), UTC)
    tree = html.fragment_fromstring(article(content, setting))
    title = typography.bare(content.title)
    if title:
        made.add_paragraph(title, style="Title")
    for each in tree.xpath("//svg | //script | //style | //h1 | //span[@class='f-num']"):
        each.drop_tree()
    alts = {photo.media: typography.bare(photo.alt) for photo in content.photos}
    _Writer(made, media, alts).write(tree)
    if setting.public_url:
        made.add_paragraph(f"Fiche en ligne : {setting.public_url}")
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def _dress(made: Document, colour: str) -> None:
    """Set the page, the type and the colours."""
    page = made.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.5)
    page.top_margin = page.bottom_margin = Cm(2.2)
    strong = RGBColor.from_string(colour.lstrip("#").upper())
    for style in made.styles:
        if style.type == WD_STYLE_TYPE.PARAGRAPH:
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
                fonts.set(qn(f"w:{kind}"), "Arial")
            for kind in ("asciiTheme", "hAnsiTheme", "cstheme", "eastAsiaTheme"):
                fonts.attrib.pop(qn(f"w:{kind}"), None)
        if style.name in ("Title", "Heading 1", "Heading 2", "Heading 3"):
            style.font.color.rgb = strong
    made.styles["Title"].font.size = Pt(26)
    made.styles["Normal"].font.size = Pt(11)
    language = made.styles["Normal"].element.get_or_add_rPr()
    spoken = language.makeelement(qn("w:lang"), {qn("w:val"): "fr-FR"})
    language.append(spoken)


class _Writer:
    """Writes the blocks of a page one after the other."""

    def __init__(self, made: Document, media: MediaFinder | Path, alts: dict[str, str]) -> None:
        self._made, self._media, self._alts = made, media, alts
        self._runs: list[tuple[str, bool]] = []  # text of the paragraph being read, and whether it is bold
        self._style = ""

    def write(self, node: Any, style: str = "", bold: bool = False) -> None:
        """Write a node and what it holds."""
        own = _STYLES.get(node.tag, style)
        block = node.tag in _BLOCKS
        if block:
            self._end()
            self._style = own
        self._say(node.text, bold or node.tag in ("strong", "b"))
        for child in node:
            if child.tag == "br":
                self._end()
                self._style = own
            elif child.tag == "img":
                self._end()
                self._show(child)
                self._style = own
            elif isinstance(child.tag, str):
                self.write(child, own, bold or node.tag in ("strong", "b"))
                if child.tag in _BLOCKS:
                    self._style = own
            self._say(child.tail, bold or node.tag in ("strong", "b"))
        if block:
            self._end()

    def _say(self, text: str | None, bold: bool) -> None:
        said = re.sub(r"[ \t\r\n]+", " ", (text or "").translate(_UNPRINTED))
        if said and (said != " " or self._runs):
            self._runs.append((said, bold))

    def _end(self) -> None:
        runs, self._runs = self._runs, []
        if not "".join(text for text, _ in runs).strip():
            return
        paragraph = self._made.add_paragraph(style=self._style or None)
        first, last = 0, len(runs) - 1
        for rank, (text, bold) in enumerate(runs):
            shown = text.lstrip(" ") if rank == first else text
            run = paragraph.add_run(shown.rstrip(" ") if rank == last else shown)
            run.bold = True if bold else None

    def _show(self, picture: Any) -> None:
        found = _PICTURE.search(picture.get("src") or "")
        if not found:
            return
        stem = found[1]
        name = f"{stem}-827.jpg"
        try:
            path = self._media / name if isinstance(self._media, Path) else self._media(name)
            shape = self._made.add_picture(str(path), width=_WIDTH)
        except OSError:  # the file is not there: the text goes without
            return
        shape.height, shape.width = _bounded(shape.height, shape.width)
        alt = next((alt for key, alt in self._alts.items() if stem.startswith(key)), "")
        shape._inline.docPr.set("descr", alt)


def _bounded(height: int, width: int) -> tuple[int, int]:
    """Return the size of a picture no taller than half a page."""
    most = Cm(12)
    return (height, width) if height <= most else (most, round(width * most / height))
