"""The Jinja environment of the public pages, of the shared header and of the footer."""

import hashlib
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from markupsafe import Markup

from layouts import typography, wording
from layouts.pictures import sources
from models.taxonomy import label

SITE = Path(__file__).parent
STATIC = SITE / "static"
_TOKENS = SITE.parent / "tokens.css"
_BUNDLES = {"site": ("site.css",), "public": ("site.css", "public.css")}
_IMPORT = '@import url("/styles/tokens.css");'

# Templates are typed with plain spaces; what readers see has the spaces of French typography.
_SPACES = (
    (re.compile(r" ([;!?])(?=[\s<.)»]|$)"), rf"{typography.THIN}\1"),
    (re.compile(r" :(?=[\s<]|$)"), f"{typography.NBSP}:"),
    (re.compile(r"« ?"), f"«{typography.NBSP}"),
    (re.compile(r" ?»"), f"{typography.NBSP}»"),
    (re.compile(r"(?<=\w)'(?=\w)"), "’"),
)


def french_spaces(text: str) -> str:
    """Return the text of a template with no-break spaces and typographic apostrophes."""
    for pattern, replacement in _SPACES:
        text = pattern.sub(replacement, text)
    return text


class FrenchTemplates(Extension):
    """Applies `french_spaces` once, when a template is compiled: pages pay nothing for it."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Rewrite what lies outside of expressions, and the strings inside them."""
        for token in stream:
            if token.type in ("data", "string"):
                yield Token(token.lineno, token.type, french_spaces(str(token.value)))
            else:
                yield token


@cache
def bundle(name: str) -> str:
    """Return a style sheet with the tokens in front: one request blocks the first paint, not three. KeyError if unknown."""
    if name == "tokens":
        return _TOKENS.read_text(encoding="utf-8")
    parts = [(STATIC / part).read_text(encoding="utf-8").replace(_IMPORT, "") for part in _BUNDLES[name]]
    return "\n".join([_TOKENS.read_text(encoding="utf-8"), *parts])


def fingerprint(text: str) -> str:
    """Return eight characters that change with `text`: addresses that carry them may be kept for ever."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]


@cache
def style_url(name: str) -> str:
    """Return the address of a bundle ("site" for the working pages, "public")."""
    return f"/styles/{name}.css?v={fingerprint(bundle(name))}"


@cache
def asset(name: str) -> str:
    """Return the address of a file of `static`."""
    return f"/ressources/{name}?v={fingerprint((STATIC / name).read_text(encoding='utf-8'))}"


def plural(number: int, one: str, many: str = "") -> str:
    """Return "1 fiche", "12 fiches", "aucune" being the template's business."""
    return f"{wording.number(number)}{typography.NBSP}{one if number < 2 else many or one + 's'}"


def json_ld(value: object) -> Markup:
    """Return JSON that may stand in a script element: no `<`, `>` or `&` survives."""
    text = json.dumps(value, ensure_ascii=False)
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))  # noqa: S704


@cache
def environment() -> Environment:
    """Return the environment, made once."""
    made = Environment(
        loader=FileSystemLoader(SITE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=[FrenchTemplates],
        auto_reload=False,
    )
    made.filters.update(
        fr=typography.french,
        title=typography.title,
        bare=typography.bare,
        inline=typography.inline,
        paragraphs=typography.paragraphs,
        href=typography.href,
        day=lambda value: wording.day(value.date() if hasattr(value, "date") else value),
        number=wording.number,
        json_ld=json_ld,
    )
    made.globals.update(
        actor=None,
        links=(),
        here="",
        site={"address": "", "publisher": "", "contact": "", "demo": False},
        plural=plural,
        label=label,
        asset=asset,
        style_url=style_url,
        sources=sources,
    )
    return made


def publisher() -> str:
    """Return who publishes the site."""
    site: dict[str, object] = environment().globals["site"]  # type: ignore[assignment]
    return str(site["publisher"])


def configure(*, address: str, publisher: str, contact: str, demo: bool = False) -> None:
    """Say who publishes the site and where: the footer and the legal pages need it. `demo`: its content is invented."""
    environment().globals["site"] = {
        "address": address,
        "publisher": publisher,
        "contact": contact,
        "demo": demo,
    }


def render(name: str, **context: Any) -> str:
    """Render a template of the site.

    `_header.html` and `_footer.html` may be rendered alone by the working pages: `actor` (anything with `name`,
    `on_committee`, `is_admin`) shows the account, `here` is the path of the current page.
    """
    return environment().get_template(name).render(**context)
