"""Tagged PDFs bound into one: their pages, their tags, bookmarks, links from page to page, numbers laid over.

It is done in a process of its own (`command`: `python -m layouts.binding JOB.json`), which knows nothing but PDFs: the
memory that hundreds of pages take is bounded and goes back with it, and it can be stopped.
"""

import json
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

import pikepdf
from pikepdf import Array, Dictionary, Name

from . import limits

HERE = Path(__file__).resolve().parents[1]  # where `layouts` is found
# Pages say "fr": browsers choose the voice. Readers of PDFs take the code whole, and the checks of documents ask for it.
LANGUAGE = "fr-FR"
MEMORY_LIMIT = 1024**3  # bytes of address space; three hundred fiches take 0.3 of them


@dataclass(frozen=True)
class Part:
    """A PDF to bind, and its bookmark ("" for none)."""

    source: str  # path of a file
    bookmark: str = ""


@dataclass(frozen=True)
class Tab:
    """The tab that holds the number of a page, at its outer edge; points."""

    width: float
    height: float
    foot: float  # from the foot of the page
    colour: tuple[float, float, float]  # red, green, blue, 0 to 1


def count_pages(file: Path | BinaryIO) -> int:
    """Return how many pages a PDF has."""
    with pikepdf.open(file) as pdf:
        return len(pdf.pages)


@dataclass(frozen=True)
class Job:
    """What is to be bound.

    `numbered` gives the number to draw on each page, None for none; the ten pages of the file `digits` are the digits
    drawn in a `tab`. Links to `link` + NUMBER lead to that page of the result.
    """

    parts: tuple[Part, ...]
    title: str
    numbered: tuple[int | None, ...]
    digits: str
    tab: Tab
    link: str
    result: str  # path of the file to write

    def write(self, path: Path) -> None:
        """Store the job as JSON."""
        path.write_text(json.dumps(asdict(self)), encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> "Job":
        """Return a job stored by `write`."""
        values = json.loads(path.read_text(encoding="utf-8"))
        tab = values["tab"] | {"colour": tuple(values["tab"]["colour"])}
        return cls(
            **values
            | {
                "parts": tuple(Part(**each) for each in values["parts"]),
                "numbered": tuple(values["numbered"]),
                "tab": Tab(**tab),
            }
        )


def command(path: Path) -> list[str]:
    """Return the command that does the job stored at `path`; it prints "PAGES TOTAL" as it goes on."""
    return [sys.executable, "-m", "layouts.binding", str(path)]


def bind(job: Job, told: Callable[[int, int], None]) -> None:
    """Write the parts of a job as one PDF/UA-1; `told` is called with (pages bound, pages in all)."""
    bound, bookmarks = _blank(), []
    for part in job.parts:
        first = len(bound.pages)
        with pikepdf.open(part.source) as pdf:  # all that is taken of it is copied at once
            _take(bound, pdf, first)
        if part.bookmark:
            bookmarks.append(pikepdf.OutlineItem(part.bookmark, first, "Fit"))
        told(len(bound.pages), max(len(job.numbered), len(bound.pages)))
    with pikepdf.open(job.digits) as drawn:
        _lay_over(bound, drawn, job.numbered, job.tab)
    _lead(bound, job.link)
    with bound.open_outline() as outline:
        outline.root.extend(bookmarks)
    _describe(bound, job.title)
    bound.save(job.result, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def _blank() -> pikepdf.Pdf:
    """Return a file without pages, with a tree of tags to hang others under."""
    bound = pikepdf.new()
    document = bound.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, K=Array()))
    bound.Root.StructTreeRoot = bound.make_indirect(
        Dictionary(
            Type=Name.StructTreeRoot,
            K=Array([document]),
            RoleMap=Dictionary(),
            ParentTree=Dictionary(Nums=Array()),
            ParentTreeNextKey=0,
        )
    )
    document.P = bound.Root.StructTreeRoot
    return bound


def _take(bound: pikepdf.Pdf, pdf: pikepdf.Pdf, first: int) -> None:
    """Add the pages of `pdf`, of which the first one is of rank `first`, and hang its tags under those of the file."""
    root = bound.Root.StructTreeRoot
    document, parents = root.K[0], root.ParentTree.Nums
    bound.pages.extend(pdf.pages)
    # Pages come first: what the tags say of a page then leads to its copy.
    tree = bound.copy_foreign(pdf.make_indirect(pdf.Root.StructTreeRoot))
    kids = tree.K if isinstance(tree.K, Array) else Array([tree.K])
    for kid in kids:
        kid.S = Name.Part if Name.Document == kid.S else kid.S
        kid.P = document
        document.K.append(kid)
    for role, standard in tree.get("/RoleMap", Dictionary()).items():
        root.RoleMap[role] = standard
    base = int(root.ParentTreeNextKey)
    pairs = tree.ParentTree.Nums
    for rank in range(0, len(pairs), 2):
        parents.append(int(pairs[rank]) + base)
        parents.append(pairs[rank + 1])
    root.ParentTreeNextKey = base + (int(pairs[-2]) + 1 if len(pairs) else 0)
    for page in list(bound.pages)[first:]:
        if "/StructParents" in page:
            page.StructParents = int(page.StructParents) + base
        for each in page.get("/Annots", Array()):
            if "/StructParent" in each:
                each.StructParent = int(each.StructParent) + base


def _lay_over(bound: pikepdf.Pdf, digits: pikepdf.Pdf, numbered: Sequence[int | None], tab: Tab) -> None:
    """Draw a number at the outer edge of the pages that have one, as an artifact: readers say the number anyway."""
    drawn = [_bare(bound, page) for page in digits.pages]
    pitch, tall = (float(each) for each in digits.pages[0].mediabox[2:])
    colour = " ".join(f"{each:.3f}" for each in tab.colour)
    for page, number in zip(list(bound.pages), numbered, strict=False):
        if number is None:
            continue
        _, _, right, _top = (float(each) for each in page.mediabox)
        left = 0 if number % 2 == 0 else right - tab.width
        begin = left + (tab.width - pitch * len(str(number))) / 2
        strokes = [f"{colour} rg {left:.2f} {tab.foot:.2f} {tab.width:.2f} {tab.height:.2f} re f"]
        for rank, digit in enumerate(str(number)):
            name = page.add_resource(
                drawn[int(digit)], Name.XObject, Name(f"/CPdigit{digit}"), replace_existing=True
            )
            foot = tab.foot + (tab.height - tall) / 2
            strokes.append(f"q 1 0 0 1 {begin + rank * pitch:.2f} {foot:.2f} cm {name} Do Q")
        page.contents_add(b"q", prepend=True)
        page.contents_add(f"Q /Artifact BMC q {' '.join(strokes)} Q EMC".encode())


def _bare(bound: pikepdf.Pdf, page: pikepdf.Page) -> pikepdf.Object:
    """Return a page as a drawing of `bound`, without its marks for the tree of tags."""
    shape = bound.copy_foreign(page.as_form_xobject())
    for key in ("/StructParents", "/Group"):
        if key in shape:
            del shape[key]
    kept = [
        instruction
        for instruction in pikepdf.parse_content_stream(page)
        if str(instruction.operator) not in ("BDC", "BMC", "EMC")
    ]
    shape.write(pikepdf.unparse_content_stream(kept))
    return shape


def _lead(bound: pikepdf.Pdf, link: str) -> None:
    """Turn the addresses made of `link` and a number into links to that page; any other is left as it is."""
    pages = list(bound.pages)
    wanted = re.compile(re.escape(link) + r"([0-9]{1,5})")
    for page in pages:
        for each in page.get("/Annots", Array()):
            found = wanted.fullmatch(str(each.get("/A", Dictionary()).get("/URI", "")))
            number = int(found[1]) if found else 0
            if 1 <= number <= len(pages):
                each.A = Dictionary(S=Name.GoTo, D=Array([pages[number - 1].obj, Name.Fit]))
                each.Contents = pikepdf.String(f"Page {number}")


def _describe(bound: pikepdf.Pdf, title: str) -> None:
    bound.Root.MarkInfo = Dictionary(Marked=True)
    bound.Root.Lang = pikepdf.String(LANGUAGE)
    bound.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    bound.docinfo["/Title"] = title
    with bound.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as about:
        about["dc:title"] = title
        about["dc:language"] = {LANGUAGE}
        about["pdfuaid:part"] = "1"


def _main() -> None:
    limits.be_modest(MEMORY_LIMIT)
    try:
        bind(Job.read(Path(sys.argv[1])), lambda done, total: print(done, total, flush=True))
    except MemoryError:
        sys.exit(limits.OUT_OF_MEMORY)


if __name__ == "__main__":
    _main()
