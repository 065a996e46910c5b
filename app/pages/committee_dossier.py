"""The reading of one fiche by a member of the committee: the sheet, the remarks, the ballot, the decision."""

from html import escape

from nicegui import context, ui

from app import live
from app.pages.committee_changes import changes_since
from app.permissions import Actor
from app.services import review
from app.services.review import Dossier
from components.ballot import ballot
from components.forms import choice, submit, text_area, words
from components.sheet import sheet
from layouts import renderer
from layouts.wording import day
from models import checks, geography, guide
from models.errors import Invalid, NotAllowed, ProductError, RoundClosed
from models.taxonomy import Ballot, label

AWAITED = {
    "votes": "Il faut deux avis pour décider.",
    "outside": "Il manque un avis hors de la fédération du centre.",
    "third_opinion": "Les avis sont partagés : un avis de plus est attendu.",
}
PROPOSED = {
    Ballot.PUBLISH: "",
    Ballot.CLARIFY: "Merci pour cette fiche. Encore quelques précisions et nous pourrons la publier.",
    Ballot.REDIRECT: "",
    Ballot.DECLINE: "",
}
DECIDE = {
    Ballot.PUBLISH: "Publier la fiche",
    Ballot.CLARIFY: "Demander ces précisions",
    Ballot.REDIRECT: "Réorienter la fiche",
    Ballot.DECLINE: "Décliner la fiche",
}


class Reading:
    """The screen of one dossier, refreshed when another member remarks, votes or decides."""

    def __init__(self, actor: Actor, dossier: Dossier) -> None:
        self.actor = actor  # captured here: a live callback runs outside of this member's request
        self.dossier = dossier

    async def build(self) -> None:
        """Lay the screen out and listen to the others."""
        card = self.dossier.card
        with ui.element("div").classes("reading"):
            with (
                ui.element("section")
                .classes("reading-sheet")
                .props('aria-label="La fiche comme elle paraîtra"')
            ):
                setting = renderer.Setting(gabarit=card.gabarit, palette=card.palette)
                sheet(renderer.document(self.dossier.content, setting, screen=True), f"Fiche : {card.title}")
            with ui.element("div").classes("reading-side stack"):
                self._heading()
                self.panel = ui.element("div").classes("stack stack-5")
        self.fill()
        context.client.on_delete(live.subscribe("review", self._news))

    def _heading(self) -> None:
        card = self.dossier.card
        commune = geography.communes().get(card.commune_code)
        place = f", {commune.name} ({commune.departement_code})" if commune else ""
        ui.html('<a class="btn btn-quiet btn-small" href="/comite">← La table du comité</a>', sanitize=False)
        words(card.title, "h1", "reading-title")
        words(
            f"{card.centre_name}{place} · proposée le {day(card.opened_at.date())}, réponse avant le {day(card.due_at.date())}",
            "p",
            "muted",
        )

    def fill(self) -> None:
        """Fill the side panel from the present dossier."""
        dossier = self.dossier
        self.panel.clear()
        with self.panel:
            self._sensitive()
            changes_since(dossier)
            if dossier.closed:
                self._closed()
            elif not dossier.card.can_vote:
                words(
                    "Cette fiche vient de votre centre : vous la suivez, d’autres la lisent et votent.",
                    "p",
                    "notice",
                )
            else:
                self._decision()
                self._vote()
            self._remarks()
            self._past()
            self._next()

    async def _news(self, payload: live.Payload) -> None:
        if payload.get("revision") == self.dossier.card.revision_id or live.RESYNC in payload:
            await self.reload()

    async def reload(self) -> None:
        """Read the dossier again and show it, unless nothing changed: what is being typed stays."""
        dossier = await review.open_dossier(actor=self.actor, revision_id=self.dossier.card.revision_id)
        if _shown(dossier) != _shown(self.dossier):
            self.dossier = dossier
            self.fill()

    def _vote(self) -> None:
        mine = next((vote for vote in self.dossier.votes if vote.mine), None)
        with ui.element("section").classes("card card-pad stack").props('aria-label="Votre vote"'):

            async def vote(chosen: Ballot, reason: str) -> None:
                await self._do(
                    review.cast_vote(
                        actor=self.actor,
                        revision_id=self.dossier.card.revision_id,
                        ballot=chosen,
                        reason=reason,
                    )
                )

            ballot(mine=mine.ballot if mine else None, reason=mine.reason if mine else "", on_vote=vote)
            if not mine:
                words("Les avis des autres s’affichent après le vôtre.", "p", "small muted")
            for other in self.dossier.votes:
                if not other.mine:
                    reason = f" : {other.reason}" if other.reason else ""
                    words(f"{other.author} – {label('avis', other.ballot)}{reason}", "p", "vote-line")

    def _decision(self) -> None:
        tally = self.dossier.card.tally
        if self.dossier.card.my_ballot is None and tally.outcome is None:
            return
        with ui.element("section").classes("notice stack").props('aria-label="La décision"'):
            if tally.outcome is None:
                words(AWAITED[tally.waiting_for], "p")
                return
            words(f"Les votes disent : {label('avis', tally.outcome).lower()}.", "h2", "reading-verdict")
            optional = tally.outcome is Ballot.PUBLISH
            message = text_area(
                "Message au centre" + (" (facultatif)" if optional else ""),
                value=self._draft_message(tally.outcome),
                hint="Il part par courriel, avec les remarques ci-dessous.",
            )

            async def decide() -> None:
                try:
                    await review.decide(
                        actor=self.actor, revision_id=self.dossier.card.revision_id, message=message.value
                    )
                except Invalid as error:
                    message.complain(
                        "Écrivez un mot au centre : il doit savoir pourquoi."
                        if error.code == "message_missing"
                        else AWAITED["votes"]
                    )
                except ProductError as error:
                    _tell(error)
                else:
                    ui.notify("C’est fait. Le centre est prévenu par courriel.")
                await self.reload()

            submit(DECIDE[tally.outcome], decide)

    def _draft_message(self, outcome: Ballot) -> str:
        reasons = [vote.reason for vote in self.dossier.votes if vote.ballot == outcome and vote.reason]
        return "\n\n".join(part for part in [PROPOSED[outcome], *reasons] if part)

    def _remarks(self) -> None:
        with ui.element("section").classes("stack").props("aria-labelledby=remarques"):
            words("Remarques", "h2", "t1").props("id=remarques")
            for remark in self.dossier.remarks:
                self._remark(remark)
            if self.dossier.closed or not self.dossier.card.can_vote:
                return
            with ui.element("details").classes("card card-pad").props("" if self.dossier.remarks else "open"):
                words("Ajouter une remarque", "summary", "strong")
                with ui.element("div").classes("stack"):
                    self._remark_form()

    def _remark(self, remark: review.RemarkView) -> None:
        with ui.element("article").classes("remark" + (" is-withdrawn" if remark.withdrawn else "")):
            state = " · retirée" if remark.withdrawn else ""
            words(f"{guide.step(remark.step).title} · {remark.author}{state}", "p", "small muted")
            words(remark.text, "p", "remark-text")
            if remark.mine and not remark.withdrawn and not self.dossier.closed:

                async def withdraw() -> None:
                    await self._do(review.withdraw_remark(actor=self.actor, remark_id=remark.id))

                submit("Retirer ma remarque", withdraw, quiet=True).classes("btn-small")

    def _remark_form(self) -> None:
        step = choice(
            "Étape concernée",
            {each.key: f"{each.number}. {each.title}" for each in guide.steps()},
            value="origin",
        )
        text = text_area("Votre remarque", hint="Une question précise aide plus qu’un jugement.")

        async def add() -> None:
            if not text.value.strip():
                text.complain("Écrivez votre remarque.")
                return
            await self._do(
                review.add_remark(
                    actor=self.actor,
                    revision_id=self.dossier.card.revision_id,
                    step=step.value,
                    text=text.value,
                )
            )

        submit("Ajouter la remarque", add, quiet=True)

    def _sensitive(self) -> None:
        """C-24: words on somebody's private life, which the committee must read again before it decides."""
        found = checks.sensitive_words(self.dossier.content)
        if not found or self.dossier.closed:
            return
        with ui.element("section").classes("notice notice-warn stack").props("aria-labelledby=sensibles"):
            words("À relire de près", "h2", "t1").props("id=sensibles")
            words(
                "Ces mots touchent à la vie privée de personnes que l’on peut reconnaître. La relecture est obligatoire :"
                " sont-ils utiles au récit, et la personne les a-t-elle acceptés ?",
                "p",
            )
            with ui.element("ul"):
                for word in found:
                    place = f"{guide.step_of(word.path).title}, {guide.field(word.path).label.lower()}"
                    words(f"« {word.word} » ({word.about}) – {place}", "li")

    def _closed(self) -> None:
        last = self.dossier.past[-1]
        words(
            f"Décision du {day(last.decided_at.date())} : {label('avis', last.outcome).lower()}.",
            "p",
            "notice notice-ok",
        )
        if self.dossier.published_slug:
            ui.html(
                f'<a class="btn btn-secondary" href="/fiches/{escape(self.dossier.published_slug)}">Voir la fiche publiée</a>',
                sanitize=False,
            )

    def _past(self) -> None:
        earlier = self.dossier.past if not self.dossier.closed else self.dossier.past[:-1]
        for past in earlier:
            with ui.element("details").classes("card card-pad"):
                words(
                    f"Tour {past.number} : {label('avis', past.outcome).lower()}, le {day(past.decided_at.date())}",
                    "summary",
                )
                words(past.message, "p", "remark-text")
                for remark in past.remarks:
                    words(f"{guide.step(remark.step).title} : {remark.text}", "p", "small")

    def _next(self) -> None:
        async def following() -> None:
            cards = await review.table(actor=self.actor)
            waiting = [
                card
                for card in cards
                if card.can_vote
                and card.my_ballot is None
                and card.revision_id != self.dossier.card.revision_id
            ]
            ui.navigate.to(f"/comite/{waiting[0].revision_id}" if waiting else "/comite")

        submit("Suivante →", following, quiet=True)

    async def _do(self, work) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
        try:
            await work
        except ProductError as error:
            _tell(error)
        await self.reload()


def _shown(dossier: Dossier) -> tuple[object, ...]:
    return (
        dossier.votes,
        dossier.remarks,
        dossier.past,
        dossier.closed,
        dossier.card.tally,
        dossier.card.my_ballot,
    )


def _tell(error: ProductError) -> None:
    if isinstance(error, RoundClosed):
        ui.notify("La décision vient d’être prise par un autre membre.")
    elif isinstance(error, NotAllowed):
        ui.notify("Votre compte ne permet pas de faire cela.")
    else:
        ui.notify("Cela n’a pas pu être enregistré. Rechargez la page et recommencez.")
