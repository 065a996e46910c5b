"""What differs between two versions of a fiche, as HTML: underlined and struck through, said to those who do not see it."""

from collections.abc import Callable, Sequence
from datetime import date
from html import escape
from typing import Any

from layouts import wording
from layouts.pictures import stem
from models import guide
from models.comparison import ADDED, REMOVED, SAME, Change, Item, Piece
from models.reading import is_day
from models.taxonomy import label

_N = "\u00a0"
_SHOWN = 260  # characters of a passage that did not change, around those that did
_ITEMS = {
    "needs": "Besoin",
    "stages": "Étape",
    "changes.figures": "Chiffre clé",
    "voices.quotes": "Citation",
    "success_factors": "Facteur de réussite",
    "attention_points": "Point d’attention",
    "advice": "Conseil",
    "further.links": "Lien",
    "photos": "Image",
}
_FEMININE = frozenset({"stages", "voices.quotes", "photos"})
_LISTS = {"themes": "themes", "publics": "publics", "residents.initiative": "initiatives"}
_CHOICES = {
    "status": "statuts_action",
    "residents.place": "places",
    "card.kind": "structures",
    "photos.*.consent": "accords_image",
    "photos.*.licence": "licences_image",
}
_NOT_SHOWN = frozenset({"media", "width", "height"})  # of a picture: the picture itself is shown
_OTHERS = {"card.commune": "Commune de la structure", "schema_version": "Format de la fiche"}


def name_of(path: str) -> str:
    """Return the label of a field as the editor shows it."""
    try:
        return guide.field(path).label
    except KeyError:
        return _OTHERS.get(path, path)


def change_html(change: Change) -> str:
    """Return one changed field, without its label."""
    if change.items:
        return _items(change)
    if change.pieces and not _is_value(change.path):
        return _texts(change.pieces)
    return _values(change.path, change.before, change.after)


def pieces_html(pieces: Sequence[Piece]) -> str:
    """Return a text with what was removed and added; long passages that did not change are cut short."""
    last = len(pieces) - 1
    return "".join(
        _same(piece.text, first=place == 0, last=place == last) if piece.kind == SAME else _marked(piece)
        for place, piece in enumerate(pieces)
    )


def in_words(path: str, value: Any) -> str:
    """Return a value as people say it; "" for nothing. What could not be read is shown as it was typed."""
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    try:
        return _said(guide.pattern(path), value)
    except (KeyError, ValueError, TypeError, IndexError):
        return str(value)


def plainly(path: str, value: Any) -> str:
    """Return any value, a list or an item of one too, as one line of words; "" for nothing."""
    if isinstance(value, list):
        each_in = f"{path}.{{}}"
        if path in _LISTS:
            return ", ".join(label(_LISTS[path], key) for key in value)
        return " · ".join(filter(None, (plainly(each_in.format(n), item) for n, item in enumerate(value))))
    if isinstance(value, dict):
        return _item_in_words(path, value)
    return in_words(path, value)


def _item_in_words(path: str, item: dict[str, Any]) -> str:
    """Return what is written in an item of a list; of a picture, not where its file is nor how it is cut."""
    said = [
        in_words(f"{path}.{key}", each)
        for key, each in item.items()
        if key not in (*_NOT_SHOWN, "focus_x", "focus_y", "crop") and not isinstance(each, bool)
    ]
    text = " · ".join(each for each in said if each)
    return text or ("image sans description" if "media" in item else "")


def _said(pattern: str, value: Any) -> str:
    if pattern in _CHOICES:
        return label(_CHOICES[pattern], value)
    for names, said in _SAID.items():
        if pattern in names:
            return said(value)
    if isinstance(value, int):
        return str(value) if pattern == "card.founded" else wording.number(value)
    return str(value)


def _percent(value: float) -> str:
    return f"{value * 100:.0f}{_N}%"


def _day(value: str) -> str:
    return wording.day(date.fromisoformat(value)) if is_day(value) else value


_SAID: dict[tuple[str, ...], Callable[[Any], str]] = {
    ("card.budget", "implementation.cost"): wording.euros,
    ("start", "end"): wording.month,
    ("commune", "card.commune"): lambda code: wording.place_name(code) or code,
    ("photos.*.consent_date", "photos.*.consent_until"): _day,
    ("photos.*.focus_x", "photos.*.focus_y"): _percent,
    ("photos.*.crop",): lambda _: "recadrée",
}


def _is_value(path: str) -> bool:
    pattern = guide.pattern(path)
    return pattern in _CHOICES or any(pattern in names for names in _SAID)


# --- texts and values -------------------------------------------------------------------------------------------


def _texts(pieces: Sequence[Piece]) -> str:
    if not any(piece.text.strip() for piece in pieces if piece.kind != SAME):
        return '<p class="change-text muted">Seuls des espaces ou des retours à la ligne ont changé.</p>'
    return f'<p class="change-text">{pieces_html(pieces)}</p>'


def _marked(piece: Piece) -> str:
    if not piece.text.strip():
        return escape(piece.text) if piece.kind == ADDED else ""
    # The spaces around stay outside: a mark that ends with one looks torn.
    bare = piece.text.strip()
    before, after = piece.text.split(bare, 1)
    if piece.kind == REMOVED:
        return f"{' ' if before else ''}{_gone(bare)} "
    return f"{escape(before)}{_came(bare)}{escape(after)}"


def _gone(text: str) -> str:
    return f'<del><span class="visually-hidden"> enlevé{_N}: </span>{escape(text)}<span class="visually-hidden"> fin. </span></del>'


def _came(text: str) -> str:
    return f'<ins><span class="visually-hidden"> ajouté{_N}: </span>{escape(text)}<span class="visually-hidden"> fin. </span></ins>'


def _same(text: str, *, first: bool, last: bool) -> str:
    if len(text) <= _SHOWN * 2:
        return escape(text)
    head = "" if first else text[:_SHOWN].rsplit(" ", 1)[0]
    tail = "" if last else text[-_SHOWN:].split(" ", 1)[-1]
    cut = '<span class="cut">[…]</span>'
    return f"{escape(head)} {cut} {escape(tail)}"


def _values(path: str, before: Any, after: Any) -> str:
    old, new = in_words(path, before), in_words(path, after)
    parts = [_gone(old) if old else "", _came(new) if new else ""]
    if not new:
        parts.append('<span class="muted">(vide maintenant)</span>')
    return f'<p class="change-text">{" ".join(part for part in parts if part)}</p>'


# --- lists ------------------------------------------------------------------------------------------------------


def _items(change: Change) -> str:
    if change.path in _LISTS:
        return _keys(change)
    lines = [_item(change.path, item) for item in change.items]
    return f'<ul class="change-items">{"".join(lines)}</ul>'


def _keys(change: Change) -> str:
    """Themes, publics …: what went, what came; their order only when nothing else changed."""
    names = _LISTS[change.path]
    gone = [_gone(label(names, item.before)) for item in change.items if item.now is None]
    came = [_came(label(names, item.after)) for item in change.items if item.was is None]
    if not gone and not came:
        order = ", ".join(escape(label(names, key)) for key in change.after)
        return f'<p class="change-text">Dans un autre ordre{_N}: {order}</p>'
    return f'<p class="change-text">{" ".join([*gone, *came])}</p>'


def _item(path: str, item: Item) -> str:
    name = _ITEMS.get(path, name_of(path))
    e = "e" if path in _FEMININE else ""
    place = (item.now if item.now is not None else item.was or 0) + 1
    if item.now is None:
        said, body = f"{name} {place}, enlevé{e}", _whole(path, item.before, _gone)
    elif item.was is None:
        said, body = f"{name} {place}, ajouté{e}", _whole(path, item.after, _came)
    else:
        moved = f", déplacé{e} (avant{_N}: {(item.was or 0) + 1})" if item.moved else ""
        said, body = f"{name} {place}{moved}", _inside(item)
    return f'<li><p class="change-item">{escape(said)}</p>{_picture(path, item)}{body}</li>'


def _picture(path: str, item: Item) -> str:
    """The picture itself, so that one knows which one it is; its description is among the texts."""
    if path != "photos":
        return ""
    photo = item.after or item.before
    source = escape(f"/medias/{stem(photo['media'], photo['crop'])}-400.jpg")
    return f'<img class="change-picture" src="{source}" alt="" loading="lazy" width="120" height="80">'


def _inside(item: Item) -> str:
    if item.pieces:
        return _texts(item.pieces)
    shown = [change for change in item.changes if change.path.rsplit(".", 1)[-1] not in _NOT_SHOWN]
    if not shown:
        return ""
    if not isinstance(item.after, dict):
        return ""
    return "".join(
        f'<p class="change-label">{escape(name_of(change.path))}</p>{change_html(change)}' for change in shown
    )


def _whole(path: str, value: Any, mark: Callable[[str], str]) -> str:
    if not isinstance(value, dict):
        return f'<p class="change-text">{mark(str(value))}</p>' if str(value).strip() else ""
    text = _item_in_words(f"{path}.0", value)
    return f'<p class="change-text">{mark(text)}</p>' if text else ""
