"""Communes in the editor: their names, and those that fit what is typed."""

from layouts.wording import place_name
from models import geography
from models.content import FicheContent

AT_MOST = 8


def commune_names(content: FicheContent) -> dict[str, str]:
    """Return the names of the communes of `content`, by INSEE code."""
    codes = {content.commune, content.card.commune} - {""}
    return {code: place_name(code) or code for code in codes}


def suggestions(query: str) -> list[dict[str, str]]:
    """Return the communes whose name or post code fits `query`, the likeliest first."""
    found = []
    for commune in geography.find_communes(query, AT_MOST):
        label = place_name(commune.code)
        detail = label.removeprefix(commune.name).strip(" ()")
        found.append({"code": commune.code, "name": commune.name, "detail": detail, "label": label})
    return found
