"""Closed lists (themes, publics, states …): typed keys here, their French labels in `data/taxonomies.toml`."""

import tomllib
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator

_DATA = Path(__file__).parent / "data" / "taxonomies.toml"


@cache
def labels(name: str) -> dict[str, str]:
    """Return the list called `name` as an ordered mapping from key to French label; KeyError if unknown."""
    with _DATA.open("rb") as file:
        return dict(tomllib.load(file)[name])


def label(name: str, key: str) -> str:
    """Return the French label of `key` in the list called `name`; KeyError if either is unknown."""
    return labels(name)[key]


def _member_of(name: str) -> AfterValidator:
    def check(value: str) -> str:
        if value not in labels(name):
            raise ValueError(f"{value!r} is not in the list {name!r}")
        return value

    return AfterValidator(check)


ThemeKey = Annotated[str, _member_of("themes")]
PublicKey = Annotated[str, _member_of("publics")]
InitiativeKey = Annotated[str, _member_of("initiatives")]


class AuthorKind(StrEnum):
    """What kind of structure writes."""

    CENTRE = "centre"
    EVS = "evs"
    FEDERATION = "federation"


class ActionStatus(StrEnum):
    """Where the action itself stands (not the fiche)."""

    PREPARING = "en-preparation"
    RUNNING = "en-cours"
    PAUSED = "en-pause"
    FINISHED = "terminee"


class ResidentsPlace(StrEnum):
    """How far the inhabitants hold the action, from informed to in charge."""

    INFORMED = "informes"
    CONSULTED = "consultes"
    ASSOCIATED = "associes"
    DECIDING = "co-decideurs"
    LEADING = "porteurs"


class ImageConsent(StrEnum):
    """Who can be recognised on a picture, and with which agreement (requirement I1)."""

    NOBODY = "personne"
    ADULTS = "adultes"
    MINORS = "mineurs"
    EVENT = "evenement"


class PhotoLicence(StrEnum):
    """Who may use a picture again (requirement I7)."""

    FREE = "cc-by-sa"
    NETWORK = "reseau"
    THIS_FICHE = "fiche"


class State(StrEnum):
    """State of a revision of a fiche."""

    DRAFT = "brouillon"
    PROPOSED = "proposee"
    TO_CLARIFY = "a-preciser"
    PUBLISHED = "publiee"
    ARCHIVED = "archivee"
    DECLINED = "declinee"


class Ballot(StrEnum):
    """What a member of the committee may vote, and what a decision may be."""

    PUBLISH = "publier"
    CLARIFY = "preciser"
    REDIRECT = "reorienter"
    DECLINE = "decliner"
