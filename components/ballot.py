"""The ballot of a member of the committee: four choices, a reason where it is not "publier"."""

from collections.abc import Awaitable, Callable

from nicegui import ui

from components.forms import radio_group, submit, text_area, words
from models.taxonomy import Ballot

CHOICES = {
    Ballot.PUBLISH: "Publier : elle est prête",
    Ballot.CLARIFY: "Publier après précisions : il manque peu de chose",
    Ballot.REDIRECT: "Réorienter : c’est une actualité, un agenda, un annuaire",
    Ballot.DECLINE: "Décliner : elle ne correspond pas à la ligne éditoriale",
}


def ballot(*, mine: str | None, reason: str, on_vote: Callable[[Ballot, str], Awaitable[None]]) -> None:
    """Show the ballot with the member's present vote; `on_vote` receives the choice and its reason."""

    def reveal() -> None:
        why.set_visibility(bool(choices.value) and choices.value != Ballot.PUBLISH)

    async def vote() -> None:
        if not choices.value:
            missing.set_visibility(True)
            return
        if choices.value != Ballot.PUBLISH and not why.value.strip():
            why.complain("Dites pourquoi, en une phrase : le centre a besoin de comprendre.")
            return
        missing.set_visibility(False)
        await on_vote(Ballot(choices.value), why.value)

    choices = radio_group(
        "Votre avis", {str(key): text for key, text in CHOICES.items()}, value=mine or "", on_change=reveal
    )
    missing = words("Choisissez d’abord un avis.", "p", "error").props("role=alert")
    missing.set_visibility(False)
    why = text_area("Pourquoi ?", value=reason, hint="Une phrase, sur un ton qui encourage.")
    reveal()
    with ui.element("div").classes("cluster"):
        submit("Changer mon vote" if mine else "Voter", vote)
