"""The fiche beside the form: what it shows, in which look, and what the gauge says of it."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from app.pages.editor_state import EditorState
from app.pages.editor_words import PARIS
from app.pages.gauge_words import help_line, pages_line
from app.pages.pace import Pace
from app.services import measuring, publication
from components.fiche_preview import FichePreview
from layouts import renderer
from layouts.gauge import PAGES
from layouts.renderer import Setting
from layouts.site.environment import fingerprint
from models import guide
from models.content import FicheContent
from models.errors import ProductError

PAUSE = 0.7  # seconds without typing before the sheets are measured
LATEST = 1.2  # seconds of typing without a pause after which they are measured all the same
FIRST = 1.0  # seconds after the page is opened: it comes first

_pace = Pace(every=0.1, few=25, budget=100)  # of the renderings; the first of a page is immediate


class EditorPreview:
    """Renders an open draft as page or poster, and has its sheets measured. To be built where it is to stand."""

    def __init__(
        self,
        state: EditorState,
        *,
        step: guide.Step,
        slug: str | None,
        on_look: Callable[[], None],
        on_mend: Callable[[str], None],
        on_seen: Callable[[], Awaitable[None]],
        on_rendered: Callable[[], None],
    ) -> None:
        """`slug` is that of the published fiche, None before; `on_look` is told of another gabarit or palette,
        `on_mend` of a text to shorten, `on_seen` that the sheets were looked at, `on_rendered` of each rendering."""
        self.state, self.slug = state, slug
        self._on_look, self._on_seen, self._on_rendered = on_look, on_seen, on_rendered
        self._medium = "page"
        self._next = 0.0
        self._render_timer: asyncio.TimerHandle | None = None
        self._gauge_timer: asyncio.TimerHandle | None = None
        self._late = False  # what the gauge says is not of the present content
        self._typed_at = 0.0
        self._changed_since: float | None = None  # the first change that no measure has been asked for
        self._asked: tuple[FicheContent, str, str] | None = None
        self._seen = False
        self._look = (state.gabarit, state.palette)
        self.view = FichePreview(
            self._page(),
            look=self._dress(),
            part=step.number,
            writable=state.writable,
            on_palette=self.choose_palette,
            on_gabarit=self.choose_gabarit,
            on_medium=self.choose_medium,
            on_thumbnails=self.thumbnails,
            on_mend=on_mend,
            on_seen=self.seen,
            on_lost=self.measure_soon,
        )
        self._gauge_timer = asyncio.get_running_loop().call_later(FIRST, self._measure)

    def render(self) -> None:
        """Bring the preview up to date: at once, then at most ten times a second (less when many write); the gauge a moment later."""
        self.measure_soon()
        if self._render_timer is not None:
            return
        loop = asyncio.get_running_loop()
        wait = self._next - loop.time()
        if wait <= 0:
            self._render()
        else:
            self._render_timer = loop.call_later(wait, self._render)

    def follow(self, part: int) -> None:
        """Bring the part of a step (1 to 8) into view."""
        self.view.follow(part)

    def leave(self) -> None:
        """Stop: the page is gone."""
        for timer in (self._render_timer, self._gauge_timer):
            if timer is not None:
                timer.cancel()
        measuring.forget(self.state.token)

    def _render(self) -> None:
        self._render_timer = None
        if self.view.is_deleted:
            return
        self._next = asyncio.get_running_loop().time() + _pace.interval(self.state.token)
        if self._look != (self.state.gabarit, self.state.palette):
            self._look = (self.state.gabarit, self.state.palette)
            self.view.dress(self._dress())
        if self._medium == "poster":
            self.view.show_poster(self._poster())
        else:
            self.view.show(self._page())
        self._on_rendered()

    # ---- looks

    def choose_palette(self, palette: str) -> None:
        """Change the colours of the fiche."""
        if self.state.writable and palette in renderer.manifest(self.state.gabarit).palettes:
            self.state.choose_palette(palette)
            self._on_look()
            self.render()

    def choose_gabarit(self, gabarit: str) -> None:
        """Change the graphic template of the fiche."""
        if self.state.writable and gabarit in {each.name for each in renderer.list_gabarits()}:
            self.state.choose_gabarit(gabarit)
            self._on_look()
            self.render()

    def choose_medium(self, medium: str) -> None:
        """Show the fiche as page, phone, sheets or poster."""
        self._medium = medium
        self._render()
        if medium == "paper":
            self._asked = None
            self.measure_soon()

    def thumbnails(self) -> None:
        """Send what miniatures are made of: the fiche in each gabarit."""
        self.view.show_thumbnails(
            {
                each.name: renderer.article(self.state.content, self._setting(gabarit=each.name))
                for each in renderer.list_gabarits()
            }
        )

    def _setting(self, **changes: Any) -> Setting:
        return Setting(
            **{"gabarit": self.state.gabarit, "palette": self.state.palette, "placeholder": True, **changes}
        )

    def _page(self) -> str:
        return renderer.article(self.state.content, self._setting())

    def _poster(self) -> str:
        url = f"{publication.address()}/fiches/{self.slug}" if self.slug else ""
        return renderer.poster(self.state.content, self._setting(public_url=url))

    def _dress(self) -> dict[str, Any]:
        """Return the look as the preview needs it: style sheets, gabarits and palettes to choose from."""
        gabarit = self.state.gabarit
        return {
            "stylesheet": renderer.stylesheet(gabarit),
            "poster": renderer.poster_stylesheet(gabarit),
            "gabarit": gabarit,
            "palette": self.state.palette,
            "gabarits": [
                {
                    "key": each.name,
                    "label": each.label,
                    "description": each.description,
                    "css": f"/styles/gabarit/{each.name}.css?v={fingerprint(renderer.stylesheet(each.name))}",
                }
                for each in renderer.list_gabarits()
            ],
            "palettes": [
                {
                    "key": key,
                    "label": colours["label"],
                    "strong": colours["field"],
                    "accent": colours["accent"],
                }
                for key, colours in renderer.manifest(gabarit).palettes.items()
            ],
        }

    # ---- the gauge

    def measure_soon(self) -> None:
        """Have the sheets measured at the next pause."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        if not self._late:
            self._late = True
            self.view.gauge_is_late()
        measuring.typed(self.state.token)
        if self._gauge_timer is not None:
            self._gauge_timer.cancel()
        self._typed_at = now
        if self._changed_since is None:
            self._changed_since = now
        wait = max(0.0, min(PAUSE, self._changed_since + LATEST - now))
        self._gauge_timer = loop.call_later(wait, self._measure)

    def _measure(self) -> None:
        self._gauge_timer = None
        state = self.state
        if self.view.is_deleted:
            return
        revision_id = state.revision_id if self._medium == "paper" else None
        self._asked = (state.content, state.gabarit, state.palette)
        asked = self._asked
        # What is published carries its address and its date: they take room on the last page.
        setting = Setting(
            gabarit=state.gabarit,
            palette=state.palette,
            public_url=f"{publication.address()}/fiches" + (f"/{self.slug}" if self.slug else ""),
            updated=datetime.now(PARIS).date(),
        )

        def told(measured: measuring.Measured) -> None:
            self._tell(measured, asked, revision_id)

        self._changed_since = None
        loop = asyncio.get_running_loop()
        rests_in = self._typed_at + PAUSE - loop.time()
        typing = rests_in > 0
        if typing:
            self._gauge_timer = loop.call_later(rests_in, measuring.rested, state.token)
        measuring.ask(state.token, state.content, setting, revision_id=revision_id, told=told, typing=typing)

    def _tell(
        self, measured: measuring.Measured, asked: tuple[FicheContent, str, str], revision_id: int | None
    ) -> None:
        if self.view.is_deleted:
            return
        gauge, content = measured.gauge, asked[0]
        state = self.state
        fresh = asked == (state.content, state.gabarit, state.palette)
        if fresh:
            self._late = False
        cuts = {cut.step: cut.path for cut in reversed(gauge.cuts)}
        self.view.gauge(
            {
                "pages": pages_line(gauge),
                "help": help_line(gauge, content),
                "over": gauge.pages > PAGES,
                "fresh": fresh,
                "cuts": [{"path": path, "label": guide.step(step).title} for step, path in cuts.items()],
                "steps": {str(step): page for step, page in gauge.steps},
                "sheets": [
                    f"/ecrire/feuilles/{revision_id}/{measured.sheets}/{rank + 1}.jpg"
                    for rank in range(gauge.pages)
                ]
                if measured.sheets
                else [],
            }
        )

    async def seen(self) -> None:
        """Note that the sheets have been looked at."""
        if self._seen or self.state.revision_id is None or not self.state.writable:
            return
        self._seen = True
        with contextlib.suppress(ProductError):  # it is only a reminder: it will be noted another time
            await measuring.see_on_paper(actor=self.state.actor, revision_id=self.state.revision_id)
            await self._on_seen()
