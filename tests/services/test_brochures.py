"""Booklets of published fiches: what is chosen, in which order, what is refused."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO

import pypdfium2
import pytest

from app.services import brochures, rendering
from app.services.brochures import Wanted
from app.services.search import Query
from models.errors import Invalid, NotAllowed, NotFound
from tests.people import World

DAY = date(2026, 5, 1)
SLUG = "quinze-voisins-conduisent-ceux-qui-n-ont-pas-de-voiture"


@pytest.fixture(scope="module", autouse=True)
def workers() -> Iterator[None]:
    rendering.start()
    yield
    rendering.close()


async def test_a_booklet_holds_the_chosen_fiches_and_tells_how_far_it_is(world: World) -> None:
    await world.published()
    await world.published(title="Le banc du carrefour", themes=["cadre-de-vie"])
    chosen = await brochures.choose(Query(theme="cadre-de-vie"))
    assert [entry.slug for entry in chosen] == ["le-banc-du-carrefour"]
    assert [entry.slug for entry in await brochures.choose(Query())] == ["le-banc-du-carrefour", SLUG]
    news: list[tuple[str, int, int]] = []
    data = await brochures.make(
        Wanted(title="Deux voisinages", slugs=(SLUG, "jamais-vue", "le-banc-du-carrefour"), made=DAY),
        told=lambda *said: news.append(said),
    )
    document = pypdfium2.PdfDocument(BytesIO(data))
    text = [page.get_textpage().get_text_range() for page in document]
    document.close()
    assert "Deux voisinages" in " ".join(text[0].split())
    first = next(rank for rank, each in enumerate(text) if "Trois voitures, douze trajets" in each)
    second = max(rank for rank, each in enumerate(text[:-3]) if "Le banc du carrefour" in each)
    assert first < second
    assert [said for said in news if said[0] == "fiches"] == [("fiches", done, 3) for done in (1, 2, 3)]
    pages = [said for said in news if said[0] == "pages"]
    assert pages[-1][1] == pages[-1][2] == len(text)


@pytest.mark.parametrize(
    ("title", "slugs", "code"),
    [(" ", (SLUG,), "title"), ("Vide", (), "fiches"), ("Absentes", ("jamais-vue", "../.."), "fiches")],
)
async def test_a_booklet_without_title_or_fiche_is_refused(
    world: World, title: str, slugs: tuple[str, ...], code: str
) -> None:
    await world.published()
    with pytest.raises(Invalid) as refused:
        await brochures.make(Wanted(title=title, slugs=slugs, made=DAY))
    assert refused.value.code == code


async def test_a_booklet_is_kept_for_those_who_may_make_it(world: World) -> None:
    await world.published()
    wanted = Wanted(title="Une brochure", slugs=(SLUG,), made=DAY)
    with pytest.raises(NotAllowed):
        await brochures.keep(actor=world.writer, wanted=wanted)
    first = await brochures.keep(actor=world.admin, wanted=wanted)
    made = first.path.stat().st_mtime_ns
    again = await brochures.keep(actor=world.admin, wanted=wanted)
    assert (again.key, again.path.stat().st_mtime_ns) == (first.key, made)
    other = await brochures.keep(actor=world.admin, wanted=replace(wanted, title="Une autre"))
    assert other.key != first.key
    assert (await brochures.kept(actor=world.admin, key=first.key)).path == first.path
    with pytest.raises(NotAllowed):
        await brochures.kept(actor=world.writer, key=first.key)
    for key in ("0" * 32, "../" + first.key, ""):
        with pytest.raises(NotFound):
            await brochures.kept(actor=world.admin, key=key)
