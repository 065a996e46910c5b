"""Who else has a draft open, and where they write: what the open pages tell each other. No element, no HTML.

Pages of all processes talk through `app.live`. A page speaks when it arrives, when it changes field while others are
there, while somebody types in it, and when it leaves; a page that has not been heard for a while is gone.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any

from app import live
from app.permissions import Actor

TYPING = 6.0  # seconds after the last keystroke during which a field is being written
REPEAT = 2.0  # seconds between two words about the same typing
BEAT = 10.0  # seconds between two signs of life
GONE = 26.0  # seconds without a sign of life
# Who has not given a name yet: an address is nobody's business.
GUEST, COLLEAGUE = "Une personne invitée", "Une personne de l’équipe"


@dataclass(frozen=True)
class Mate:
    """Somebody else at work on the draft; `path` is the field where the cursor is, "" when there is none."""

    account: int
    name: str
    path: str = ""
    typing: bool = False


@dataclass
class _Page:
    """Another open page, as last heard."""

    mate: Mate
    heard: float  # on the clock of the event loop
    typed: float


class Presence:
    """One page among those open on a draft."""

    def __init__(
        self,
        actor: Actor,
        token: str,
        *,
        own: bool,
        on_change: Callable[[list[Mate]], None],
        still: Callable[[], Awaitable[bool]],
    ) -> None:
        """`own`: the actor is of the structure, and not a guest. `on_change` receives the others, each person once;
        `still` says whether the actor may see them."""
        self.actor, self.token, self._own = actor, token, own
        self._on_change, self._still = on_change, still
        self._name = "" if actor.nameless else actor.name
        self._unnamed: dict[str, list[int]] = {
            GUEST: [],
            COLLEAGUE: [],
        }  # accounts, in the order of their arrival
        self._pages: dict[str, _Page] = {}
        self._shown: list[Mate] = []
        self._path, self._typed, self._said = "", -TYPING, -BEAT
        self._topic = ""
        self._unsubscribe: Callable[[], None] | None = None
        self._pulse: asyncio.Task[None] | None = None

    def join(self, revision_id: int) -> None:
        """Arrive on a draft; the pages that are there answer."""
        if self._unsubscribe is None:
            self._topic = f"presence:{revision_id}"
            self._unsubscribe = live.subscribe(self._topic, self._hear)
            self._say(hello=True)

    def leave(self) -> None:
        """Go: the others see it at once."""
        if self._unsubscribe is None:
            return
        self._unsubscribe()
        self._unsubscribe = None
        if self._pulse is not None:
            self._pulse.cancel()
            self._pulse = None
        live.publish(self._topic, {"page": self.token, "gone": True})
        self._pages.clear()
        self._show()

    def call(self, name: str) -> None:
        """Take the name that the person has just given."""
        self._name = name
        if self._unsubscribe is not None:
            self._say()

    def at(self, path: str) -> None:
        """Note the field where the cursor is, "" for none."""
        if path != self._path:
            self._path, self._typed = path, -TYPING
            if self._pages:
                self._say()

    def typed(self, path: str) -> None:
        """Note a keystroke; `path` is used when the field is not known better."""
        now = _now()
        started = now - self._typed > TYPING
        self._typed = now
        self._path = self._path or path
        if self._pages and (started or now - self._said > REPEAT):
            self._say()

    def _say(self, *, hello: bool = False) -> None:
        self._said = _now()
        news: dict[str, Any] = {
            "page": self.token,
            "account": self.actor.id,
            "name": self._name,
            "own": self._own,
            "path": self._path,
            "typing": _now() - self._typed < TYPING,
        }
        live.publish(self._topic, news | ({"hello": True} if hello else {}))

    def _hear(self, news: live.Payload) -> None:
        if self._unsubscribe is None or news.get("page") == self.token:
            return
        if live.RESYNC in news:
            self._say(hello=True)
            return
        page, now = str(news["page"]), _now()
        if news.get("gone"):
            self._pages.pop(page, None)
        else:
            account = int(news["account"])
            name = str(news["name"]) or self._numbered(account, COLLEAGUE if news["own"] else GUEST)
            mate = Mate(account, name, str(news["path"]), bool(news["typing"]))
            self._pages[page] = _Page(mate, now, now if mate.typing else -TYPING)
            if news.get("hello"):
                self._say()
            if self._pulse is None or self._pulse.done():
                self._pulse = asyncio.get_running_loop().create_task(self._beat())
        self._show()

    def _numbered(self, account: int, name: str) -> str:
        """Return how one tells somebody without a name from the others: by a number, always the same."""
        known = self._unnamed[name]
        if account not in known:
            known.append(account)
        rank = known.index(account) + 1
        return name if rank == 1 else f"{name} ({rank})"

    async def _beat(self) -> None:
        """While others are there: signs of life, the end of typing, those who went without a word."""
        while self._pages:
            await asyncio.sleep(1)
            now = _now()
            self._pages = {key: page for key, page in self._pages.items() if now - page.heard < GONE}
            if now - self._said > BEAT:
                if not await self._still():
                    self._pulse = None
                    return self.leave()
                self._say()
            self._show()

    def _show(self) -> None:
        mates = self.mates()
        if mates != self._shown:
            self._shown = mates
            self._on_change(mates)

    def mates(self) -> list[Mate]:
        """Return the others by arrival, each person once: where they write, else where their cursor is."""
        now, found = _now(), dict[int, Mate]()
        for page in self._pages.values():
            mate = replace(page.mate, typing=now - page.typed < TYPING)
            known = found.get(mate.account)
            if mate.account != self.actor.id and (known is None or _rank(mate) > _rank(known)):
                found[mate.account] = mate
        return list(found.values())


def _rank(mate: Mate) -> tuple[bool, bool]:
    return mate.typing, bool(mate.path)


def _now() -> float:
    return asyncio.get_running_loop().time()
