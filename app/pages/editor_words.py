"""What the editor says: remarks, conflicts, the recapitulation, the steps already begun."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.services.drafting import Draft
from components.changes import name_of, plainly
from components.proposal import Point
from layouts.site.environment import french_spaces as fr
from layouts.site.environment import plural
from layouts.wording import day, place_name
from models import guide
from models.content import FicheContent
from models.errors import Deleted, IllegalTransition, NotAllowed, NotFound, ProductError
from models.reading import root_of
from models.taxonomy import State, label

PARIS = ZoneInfo("Europe/Paris")
LOCKED = "Cette fiche est chez le comité. Vous pouvez la relire, pas la modifier, jusqu’à sa réponse."
KEPT_HERE = "Ce que vous n’aviez pas encore enregistré reste sur cet appareil : copiez ce qui compte."
NO_LONGER = f"Votre compte ne permet plus d’écrire cette fiche. {KEPT_HERE}"
GONE = f"Cette fiche a été supprimée. {KEPT_HERE}"
SEEN_ELSEWHERE = "Ce passage a aussi été modifié ailleurs."
PUT_ASIDE = "Vous étiez deux à écrire ici. La case montre l’autre version ; la vôtre est gardée."
PROBLEMS: dict[type[ProductError], str] = {
    NotAllowed: "Votre compte ne permet plus de proposer cette fiche. Écrivez à votre fédération, elle saura vous aider.",
    IllegalTransition: "Cette fiche a déjà été proposée.",
    ProductError: "La fiche n’a pas pu être proposée. Réessayez dans un instant : rien n’est perdu.",
}
_NOTICES = {
    State.PUBLISHED: "Cette version est publiée. Pour la changer, proposez une nouvelle version depuis « Mes fiches ».",
    State.ARCHIVED: "Cette fiche est archivée.",
    State.DECLINED: "Cette fiche n’a pas été retenue. Vous pouvez la relire.",
}


def notice(draft: Draft | None) -> str:
    """Return the sentence at the top of the form, "" when there is nothing to say."""
    if draft is None:
        return ""
    if not draft.writable:
        return fr(_NOTICES.get(State(draft.state), LOCKED))
    if draft.decision_message:
        return fr(f"Le message du comité : {draft.decision_message}")
    return ""


def thrown_away(by: str = "") -> str:
    """Return what an open editor says when its draft goes to the bin."""
    who = f"{by} a mis cette fiche" if by else "Cette fiche a été mise"
    return fr(
        f"{who} à la corbeille : plus rien ne s’enregistre. Vos textes restent à l’écran, et vous pouvez encore les "
        "copier. Pour reprendre, remettez-la depuis « Mes fiches », puis rechargez cette page."
    )


def why_closed(problem: ProductError, draft: Draft | None) -> str:
    """Return why nothing more can be written in a page left open; `draft` is what is stored now, if it can be read."""
    if isinstance(problem, Deleted):
        return thrown_away()
    if isinstance(problem, NotFound):
        return fr(GONE)
    if draft is None or draft.writable:  # nothing bars the writing but the account
        return fr(NO_LONGER)
    return notice(draft)


def remarks_of(draft: Draft | None, step: guide.Step) -> list[dict[str, str]]:
    """Return the remarks of the committee on a step."""
    if draft is None:
        return []
    return [
        {"text": remark.text, "author": remark.author, "at": f"le {day(remark.at.astimezone(PARIS).date())}"}
        for remark in draft.remarks
        if remark.step == step.key
    ]


def conflicts(theirs: dict[str, Any], mine: dict[str, Any] | None = None) -> dict[str, dict[str, Any]]:
    """Return, by path, what to show where two people wrote the same passage.

    `theirs` are the other versions of what this page keeps, `mine` what this page wrote and another one replaced.
    """
    other = {path: _offer(path, SEEN_ELSEWHERE, "L’autre version", value) for path, value in theirs.items()}
    return other | {
        path: _offer(path, fr(PUT_ASIDE), "Votre version", value) for path, value in (mine or {}).items()
    }


def _offer(path: str, heading: str, name: str, value: Any) -> dict[str, Any]:
    return {
        "heading": heading,
        "text": f"{name}\u00a0: {plainly(path, value) or '(rien)'}",
        "value": value,
    }


def unreadable(errors: Mapping[str, str]) -> list[Point]:
    """Return the answers to mend, from the sentences beside the fields, in the order of the steps."""
    found = [Point(path, _field_name(path), said, guide.step_of(path)) for path, said in errors.items()]
    return sorted(found, key=lambda point: point.step.number)


def _field_name(path: str) -> str:
    """Return the label of a field, or of its list."""
    name = name_of(path)
    return name_of(root_of(path)) if name == path else name


def recap(content: FicheContent) -> list[tuple[str, str]]:
    """Return what is about to be proposed, in a few lines."""
    texts = (
        content.constat.text,
        content.response.text,
        content.residents.text,
        content.implementation.text,
        content.changes.people,
        content.changes.centre,
        content.changes.territory,
        content.summary,
        *(stage.text for stage in content.stages),
        *(quote.text for quote in content.voices.quotes),
        *content.advice,
    )
    words = sum(guide.count_words(text) for text in texts)
    lines = [
        ("Titre", content.title),
        ("Structure", content.card.name),
        ("Commune", place_name(content.commune) or content.commune),
        ("Thèmes", ", ".join(label("themes", key) for key in content.themes)),
        ("Publics", ", ".join(label("publics", key) for key in content.publics)),
        ("Récit", f"{plural(words, 'mot')}, {plural(len(content.voices.quotes), 'citation')}"),
        ("Images", plural(len(content.photos), "image") if content.photos else "aucune pour l’instant"),
    ]
    return [(name, text) for name, text in lines if text]


def when(at: datetime, now: datetime | None = None) -> str:
    """Return a moment as people say it: "aujourd’hui à 14:02", "hier à 9:30", "le 12 mars 2026"."""
    local = at.astimezone(PARIS)
    today = (now or datetime.now(PARIS)).astimezone(PARIS).date()
    if local.date() == today:
        return f"aujourd’hui à {local:%H:%M}"
    if local.date() == today - timedelta(days=1):
        return f"hier à {local:%H:%M}"
    return f"le {day(local.date())}"
