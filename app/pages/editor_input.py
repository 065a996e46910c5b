"""What is typed becomes content: numbers as people write them, wrong values kept out and explained beside the field."""

import re
from collections.abc import Collection
from enum import Enum
from typing import Any

from pydantic import BaseModel, ValidationError

from models import guide
from models.content import FicheContent

NUMBERS = frozenset({"card.founded", "card.budget", "implementation.cost", "residents.count"})
_EMPTY_IS_NONE = re.compile(r"(status|residents\.place|photos\.\d+\.(consent|licence))$")
_MAX_LIST = 40

_N = "\u00a0"
SENTENCES = {
    "card.founded": f"Écrivez une année en quatre chiffres, par exemple{_N}: 1987.",
    "residents.count": f"Écrivez un nombre entier, en chiffres, par exemple{_N}: 25.",
    "card.budget": f"Écrivez un montant en chiffres, sans lettres, par exemple{_N}: 38{_N}000.",
    "implementation.cost": f"Écrivez un montant en chiffres, sans lettres, par exemple{_N}: 4{_N}500.",
    "start": f"Écrivez une année en quatre chiffres, par exemple{_N}: 2024. Le mois est facultatif.",
    "end": f"Écrivez une année en quatre chiffres, par exemple{_N}: 2025. Le mois est facultatif.",
    "photos.*.consent_date": f"Écrivez une date complète, par exemple{_N}: 12/03/2024.",
    "photos.*.consent_until": f"Écrivez une date complète, par exemple{_N}: 12/03/2026.",
}
ADDRESS = f"Vérifiez cette adresse{_N}: elle commence par https:// (ou http://)."
TOO_LONG = f"C’est trop long pour cette case ({{limit}} caractères au plus){_N}: ce texte sera enregistré quand vous l’aurez raccourci."
TOO_MANY = f"Il y en a trop{_N}: {{limit}} au plus."
LOST_ONE = (
    f"L’image {{numbers}} n’est plus chez nous{_N}: retirez-la, puis ajoutez-la à nouveau depuis votre appareil."
    " En attendant, ce que vous en avez écrit reste ici."
)
LOST_SEVERAL = (
    f"Les images {{numbers}} ne sont plus chez nous{_N}: retirez-les, puis ajoutez-les à nouveau depuis votre appareil."
    " En attendant, ce que vous en avez écrit reste ici."
)
OTHER = (
    f"Nous ne comprenons pas cette réponse. Corrigez-la quand vous voulez{_N}: tout le reste est enregistré."
)


def apply(content: FicheContent, path: str, raw: Any) -> tuple[FicheContent, dict[str, str]]:
    """Return `content` with `raw` at `path`, and a sentence for each path that could not be taken.

    What is refused keeps its former value; everything else of the same list is taken. Unknown paths change nothing.
    """
    data = content.model_dump(mode="json")
    if not _known(data, path):
        return content, {}
    problems: dict[str, str] = {}
    former = content.model_dump(mode="json")
    _put(data, path, _read(path, raw))
    for _ in range(_MAX_LIST):
        try:
            return FicheContent.model_validate(data), problems
        except ValidationError as error:
            for each in error.errors():
                where = ".".join(str(part) for part in each["loc"])
                problems[where] = _sentence(where, each)
                _put_back(data, where, former)
    return content, problems or {path: OTHER}


def lost_pictures(content: FicheContent, unknown: Collection[str]) -> dict[str, str]:
    """Return the sentence beside the images when pictures of `content`, by their keys, could not be stored with it."""
    numbers = [str(place) for place, photo in enumerate(content.photos, 1) if photo.media in unknown]
    if len(numbers) > 1:
        return {"photos": LOST_SEVERAL.format(numbers=f"{', '.join(numbers[:-1])} et {numbers[-1]}")}
    return {"photos": LOST_ONE.format(numbers=numbers[0])} if numbers else {}


def value_at(content: FicheContent, path: str) -> Any:
    """Return the JSON value at `path`; None if there is none."""
    node: Any = content
    for key in path.split("."):
        if isinstance(node, BaseModel):
            node = getattr(node, key) if key in type(node).model_fields else None
        elif isinstance(node, list) and key.isdigit() and int(key) < len(node):
            node = node[int(key)]
        else:
            return None
    return _plain(node)


def _plain(node: Any) -> Any:
    if isinstance(node, BaseModel):
        return node.model_dump(mode="json")
    if isinstance(node, list):
        return [_plain(each) for each in node]
    return node.value if isinstance(node, Enum) else node


def root_of(path: str) -> str:
    """Return the list that holds the field at `path`, or the path itself: a change in a list travels as the list."""
    return re.split(r"\.\d+(?:\.|$)", path)[0]


def _known(data: dict[str, Any], path: str) -> bool:
    """Whether `path` names a field of the guide or a list of such fields, in `data`."""
    try:
        guide.step_of(path)
    except KeyError:
        return False
    keys = path.split(".")
    parent = _get(data, ".".join(keys[:-1])) if len(keys) > 1 else data
    return isinstance(parent, dict) and keys[-1] in parent and not isinstance(parent[keys[-1]], dict)


def _read(path: str, raw: Any) -> Any:
    if path in NUMBERS:
        return _number(raw)
    if isinstance(raw, str) and raw == "" and _EMPTY_IS_NONE.search(path):
        return None
    if path == "photos" and isinstance(raw, list):
        return [
            {**item, **{name: item.get(name) or None for name in ("consent", "licence")}}
            if isinstance(item, dict)
            else item
            for item in raw
        ]
    return raw


def _number(raw: Any) -> Any:
    """Read "3 830 490", "3.830.490 €" or "12,50"; what is no number comes back as it is, to be refused."""
    if not isinstance(raw, str):
        return raw
    text = re.sub(r"\s|€|euros?$", "", raw.strip(), flags=re.IGNORECASE)
    if not text:
        return None
    if re.fullmatch(r"\d{1,3}(\.\d{3})+", text):
        text = text.replace(".", "")
    if re.fullmatch(r"\d{1,15}([.,]\d{1,2})?", text):
        return round(float(text.replace(",", ".")))
    return raw


def _sentence(path: str, error: Any) -> str:
    known = SENTENCES.get(guide.pattern(path))
    if known:
        return known
    if path.endswith((".url", "website")) and error["type"] == "value_error":
        return ADDRESS
    context = error.get("ctx") or {}
    if error["type"] in ("string_too_long", "too_long") and isinstance(error["input"], str):
        return TOO_LONG.format(limit=f"{context['max_length']:,}".replace(",", "\u202f"))
    if error["type"] == "too_long":
        return TOO_MANY.format(limit=context["max_length"])
    return OTHER


def _get(data: Any, path: str) -> Any:
    for key in path.split("."):
        if isinstance(data, dict):
            data = data.get(key)
        elif isinstance(data, list) and key.isdigit() and int(key) < len(data):
            data = data[int(key)]
        else:
            return None
    return data


def _put(data: Any, path: str, value: Any) -> None:
    *parents, last = path.split(".")
    node = _get(data, ".".join(parents)) if parents else data
    if isinstance(node, dict):
        node[last] = value
    elif isinstance(node, list) and last.isdigit() and int(last) < len(node):
        node[int(last)] = value


def _put_back(data: Any, path: str, former: Any) -> None:
    """Put the former value back; where there was none, let the model's default stand, or drop the item."""
    before = _get(former, path)
    *parents, last = path.split(".")
    node = _get(data, ".".join(parents)) if parents else data
    if before is not None and before != _get(data, path):
        _put(data, path, before)
    elif isinstance(node, dict) and last in node:
        del node[last]
    elif isinstance(node, list) and last.isdigit() and int(last) < len(node):
        node[int(last)] = ""
        if not isinstance(before, str):
            del node[int(last)]
    elif parents:  # the whole item lacks something that it cannot do without
        _put_back(data, ".".join(parents), {})
