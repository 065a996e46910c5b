"""What the gallery finds, on both databases."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event

from app.services import search
from app.services.search import PAGE_SIZE, Query, normalise, search_words
from models.content import FicheContent
from models.database import Database, reading, transaction
from models.fiche import Fiche, GalleryEntry, GalleryTerm, Revision
from models.people import Centre, Federation

START = datetime(2026, 1, 1, 12, tzinfo=UTC)


async def publish(
    slug: str,
    text: str = "",
    *,
    themes: tuple[str, ...] = ("mobilite",),
    publics: tuple[str, ...] = ("seniors",),
    departement: str = "59",
    federation: str | None = None,
    centre: str = "les-tilleuls",
    day: int = 0,
) -> int:
    """Write the gallery entry of a fiche; return the id of the fiche."""
    async with transaction() as session:
        if federation and await session.get(Federation, federation) is None:
            session.add(
                Federation(id=federation, name=f"Fédération {federation}", slug=federation, kind="federation")
            )
            await session.flush()
        owner = await search.centre_at(session, centre)
        if owner is None:
            owner = Centre(slug=centre, name=centre, kind="centre")
            session.add(owner)
            await session.flush()
        fiche = Fiche(centre_id=owner.id or 0, slug=slug)
        session.add(fiche)
        await session.flush()
        revision = Revision(fiche_id=fiche.id or 0, state="publiee", content=FicheContent(title=slug))
        session.add(revision)
        await session.flush()
        session.add(
            GalleryEntry(
                fiche_id=fiche.id or 0,
                revision_id=revision.id or 0,
                slug=slug,
                title=slug,
                centre_id=owner.id or 0,
                centre_name=owner.name,
                centre_slug=owner.slug,
                departement_code=departement,
                federation_id=federation,
                published_at=START + timedelta(days=day),
                updated_at=START + timedelta(days=day),
                search_text=normalise(text or slug),
            )
        )
        await session.flush()
        pairs = [("theme", key) for key in themes] + [("public", key) for key in publics]
        session.add_all(GalleryTerm(fiche_id=fiche.id or 0, kind=kind, term=key) for kind, key in pairs)
        return fiche.id or 0


async def find(**wanted: object) -> search.Results:
    async with reading() as session:
        return await search.search(session, Query(**wanted))  # type: ignore[arg-type]


async def slugs(**wanted: object) -> list[str]:
    return [entry.slug for entry in (await find(**wanted)).entries]


def test_text_is_compared_without_case_accents_or_punctuation():
    assert normalise("L’Œuvre d’Été : déjà\u202f!") == "l oeuvre d ete deja"


def test_plurals_and_empty_words_do_not_count():
    assert search_words("Les jardins des bateaux sociaux") == ["jardin", "bateau", "socia"]


def test_a_search_made_of_empty_words_keeps_them():
    assert search_words("avec") == ["avec"]


async def test_all_the_words_are_demanded(db: Database):
    await publish("a", "Un jardin partagé à Roubaix")
    await publish("b", "Un jardin à Lille")
    assert await slugs(words="jardins ROUBAIX") == ["a"]


async def test_a_word_is_found_without_its_accents(db: Database):
    await publish("a", "Des étés à la ferme")
    assert await slugs(words="ete fermé") == ["a"]


@pytest.mark.parametrize("words", ["100%", "a_b", "\\", "'; drop table fiche", "%", "_"])
async def test_signs_of_the_database_are_plain_text(db: Database, words: str):
    await publish("a", "rien de tel")
    results = await find(words=words)
    assert results.total == (1 if not search_words(words) else 0)


async def test_newest_come_first(db: Database):
    await publish("old", day=1)
    await publish("new", day=2)
    assert await slugs() == ["new", "old"]


async def test_filters_add_up(db: Database):
    await publish("a", themes=("mobilite", "sante"), publics=("seniors",), departement="59", federation="fd")
    await publish("b", themes=("mobilite",), publics=("jeunes",), departement="59")
    await publish("c", themes=("sante",), publics=("seniors",), departement="80", federation="fd")
    assert await slugs(theme="mobilite") == ["b", "a"]
    assert await slugs(theme="mobilite", public="seniors") == ["a"]
    assert await slugs(federation="fd", departement="80") == ["c"]
    assert await slugs(theme="logement") == []


async def test_the_count_of_a_filter_ignores_its_own_choice(db: Database):
    await publish("a", themes=("mobilite",), departement="59")
    await publish("b", themes=("sante",), departement="80")
    counts = (await find(departement="59")).counts
    assert counts["departement"] == {"59": 1, "80": 1}
    assert counts["theme"] == {"mobilite": 1}


async def test_every_result_is_a_point_of_the_map(db: Database):
    for number in range(PAGE_SIZE + 2):
        await publish(f"fiche-{number}")
    results = await find(page=2)
    assert (len(results.entries), len(results.points), results.pages) == (2, PAGE_SIZE + 2, 2)


async def test_a_page_past_the_end_is_the_last_one(db: Database):
    await publish("a")
    results = await find(page=99)
    assert (results.query.page, [entry.slug for entry in results.entries]) == (1, ["a"])


async def test_the_number_of_statements_does_not_depend_on_the_rows(db: Database):
    await publish("a")
    first = await statements(db)
    await publish("b", themes=("sante", "logement"))
    await publish("c")
    assert (first, await statements(db)) == (8, 8)


async def statements(db: Database) -> int:
    """Return how many SELECT a search runs."""
    seen: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("SELECT"):
            seen.append(statement)

    event.listen(db.reading.sync_engine, "before_cursor_execute", note)
    try:
        await find(words="a b c")
        await find()
    finally:
        event.remove(db.reading.sync_engine, "before_cursor_execute", note)
    return len(seen) // 2


async def test_cousins_share_most_themes_and_come_from_elsewhere(db: Database):
    mine = await publish("mine", themes=("mobilite", "sante"), departement="59")
    await publish("same-centre", themes=("mobilite", "sante"), departement="59")
    await publish("neighbour", themes=("mobilite", "sante"), departement="59", centre="autre")
    await publish("far", themes=("mobilite",), departement="80", centre="loin")
    await publish("far-closer", themes=("mobilite", "sante"), departement="62", centre="plus-loin")
    await publish("other", themes=("logement",), departement="75", centre="encore")
    async with reading() as session:
        entry = await session.get_one(GalleryEntry, mine)
        found = await search.cousins(session, entry)
    assert [each.slug for each in found] == ["far-closer", "far", "neighbour"]
