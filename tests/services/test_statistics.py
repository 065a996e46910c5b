"""What the statistics count, on both databases."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event
from sqlmodel import select

from app.permissions import Actor
from app.services import directory, statistics
from app.services.statistics import MonthCount, MonthDelay
from models import database
from models.content import FicheContent
from models.database import transaction
from models.errors import NotAllowed
from models.fiche import Fiche, GalleryEntry, GalleryTerm, Revision
from models.people import Centre, Federation, FederationDepartement
from models.review import Decision, ReviewRound
from models.taxonomy import Ballot, State

pytestmark = pytest.mark.usefixtures("db")

TODAY = date(2026, 6, 15)
READER = Actor(id=1, email="lectrice@example.org", name="Une lectrice", role="contributor")


def noon(text: str) -> datetime:
    return datetime.fromisoformat(text + "T12:00:00+00:00")


async def centre(departement: str, name: str = "Les Tilleuls") -> int:
    async with transaction() as session:
        made = Centre(slug=f"{name}-{departement}", name=name, kind="centre", departement_code=departement)
        session.add(made)
        await session.flush()
        return made.id or 0


async def fiche(
    centre_id: int,
    state: State = State.PUBLISHED,
    *,
    first: datetime | None = None,
    place: str = "",
    themes: tuple[str, ...] = (),
    newer: State | None = None,
) -> int:
    """Store a fiche whose first revision is in `state`, with a newer revision if asked; return its id."""
    if state in (State.PUBLISHED, State.ARCHIVED):
        first = first or noon("2026-05-10")
    async with transaction() as session:
        made = Fiche(centre_id=centre_id, first_published_at=first)
        session.add(made)
        await session.flush()
        revision = Revision(fiche_id=made.id or 0, state=state, content=FicheContent(title="Un jardin"))
        session.add(revision)
        await session.flush()
        if newer:
            session.add(Revision(fiche_id=made.id or 0, number=2, state=newer, content=FicheContent()))
        if state is State.PUBLISHED:
            made.slug, made.published_revision_id = f"fiche-{made.id}", revision.id
            session.add(
                GalleryEntry(
                    fiche_id=made.id or 0,
                    revision_id=revision.id or 0,
                    slug=made.slug,
                    title="Un jardin",
                    centre_id=centre_id,
                    centre_name="Les Tilleuls",
                    centre_slug="les-tilleuls",
                    departement_code=place,
                    published_at=first,
                    updated_at=first,
                )
            )
            await session.flush()
            session.add_all(GalleryTerm(fiche_id=made.id or 0, kind="theme", term=theme) for theme in themes)
        return made.id or 0


async def review_round(
    fiche_id: int, opened: str, decided: str | None = None, number: int = 1, outcome: Ballot = Ballot.PUBLISH
) -> None:
    async with transaction() as session:
        revision = (await session.exec(select(Revision).where(Revision.fiche_id == fiche_id))).one()
        made = ReviewRound(
            revision_id=revision.id or 0,
            number=number,
            opened_at=noon(opened),
            due_at=noon(opened) + timedelta(days=15),
            closed_at=noon(decided) if decided else None,
        )
        session.add(made)
        await session.flush()
        if decided:
            session.add(
                Decision(round_id=made.id or 0, outcome=outcome, message="", decided_at=noon(decided))
            )


async def look(**choices: object) -> statistics.Overview:
    return await statistics.overview(actor=READER, today=TODAY, **choices)  # type: ignore[arg-type]


async def test_an_empty_database_gives_zeros_and_no_median() -> None:
    found = await look()
    assert (found.published, found.departements_covered, found.centres_known, found.waiting) == (0, 0, 0, 0)
    assert found.median_days is None
    assert found.by_departement == ()
    assert found.states == dict.fromkeys(State, 0)
    assert [each.count for each in found.by_month] == [0] * 30
    assert [each.month for each in (await look(months=None)).by_month] == ["2026-06"]


async def test_nobody_without_an_account_sees_them() -> None:
    stranger = Actor(id=0, email="", name="", role="contributor")
    with pytest.raises(NotAllowed):
        await statistics.overview(actor=stranger, today=TODAY)


async def test_thirty_months_none_left_out_and_the_sum_since_the_beginning() -> None:
    tilleuls = await centre("59")
    for day in ("2023-11-30", "2024-01-02", "2024-01-20", "2026-06-01"):
        await fiche(tilleuls, first=noon(day))
    found = await look()
    assert len(found.by_month) == 30
    assert found.by_month[0] == MonthCount("2024-01", 2, 3)
    assert found.by_month[1] == MonthCount("2024-02", 0, 3)
    assert found.by_month[-1] == MonthCount("2026-06", 1, 4)
    assert (found.published, found.published_in_period) == (4, 3)
    everything = await look(months=None)
    assert everything.by_month[0] == MonthCount("2023-11", 1, 1)
    assert len(everything.by_month) == 32
    assert [each.month for each in (await look(months=12)).by_month][::11] == ["2025-07", "2026-06"]


async def test_months_are_those_of_paris() -> None:
    tilleuls = await centre("59")
    await fiche(
        tilleuls, first=datetime(2026, 4, 30, 22, 30, tzinfo=UTC)
    )  # half past midnight, the 1st of May
    found = await look()
    assert [each.month for each in found.by_month if each.count] == ["2026-05"]


async def test_an_archived_fiche_stays_in_the_months_and_leaves_the_totals() -> None:
    tilleuls = await centre("59")
    await fiche(tilleuls)
    await fiche(tilleuls, State.ARCHIVED)
    found = await look()
    assert found.published == 1
    assert found.by_month[-1].total == 2
    assert found.archived_since == 1


async def test_each_fiche_counts_in_its_present_state_a_public_one_as_published() -> None:
    tilleuls = await centre("59")
    for state in State:
        await fiche(tilleuls, state)
    await fiche(tilleuls, newer=State.PROPOSED)
    await fiche(tilleuls, newer=State.DECLINED)
    await fiche(tilleuls, State.DECLINED, newer=State.DRAFT)
    found = await look()
    assert found.states == {
        State.DRAFT: 2,
        State.PROPOSED: 1,
        State.TO_CLARIFY: 1,
        State.PUBLISHED: 3,
        State.ARCHIVED: 1,
        State.DECLINED: 1,
    }
    assert found.in_revision == 1


async def test_federations_and_regions_are_sums_of_departements() -> None:
    await directory.ensure_federations()
    lille, arras, amiens = await centre("59"), await centre("62"), await centre("80")
    for place in (lille, lille, arras, amiens):
        await fiche(place)
    await fiche(amiens, place="59")  # the action took place elsewhere than its structure
    found = await look()
    assert [(each.key, each.count) for each in found.by_departement] == [("59", 3), ("62", 1), ("80", 1)]
    assert [(each.key, each.count, each.to_confirm) for each in found.by_federation] == [
        ("fd5962", 4, False),
        ("picardie", 1, True),
    ]
    assert [(each.name, each.count) for each in found.by_region] == [("Hauts-de-France", 5)]
    assert (found.departements_covered, found.federations_covered) == (3, 1)
    assert (found.centres_published, found.centres_known) == (3, 3)


async def test_every_departement_is_attached_once() -> None:
    await directory.ensure_federations()
    for code in ("59", "75", "80", "2A", "974"):
        await fiche(await centre(code))
    found = await look()
    assert sum(each.count for each in found.by_federation) == 5


async def test_a_federation_changes_with_its_links_only() -> None:
    async with transaction() as session:
        session.add(Federation(id="savoie", name="Savoie", slug="savoie", kind="federation"))
        session.add(Federation(id="deux", name="Les Deux-Savoie", slug="deux", kind="federation"))
        await session.flush()
        session.add_all(
            [
                FederationDepartement(
                    federation_id="savoie", departement_code="73", valid_until=date(2025, 12, 31)
                ),
                FederationDepartement(
                    federation_id="deux", departement_code="73", valid_from=date(2026, 1, 1)
                ),
            ]
        )
    await fiche(await centre("73"))
    now = await look()
    then = await statistics.overview(actor=READER, today=date(2025, 6, 1), months=None)
    assert [each.key for each in now.by_federation] == ["deux"]
    assert [each.key for each in then.by_federation] == ["savoie"]


async def test_one_federation_can_be_looked_at_alone() -> None:
    await directory.ensure_federations()
    lille, amiens = await centre("59"), await centre("80")
    await fiche(lille, themes=("mobilite",))
    await fiche(amiens, themes=("sante",))
    await review_round(await fiche(amiens, State.PROPOSED), "2026-06-10")
    found = await look(federation="fd5962")
    assert (found.published, found.waiting, found.centres_known, found.departements_known) == (1, 0, 1, 2)
    assert found.by_theme["mobilite"] == 1
    assert found.by_theme["sante"] == 0
    assert {each.key: each.count for each in found.federations}["picardie"] == 1
    assert (await look(federation="nulle-part")).federation is None


async def test_themes_are_counted_in_the_period_all_of_them_named() -> None:
    tilleuls = await centre("59")
    await fiche(tilleuls, themes=("mobilite", "sante"))
    await fiche(tilleuls, themes=("mobilite",))
    await fiche(tilleuls, first=noon("2024-02-01"), themes=("logement",))
    found = await look(months=12)
    assert list(found.by_theme.items())[:2] == [("mobilite", 2), ("sante", 1)]
    assert found.by_theme["logement"] == 0
    assert len(found.by_theme) == 18


async def test_the_median_goes_from_the_first_proposal_to_its_answer() -> None:
    tilleuls = await centre("59")
    one, two, three = [await fiche(tilleuls) for _ in range(3)]
    await review_round(one, "2026-04-01", "2026-04-05", outcome=Ballot.CLARIFY)
    await review_round(one, "2026-04-20", "2026-05-20", number=2)  # late, but not a first answer
    await review_round(two, "2026-05-01", "2026-05-09")
    await review_round(three, "2026-05-01", "2026-05-18")  # late
    await review_round(await fiche(tilleuls, State.PROPOSED), "2026-05-20")  # still waiting, late
    await review_round(await fiche(tilleuls, State.PROPOSED), "2026-06-10")
    found = await look()
    assert (found.answers, found.median_days) == (3, 8.0)
    assert [each for each in found.delays if each.answers] == [
        MonthDelay("2026-04", 1, 4.0),
        MonthDelay("2026-05", 2, 12.5),
    ]
    assert (found.late_answers, found.waiting, found.late_waiting) == (2, 2, 1)


async def test_the_number_of_statements_does_not_grow(db: database.Database) -> None:
    await directory.ensure_federations()
    engine = db.reading.sync_engine
    counts = []
    for code in ("59", "62", "80", "33"):
        made = await fiche(await centre(code), themes=("mobilite", "sante"))
        await review_round(made, "2026-05-01", "2026-05-09")
        seen: list[str] = []

        def note(_: object, __: object, statement: str, *___: object, seen: list[str] = seen) -> None:
            seen.append(statement)

        event.listen(engine, "before_cursor_execute", note)
        await look()
        event.remove(engine, "before_cursor_execute", note)
        counts.append(sum(each.lstrip().upper().startswith("SELECT") for each in seen))
    assert counts == [5, 5, 5, 5]
