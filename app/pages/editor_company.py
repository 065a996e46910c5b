"""Writing with others, in the editor: who is here, inviting co-authors, asking for help."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from nicegui import ui

from app.pages.editor_presence import Mate, Presence
from app.pages.editor_words import when
from app.services import accounts, company, help_requests
from app.services.company import CoauthorLine, Company
from components.company import CompanyStrip
from components.forms import submit, text_area, text_input, words
from components.panel import Panel
from layouts.typography import french
from models import guide
from models.company import Part
from models.errors import Invalid, NotAllowed, NotFound, ProductError, TooManyRequests

if TYPE_CHECKING:
    from app.pages.editor_screen import EditorScreen

LONGEST = f"{help_requests.MESSAGE:,} signes".replace(",", "\u202f")
SENTENCES = {
    "email": "Cette adresse électronique semble incomplète. Exemple : prenom@exemple.fr",
    "already": "Cette personne écrit déjà cette fiche, ou y est déjà invitée.",
    "too_many": f"Vous avez invité {company.AT_MOST} personnes : c’est le maximum. Retirez-en une pour en inviter une autre.",
    "phone": "Écrivez un numéro de téléphone en chiffres, par exemple : 06 12 34 56 78.",
    "long": f"C’est un peu long : gardez l’essentiel, en {LONGEST} au plus.",
    "open": "Votre demande est déjà partie.",
    "often": "Vous avez envoyé beaucoup d’invitations. Revenez dans une heure.",
    "ended": "Vous ne pouvez plus le faire : la fiche ou vos droits ont changé. Fermez puis rouvrez la fiche.",
}


EXPLAINED = "Chacun écrit depuis chez soi, en même temps ou l’un après l’autre. Vous voyez qui est là, et dans quelle case."


class EditorCompany:
    """What one open editor shows of the others who write in its draft."""

    def __init__(self, screen: "EditorScreen") -> None:
        self.screen = screen
        state, draft = screen.state, screen.draft
        self.own = draft is None or draft.own
        self.shown = draft is None or draft.in_company
        self.may_propose = draft is None or draft.may_propose
        self.presence = Presence(
            state.actor, state.token, own=self.own, on_change=self._mates, still=self._still
        )

    def build(self) -> None:
        """Lay the line under the bar, and the two panels, empty until they are opened."""
        if not self.shown:
            return
        self.strip = CompanyStrip(
            helps=self.own and self.screen.state.writable,
            on_company=self.open_company,
            on_help=self.open_help,
        )
        if not self.own and self.screen.state.actor.nameless:
            self._welcome()
        self.panel = Panel("Écrire à plusieurs", on_close=self._empty)
        self.help_panel = Panel("Demander de l’aide", on_close=self._empty)
        client = ui.context.client
        client.on_connect(self.join)  # a page that comes back after a cut is here again
        client.on_disconnect(self.presence.leave)
        self.join()

    def _welcome(self) -> None:
        """Ask a guest for a name, once, without standing in the way."""
        with ui.element("section").classes("hello").props('aria-label="Votre prénom"') as place:
            name = text_input(
                "Bienvenue ! Quel est votre prénom ?",
                hint="Celles et ceux qui écrivent avec vous sauront qui est là.",
                autocomplete="given-name",
            )
            name.control.props("maxlength=80")

            async def introduce() -> None:
                try:
                    said = await accounts.rename(actor=self.screen.state.actor, name=name.value)
                except Invalid:
                    name.complain("Écrivez votre prénom, ou gardez-le pour plus tard.")
                    return
                self.presence.call(said)
                place.delete()

            async def later() -> None:
                place.delete()

            name.control.on("keydown.enter", introduce, args=[])
            with ui.element("div").classes("hello-actions"):
                submit("Me présenter", introduce, quiet=True).classes("btn-small")
                submit("Plus tard", later, quiet=True).classes("btn-small btn-quiet")

    def join(self) -> None:
        """Be seen by the others, once the draft exists."""
        if self.shown and self.screen.state.revision_id is not None:
            self.presence.join(self.screen.state.revision_id)

    def leave(self) -> None:
        """Be there no more: the page is closed, or the right to write has ended."""
        self.presence.leave()

    async def end(self) -> None:
        """Leave for good if the right has ended: neither names nor places are shown any more."""
        if self.shown and not await self._still():
            self.shown = False
            self.leave()
            for element in (self.strip, self.panel, self.help_panel):
                element.set_visibility(False)

    async def _still(self) -> bool:
        revision_id = self.screen.state.revision_id
        return revision_id is not None and await company.writes_in(
            actor=self.screen.state.actor, revision_id=revision_id
        )

    def _mates(self, mates: list[Mate]) -> None:
        if self.strip.is_deleted:
            return
        self.strip.show([(mate.name, _place(mate.path), mate.typing) for mate in mates])
        self.screen.form.show_mates(
            [{"name": mate.name, "path": mate.path, "typing": mate.typing} for mate in mates if mate.path]
        )

    def _empty(self) -> None:
        self.panel.clear()
        self.help_panel.clear()

    async def _revision(self) -> int:
        """Return the draft, made now if nothing has been typed yet: somebody else is about to come to it."""
        await self.screen.create()
        return self.screen.state.revision_id or 0

    # ---- co-authors

    async def open_company(self) -> None:
        """Show who writes, and how to invite. To look creates nothing."""
        if self.screen.state.revision_id is None:
            self._begin()
        else:
            await self._fill(self.screen.state.revision_id)
        self.panel.show()

    def _begin(self) -> None:
        """Before the first word: nobody writes yet, and one may invite."""
        self.panel.clear()
        with self.panel, ui.element("div").classes("stack stack-5"):
            words(EXPLAINED, "p")
            words("Votre équipe trouvera la fiche dans « Mes fiches » dès le premier mot.", "p", "hint")
            self._invitation()

    async def _fill(self, revision_id: int, said: str = "") -> None:
        try:
            found = await company.company_of(actor=self.screen.state.actor, revision_id=revision_id)
        except ProductError:
            return await self.end()
        self.panel.clear()
        with self.panel, ui.element("div").classes("stack stack-5"):
            words(EXPLAINED, "p")
            self._people(found, revision_id)
            words(said, "p", "notice notice-ok" if said else "visually-hidden").props("role=status")
            if found.may_invite:
                self._invitation()
            elif any(line.me for line in found.guests):
                self._leaving(found, revision_id)

    def _people(self, found: Company, revision_id: int) -> None:
        with ui.element("ul").classes("people"):
            with ui.element("li").classes("person"), ui.element("div"):
                words(found.centre_name, "p", "strong")
                words(" · ".join(found.house) or "Son équipe", "p", "hint")
            for line in found.guests:
                with ui.element("li").classes("person"):
                    with ui.element("div"):
                        words(f"{line.name} (vous)" if line.me else line.name, "p", "strong")
                        words(_state(line), "p", "hint")
                    if found.may_invite:
                        self._person_actions(line, revision_id)

    def _person_actions(self, line: CoauthorLine, revision_id: int) -> None:
        async def remind() -> None:
            await self._do(
                lambda: company.remind(actor=self.screen.state.actor, coauthor_id=line.id),
                revision_id,
                f"Nouvelle invitation envoyée à {line.email}.",
            )

        async def remove() -> None:
            await self._do(
                lambda: company.remove(actor=self.screen.state.actor, coauthor_id=line.id),
                revision_id,
                f"{line.name} n’écrit plus cette fiche. Ce qui est écrit reste.",
            )

        with ui.element("div").classes("person-actions"):
            if not line.accepted:
                submit("Renvoyer", remind, quiet=True).classes("btn-small")
            with ui.element("details").classes("second-thought"):
                with ui.element("summary"):
                    words("Retirer…")
                    words(f" {line.name}", classes="visually-hidden")
                submit("Oui, retirer", remove, quiet=True).classes("btn-small")

    def _invitation(self) -> None:
        with ui.element("section").classes("stack invitation"):
            words("Inviter quelqu’un", "h3")
            address = text_input(
                "Son adresse électronique",
                hint="Elle recevra un lien vers cette fiche, et seulement vers celle-ci.",
                autocomplete="email",
            )
            address.control.props("type=email inputmode=email maxlength=254")

            async def send() -> None:
                try:
                    email = accounts.normalise_email(address.value)
                    revision_id = await self._revision()
                    await company.invite(actor=self.screen.state.actor, revision_id=revision_id, email=email)
                except ProductError as problem:
                    address.complain(_sentence(problem))
                    return
                await self._fill(revision_id, f"Invitation envoyée à {email}.")

            address.control.on("keydown.enter", send, args=[])
            submit("Envoyer l’invitation", send)

    def _leaving(self, found: Company, revision_id: int) -> None:
        mine = next(line for line in found.guests if line.me)

        async def leave() -> None:
            await company.remove(actor=self.screen.state.actor, coauthor_id=mine.id)
            ui.navigate.to("/ecrire")

        with ui.element("details").classes("second-thought"):
            with ui.element("summary"):
                words("Ne plus écrire cette fiche…")
            words("Ce que vous avez écrit y reste. Pour y revenir, il faudra une nouvelle invitation.", "p")
            submit("Oui, la quitter", leave, quiet=True).classes("btn-small")

    async def _do(self, action: Callable[[], Awaitable[None]], revision_id: int, said: str) -> None:
        try:
            await action()
        except ProductError as problem:
            said = _sentence(problem)
        await self._fill(revision_id, said)

    # ---- individual help

    async def open_help(self) -> None:
        """Show the form, or what became of the request. To look creates nothing."""
        if self.screen.state.revision_id is None:
            self.help_panel.clear()
            with self.help_panel, ui.element("div").classes("stack stack-5"):
                self._ask()
        else:
            await self._fill_help(self.screen.state.revision_id)
        self.help_panel.show()

    async def _fill_help(self, revision_id: int) -> None:
        try:
            request = await help_requests.of_draft(actor=self.screen.state.actor, revision_id=revision_id)
        except ProductError:
            return await self.end()
        self.help_panel.clear()
        with self.help_panel, ui.element("div").classes("stack stack-5"):
            if request is not None:
                self._request(request, revision_id)
            else:
                self._ask()

    def _ask(self) -> None:
        words(
            "Une personne relais de votre fédération peut écrire avec vous, à distance ou au téléphone. "
            "Votre équipe garde la main : c’est elle qui propose la fiche.",
            "p",
        )
        message = text_area(
            "De quoi avez-vous besoin ?",
            hint=f"Facultatif, {LONGEST} au plus. Par exemple : par où commencer, raccourcir, relire.",
            longest=help_requests.MESSAGE,
        )
        phone = text_input(
            "Votre téléphone", hint="Facultatif : pour qu’on vous rappelle.", autocomplete="tel"
        )
        phone.control.props("type=tel inputmode=tel maxlength=30")
        answer = words("", "p", "notice notice-warn").props("role=alert")
        answer.set_visibility(False)

        async def send() -> None:
            try:
                help_requests.asked(message.value, phone.value)
                revision_id = await self._revision()
                await help_requests.ask(
                    actor=self.screen.state.actor,
                    revision_id=revision_id,
                    message=message.value,
                    phone=phone.value,
                )
            except Invalid as problem:
                fields = {"phone": phone, "long": message}
                if problem.code in fields:
                    fields[problem.code].complain(SENTENCES[problem.code])
                    return
            except ProductError as problem:
                answer.content = french(_sentence(problem))
                answer.set_visibility(True)
                return
            await self._fill_help(revision_id)

        submit("Envoyer ma demande", send)

    def _request(self, request: help_requests.OwnHelp, revision_id: int) -> None:
        if request.taken_by:
            said = f"{request.taken_by} vous aide et peut écrire dans cette fiche."
            ending, done = "Terminer l’aide", "Son droit d’écrire s’arrête. Ce qui est écrit reste."
        else:
            said = f"Votre demande est partie {when(request.asked_at)}. Vous aurez un courriel dès que quelqu’un s’en occupe."
            ending, done = "Annuler ma demande", "Vous pourrez en faire une autre quand vous voulez."
        words(said, "p", "notice notice-ok").props("role=status")

        async def close() -> None:
            try:
                await help_requests.close(actor=self.screen.state.actor, request_id=request.id)
            except ProductError:
                return await self.end()
            await self._fill_help(revision_id)

        words(done, "p", "hint")
        submit(ending, close, quiet=True)


def _place(path: str) -> str:
    """Return the name of the field where somebody is, "" if it has none."""
    for known in (path, path.rpartition(".")[0]):
        try:
            return french(guide.field(known).label)
        except KeyError:
            continue
    return ""


def _state(line: CoauthorLine) -> str:
    if line.part == Part.RELAY:
        return f"Vous aide à écrire, depuis {when(line.invited_at)}"
    if line.accepted:
        return (
            f"Écrit avec vous, à l’invitation de {line.invited_by}" if line.invited_by else "Écrit avec vous"
        )
    return f"Invitation envoyée {when(line.invited_at)}, pas encore ouverte"


def _sentence(problem: ProductError) -> str:
    if isinstance(problem, Invalid):
        return SENTENCES.get(problem.code, SENTENCES["ended"])
    if isinstance(problem, TooManyRequests):
        return SENTENCES["often"]
    if isinstance(problem, NotAllowed | NotFound):
        return SENTENCES["ended"]
    return "Cela n’a pas marché. Réessayez dans un instant."
