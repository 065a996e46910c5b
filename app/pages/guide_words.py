"""What the pages of the guide say: the boxes of a step, the names of the words, the sentences about what is not fit."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from components.guide_form import Control, Group
from layouts.site.environment import french_spaces as fr
from models import guide

LISTS = {
    "conseils": ("Les conseils", "Conseil", "retiré", "Ajouter un conseil", 5),
    "aloud": ("Questions à poser à voix haute", "Question", "retirée", "Ajouter une question", 4),
}
NAMES = {
    "title": "Titre de l’étape",
    "short": "Nom court, dans la barre des étapes",
    "minutes": "Durée conseillée, en minutes",
    "consigne": "Consigne",
    "conseils": "Conseils",
    "example": "Exemple annoté",
    "speed": "Consigne d’écriture rapide",
    "aloud": "Questions à poser à voix haute",
    "label": "Nom de la case",
    "hint": "Aide sous le nom",
    "min": "Nombre de mots conseillé, au moins",
    "max": "Nombre de mots conseillé, au plus",
}
_EXAMPLE_HINT = (
    "Mettez entre crochets les passages à remarquer : [comme ceci]. Chacun reçoit un numéro et une note, "
    "qui dit pourquoi il est réussi."
)


def step_groups(key: str) -> list[Group]:
    """Return the boxes of a step: its own words, then those of each of its fields."""
    base = f"steps/{key}/"
    said = (
        Control(base + "title", "line", NAMES["title"]),
        Control(base + "short", "line", NAMES["short"]),
        Control(base + "minutes", "number", NAMES["minutes"]),
        Control(
            base + "consigne", "area", NAMES["consigne"], fr("La question posée en haut de l’étape."), rows=2
        ),
    )
    speed = (
        Control(base + "speed", "area", NAMES["speed"], rows=3),
        _list(base, "aloud", fr("Pour écrire à deux : l’un raconte, l’autre note.")),
    )
    return [
        Group("La consigne", said),
        Group("Les conseils", (_list(base, "conseils", "Deux ou trois, une idée chacun."),)),
        Group("L’exemple", (Control(base + "example", "example", NAMES["example"], fr(_EXAMPLE_HINT)),)),
        Group("L’écriture rapide", speed),
        *(_field_group(path) for path in fields_of(key)),
    ]


def _list(base: str, name: str, hint: str) -> Control:
    label, item, gone, add, limit = LISTS[name]
    return Control(base + name, "list", label, hint, item=item, gone=gone, add=add, limit=limit)


def fields_of(key: str) -> list[str]:
    """Return the patterns of the fields of a step, in the order of the guide's data."""
    return [path for path in guide.words().fields if guide.step_of(path).key == key]


def _field_group(path: str) -> Group:
    base = f"fields/{path}/"
    controls = [
        Control(base + "label", "line", NAMES["label"]),
        Control(base + "hint", "line", NAMES["hint"], "Facultatif."),
    ]
    if _is_text(path):
        controls += [
            Control(base + "min", "number", NAMES["min"], fr("Vide : rien n’est conseillé.")),
            Control(base + "max", "number", NAMES["max"], fr("Vide : rien n’est conseillé.")),
        ]
    return Group(fr(f"La case « {guide.field(path).label} »"), tuple(controls), closed=True)


def _is_text(path: str) -> bool:
    """Whether a length in words makes sense: where one is recommended, in the guide shipped or in force."""
    shipped, present = guide.shipped().fields[path], guide.words().fields[path]
    return any((shipped.min, shipped.max, present.min, present.max))


def message_groups() -> list[Group]:
    """Return the boxes of the sentences of the checks."""
    controls = []
    for key, shipped in guide.shipped().messages.items():
        places = sorted(set(re.findall(r"\{[^{}]*\}", shipped)))
        hint = f"Ce qui est entre accolades est rempli tout seul : {', '.join(places)}." if places else ""
        controls.append(Control(f"messages/{key}", "area", shipped, fr(hint)))
    return [Group("Ce que disent les vérifications", tuple(controls))]


def named(leaf: str) -> str:
    """Return the name of some words: "Le point de départ · Consigne"."""
    part, key, *name = leaf.split("/")
    if part == "messages":
        return "Phrase d’une vérification"
    if part == "steps":
        return f"{guide.step(key).title} · {NAMES[name[0]]}"
    return fr(f"{guide.step_of(key).title} · case « {guide.field(key).label} » · {NAMES[name[0]].lower()}")


def problems_in_french(problems: Mapping[str, str]) -> dict[str, str]:
    """Return a sentence for each problem, by address."""
    return {leaf: fr(_sentence(leaf, code)) for leaf, code in problems.items()}


def _sentence(leaf: str, code: str) -> str:
    kind, _, figure = code.partition(":")
    match kind:
        case "empty":
            return (
                "Cette phrase ne peut pas rester vide."
                if "/notes/" not in leaf
                else "Dites pourquoi ce passage est réussi."
            )
        case "long":
            return f"C’est trop long : {figure} caractères au plus."
        case "few":
            return "Gardez-en au moins un."
        case "many":
            return f"C’est trop : {figure} au plus."
        case "number":
            return "Écrivez un nombre entier, par exemple 8."
        case "low":
            return f"C’est trop peu : {figure} au moins."
        case "high":
            return f"C’est trop : {figure} au plus."
        case "order":
            return "Le plus petit nombre de mots dépasse le plus grand : corrigez l’un des deux."
        case "brackets":
            return "Chaque crochet ouvert doit être refermé, et les crochets ne s’emboîtent pas."
        case "marks":
            return "Il faut une note par passage entre crochets."
        case "places" if figure:
            return f"Gardez ce qui est entre accolades tel quel : {figure}."
        case "places":
            return "Cette phrase ne peut pas contenir d’accolades."
    return "Cette valeur ne convient pas."


def lines(value: Any) -> Iterator[str]:
    """Yield the lines in which a value is shown and compared."""
    if value is None or value == "" or value == []:
        yield "(rien)"
    elif isinstance(value, dict):
        yield from str(value["text"]).split("\n")
        yield from (f"{number}. {note}" for number, note in enumerate(value["notes"], 1))
    elif isinstance(value, list):
        yield from (f"– {text}" for text in value)
    else:
        yield str(value)
