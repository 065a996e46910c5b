"""A fiche as a document to rework (DOCX): all its text in the order of the page, with its pictures.

It is read from the page's own HTML, so that nothing said on the page is missing and nothing has to be told twice.
"""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph
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
    "blockquote": "Quote",
    "figcaption": "Caption",
}
_BLOCKS = {
    *_STYLES,
    *("p", "div", "section", "header", "footer", "article", "aside", "figure", "ul", "ol", "dl", "dt", "dd"),
    *("nav", "cite", "li"),
}
_HEADINGS = ("h1", "h2", "h3", "h4")
_LINK_COLOUR = RGBColor(0x0B, 0x4F, 0x8A)
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
    _prepare(tree)
    _Writer(made, media).write(tree, _Place())
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


def _prepare(tree: Any) -> None:
    """Take away what is drawn or repeated, and put into words what only the style of the page says."""
    for each in tree.xpath("//svg | //script | //style | //h1 | //span[@class='f-num']"):
        each.drop_tree()
    for each in tree.xpath("//*[contains(@class, 'f-sticker')]//br"):
        each.drop_tag()  # the round sticker breaks its line, the sentence goes on
    for each in tree.xpath("//*[@class='f-label']"):
        each.tag, each.text = "strong", f"{each.text_content()}{typography.NBSP}:"
    for each in tree.xpath("//*[@class='f-value']"):
        each.tail = ", " if each.getnext() is not None else ""


@dataclass(frozen=True)
class _Place:
    """Where a node stands: what its words take from the nodes around it."""

    style: str = ""
    bold: bool = False
    link: str = ""
    item: bool = False  # in an item of a list: its blocks are lines of one paragraph


@dataclass(frozen=True)
class _Run:
    text: str  # "\n" for a break
    bold: bool
    link: str


class _Writer:
    """Writes the blocks of a page one after the other."""

    def __init__(self, made: Document, media: MediaFinder | Path) -> None:
        self._made, self._media = made, media
        self._runs: list[_Run] = []  # of the paragraph being read
        self._style = ""
        self._numbering: int | None = None  # of the ordered list being read

    def write(self, node: Any, place: _Place) -> None:
        """Write a node and what it holds; `place` is that of the node."""
        inside = self._enter(node, place)
        self._say(node.text, inside)
        for child in node:
            if child.tag == "br":
                self._break()
            elif child.tag == "img":
                self._end()
                self._show(child)
            elif isinstance(child.tag, str):
                self.write(child, inside)
            self._say(child.tail, inside)
        self._leave(node, inside)

    def _enter(self, node: Any, place: _Place) -> _Place:
        """Begin a block if the node is one; return the place of what it holds."""
        if node.tag in ("strong", "b"):
            return replace(place, bold=True)
        if node.tag == "a":
            return replace(place, link=node.get("href") or "")
        if node.tag == "ol":
            self._numbering = self._new_numbering()
        if node.tag not in _BLOCKS:
            return place
        if place.item and node.tag != "li":
            self._break()
            return replace(place, bold=place.bold or node.tag in _HEADINGS)
        self._end()
        if node.tag == "li":
            ordered = node.getparent().tag == "ol"
            return replace(place, style="List Number" if ordered else "List Bullet", item=True)
        return replace(place, style=_STYLES.get(node.tag, place.style))

    def _leave(self, node: Any, inside: _Place) -> None:
        if node.tag in _BLOCKS:
            if inside.item and node.tag != "li":
                self._break()
            else:
                self._end()

    def _say(self, text: str | None, place: _Place) -> None:
        said = re.sub(r"[ \t\r\n]+", " ", (text or "").translate(_UNPRINTED))
        if not self._runs or self._runs[-1].text == "\n":
            said = said.lstrip(" ")
        if said:
            self._style = self._style if self._runs else place.style
            self._runs.append(_Run(said, place.bold, place.link))

    def _break(self) -> None:
        if self._runs and self._runs[-1].text != "\n":
            self._runs.append(_Run("\n", bold=False, link=""))

    def _end(self) -> None:
        runs, self._runs = self._runs, []
        while runs and not runs[-1].text.strip():
            runs.pop()
        if not runs:
            return
        runs[-1] = replace(runs[-1], text=runs[-1].text.rstrip(" "))
        paragraph = self._made.add_paragraph(style=self._style or None)
        if self._style == "List Number" and self._numbering is not None:
            numbered = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            numbered.get_or_add_ilvl().val = 0
            numbered.get_or_add_numId().val = self._numbering
        for each in runs:
            self._add(paragraph, each)

    def _add(self, paragraph: Paragraph, said: _Run) -> None:
        run = paragraph.add_run()
        run.bold = True if said.bold else None
        if said.text == "\n":
            run.add_break()
            return
        run.text = said.text
        if said.link:
            run.font.underline, run.font.color.rgb = True, _LINK_COLOUR
            target = paragraph.part.relate_to(said.link, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            link = paragraph._p.makeelement(qn("w:hyperlink"), {qn("r:id"): target})
            paragraph._p.append(link)
            link.append(run._r)

    def _new_numbering(self) -> int:
        """Return the numbering of a list that begins at one again."""
        style = self._made.styles["List Number"].element.pPr.numPr.numId.val
        numbering = self._made.part.numbering_part.element
        added = numbering.add_num(numbering.num_having_numId(style).abstractNumId.val)
        added.add_lvlOverride(ilvl=0).add_startOverride(1)
        return int(added.numId)

    def _show(self, picture: Any) -> None:
        found = _PICTURE.search(picture.get("src") or "")
        if not found:
            return
        name = f"{found[1]}-827.jpg"
        try:
            path = self._media / name if isinstance(self._media, Path) else self._media(name)
            shape = self._made.add_picture(str(path), width=_WIDTH)
        except OSError:  # the file is not there: the text goes without
            return
        shape.height, shape.width = _bounded(shape.height, shape.width)
        shape._inline.docPr.set("descr", picture.get("alt") or "")


def _bounded(height: int, width: int) -> tuple[int, int]:
    """Return the size of a picture no taller than half a page."""
    most = Cm(12)
    return (height, width) if height <= most else (most, round(width * most / height))
