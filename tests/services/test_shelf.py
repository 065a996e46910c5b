"""The shelf: thirty days to change one's mind, and a new fiche from an old one."""

import asyncio

import pytest
from sqlmodel import col, func, select

from app import live
from app.services import drafting, media, review, shelf, statistics
from models.columns import now
from models.content import FicheContent, Photo
from models.database import reading
from models.errors import Deleted, IllegalTransition, Invalid, NotAllowed, NotFound
from models.fiche import Fiche, Revision
from models.records import JournalEntry
from models.taxonomy import Ballot, ImageConsent, State
from tests.clock import later
from tests.people import World, ready_content

TODAY = now().date()


async def journal_of(fiche_id: int) -> list[str]:
    async with reading() as session:
        rows = await session.exec(
            select(JournalEntry.action)
            .where(JournalEntry.fiche_id == fiche_id)
            .order_by(col(JournalEntry.id))
        )
        return list(rows.all())


async def fiches() -> int:
    async with reading() as session:
        return (await session.exec(select(func.count()).select_from(Fiche))).one()


# --- the bin ------------------------------------------------------------------------------------------------------


async def test_a_draft_thrown_away_waits_thirty_days_in_the_bin(world: World) -> None:
    draft = await world.draft(title="Vingt voisins réparent le four")
    await shelf.throw_away(actor=world.writer, revision_id=draft.revision_id)
    assert await drafting.list_mine(actor=world.writer) == []
    (card,) = await shelf.list_bin(actor=world.writer)
    assert (card.title, card.revision_id) == ("Vingt voisins réparent le four", draft.revision_id)
    assert card.erased_at - card.deleted_at == shelf.KEPT
    assert await shelf.list_bin(actor=world.stranger) == await shelf.list_bin(actor=world.admin) == []
    await later(shelf.KEPT)
    assert await shelf.list_bin(actor=world.writer) == []


async def test_put_back_it_is_as_it_was(world: World) -> None:
    draft = await world.draft()
    await shelf.throw_away(actor=world.writer, revision_id=draft.revision_id)
    await shelf.throw_away(actor=world.writer, revision_id=draft.revision_id)
    await shelf.put_back(actor=world.writer, revision_id=draft.revision_id)
    await shelf.put_back(actor=world.writer, revision_id=draft.revision_id)
    loaded = await drafting.load(actor=world.writer, revision_id=draft.revision_id)
    assert (loaded.content, loaded.version, loaded.writable) == (draft.content, draft.version, True)
    assert await shelf.list_bin(actor=world.writer) == []
    assert await journal_of(draft.fiche_id) == ["draft_started", "draft_deleted", "draft_put_back"]


async def test_nothing_reads_or_writes_a_draft_in_the_bin(world: World) -> None:
    draft = await world.draft()
    before = await statistics.overview(actor=world.writer, today=TODAY)
    await shelf.throw_away(actor=world.writer, revision_id=draft.revision_id)
    with pytest.raises(Deleted):
        await drafting.load(actor=world.writer, revision_id=draft.revision_id)
    with pytest.raises(Deleted):
        await drafting.save(
            actor=world.writer,
            revision_id=draft.revision_id,
            version=1,
            base=draft.content,
            content=FicheContent(title="Trop tard"),
        )
    with pytest.raises(Deleted):
        await drafting.propose(actor=world.writer, revision_id=draft.revision_id)
    with pytest.raises(NotAllowed):
        await media.store(actor=world.writer, revision_id=draft.revision_id, data=b"...")
    with pytest.raises(NotFound):
        await drafting.start_revision(actor=world.writer, fiche_id=draft.fiche_id)
    with pytest.raises(NotFound):
        await review.open_dossier(actor=world.near, revision_id=draft.revision_id)
    after = await statistics.overview(actor=world.writer, today=TODAY)
    assert (before.states[State.DRAFT], after.states[State.DRAFT]) == (1, 0)
    async with reading() as session:
        assert (await session.get_one(Revision, draft.revision_id)).content == draft.content


async def test_only_the_people_of_the_centre_throw_away_and_put_back(world: World) -> None:
    draft = await world.draft()
    for actor in (world.stranger, world.near, world.admin):
        with pytest.raises(NotAllowed):
            await shelf.throw_away(actor=actor, revision_id=draft.revision_id)
    await shelf.throw_away(actor=world.writer, revision_id=draft.revision_id)
    for actor in (world.stranger, world.near, world.admin):
        with pytest.raises(NotAllowed):
            await shelf.put_back(actor=actor, revision_id=draft.revision_id)


@pytest.mark.parametrize("ballot", [Ballot.PUBLISH, Ballot.CLARIFY, Ballot.DECLINE])
async def test_what_the_committee_has_read_is_not_thrown_away(world: World, ballot: Ballot) -> None:
    draft = await world.decided(ballot)
    with pytest.raises(IllegalTransition):
        await shelf.throw_away(actor=world.writer, revision_id=draft.revision_id)


async def test_an_open_editor_hears_that_its_draft_went_to_the_bin(world: World) -> None:
    draft = await world.draft()
    heard: list[dict[str, object]] = []
    stop = live.subscribe(f"revision:{draft.revision_id}", heard.append)
    await shelf.throw_away(actor=world.writer, revision_id=draft.revision_id)
    await asyncio.sleep(0.01)
    stop()
    assert heard == [{"deleted": True, "name": "coordinatrice"}]


async def test_a_new_version_in_the_bin_leaves_the_published_fiche_alone(world: World) -> None:
    old = await world.published()
    new = await drafting.start_revision(actor=world.writer, fiche_id=old.fiche_id)
    await shelf.throw_away(actor=world.writer, revision_id=new.revision_id)
    (card,) = await drafting.list_mine(actor=world.writer)
    assert (card.revision_id, card.state) == (old.revision_id, State.PUBLISHED)
    assert (await statistics.overview(actor=world.writer, today=TODAY)).states[State.PUBLISHED] == 1
    (thrown,) = await shelf.list_bin(actor=world.writer)
    assert thrown.published_slug
    await shelf.put_back(actor=world.writer, revision_id=new.revision_id)
    (card,) = await drafting.list_mine(actor=world.writer)
    assert card.revision_id == new.revision_id


async def test_a_second_version_begun_meanwhile_keeps_the_first_in_the_bin(world: World) -> None:
    old = await world.published()
    one = await drafting.start_revision(actor=world.writer, fiche_id=old.fiche_id)
    await shelf.throw_away(actor=world.writer, revision_id=one.revision_id)
    two = await drafting.start_revision(actor=world.writer, fiche_id=old.fiche_id)
    assert two.revision_id != one.revision_id
    with pytest.raises(Invalid) as refused:
        await shelf.put_back(actor=world.writer, revision_id=one.revision_id)
    assert refused.value.code == "other_open"
    await drafting.propose(actor=world.writer, revision_id=two.revision_id)
    await world.vote(two.revision_id, Ballot.PUBLISH)
    await review.decide(actor=world.near, revision_id=two.revision_id, message="")
    with pytest.raises(Invalid) as refused:
        await shelf.put_back(actor=world.writer, revision_id=one.revision_id)
    assert refused.value.code == "newer"


async def test_putting_back_while_another_version_starts_leaves_one_open(world: World) -> None:
    old = await world.published()
    one = await drafting.start_revision(actor=world.writer, fiche_id=old.fiche_id)
    await shelf.throw_away(actor=world.writer, revision_id=one.revision_id)
    results = await asyncio.gather(
        shelf.put_back(actor=world.writer, revision_id=one.revision_id),
        drafting.start_revision(actor=world.writer, fiche_id=old.fiche_id),
        return_exceptions=True,
    )
    assert all(result is None or isinstance(result, drafting.Draft | Invalid) for result in results)
    async with reading() as session:
        rows = await session.exec(
            select(func.count())
            .select_from(Revision)
            .where(Revision.state == State.DRAFT, col(Revision.deleted_at).is_(None))
        )
        assert rows.one() == 1


async def test_an_unknown_draft_is_not_found(world: World) -> None:
    for action in (shelf.throw_away, shelf.put_back, shelf.write_again):
        with pytest.raises(NotFound):
            await action(actor=world.writer, revision_id=9999)


# --- writing again ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ballot", [None, Ballot.PUBLISH, Ballot.CLARIFY, Ballot.DECLINE])
async def test_any_fiche_of_ones_own_can_be_written_again(world: World, ballot: Ballot | None) -> None:
    source = await (world.decided(ballot) if ballot else world.draft())
    again = await shelf.write_again(actor=world.writer, revision_id=source.revision_id)
    draft = await drafting.load(actor=world.writer, revision_id=again)
    assert draft.fiche_id != source.fiche_id
    assert (draft.state, draft.writable, draft.published_slug) == (State.DRAFT, True, None)
    assert draft.content.title == f"{source.content.title} (nouvelle édition)"
    assert (draft.content.start, draft.content.end, draft.content.status) == ("", "", None)
    assert [quote.text for quote in draft.content.voices.quotes] == [
        quote.text for quote in source.content.voices.quotes
    ]
    assert not any(quote.agreement for quote in draft.content.voices.quotes)
    assert draft.content.stages == source.content.stages
    kept = await drafting.load(actor=world.writer, revision_id=source.revision_id)
    assert kept.content == source.content
    assert await fiches() == 2
    assert await journal_of(draft.fiche_id) == ["written_again"]


async def test_a_draft_in_the_bin_can_be_written_again_too(world: World) -> None:
    source = await world.draft()
    await shelf.throw_away(actor=world.writer, revision_id=source.revision_id)
    again = await shelf.write_again(actor=world.writer, revision_id=source.revision_id)
    assert (await drafting.load(actor=world.writer, revision_id=again)).writable


async def test_nobody_writes_the_fiche_of_another_centre_again(world: World) -> None:
    source = await world.published()
    for actor in (world.stranger, world.near, world.admin):
        with pytest.raises(NotAllowed):
            await shelf.write_again(actor=actor, revision_id=source.revision_id)


async def test_each_edition_has_a_title_of_its_own(world: World) -> None:
    source = await world.draft(title="La fête du four")
    found = []
    for _ in range(3):
        again = await shelf.write_again(actor=world.writer, revision_id=source.revision_id)
        draft = await drafting.load(actor=world.writer, revision_id=again)
        found.append(draft.content.title)
        source = draft
    assert found == [
        "La fête du four (nouvelle édition)",
        "La fête du four (nouvelle édition 2)",
        "La fête du four (nouvelle édition 3)",
    ]


def test_agreements_about_recognisable_people_are_asked_again_the_rest_stays() -> None:
    agreed = {
        "consent_date": "2024-03-12",
        "consent_until": "2029-03-12",
        "consent_uses": "Site, PDF",
        "consent_kept_at": "Bureau d’accueil",
        "alt": "Trois voisins",
        "credit": "Une bénévole",
    }
    photos = [
        Photo(media=f"photo-numero-{number}", consent=consent, **agreed)
        for number, consent in enumerate(ImageConsent)
    ]
    content = ready_content()
    content.photos = photos
    fresh = shelf.new_edition(content)
    assert [photo.consent for photo in fresh.photos] == [ImageConsent.NOBODY, None, None, ImageConsent.EVENT]
    for photo in fresh.photos[1:3]:
        assert (photo.consent_date, photo.consent_until, photo.consent_uses) == ("", "", "")
        assert (photo.consent_kept_at, photo.alt, photo.credit) == (
            "Bureau d’accueil",
            "Trois voisins",
            "Une bénévole",
        )
    assert content.photos == photos


def test_a_fiche_without_a_title_stays_without() -> None:
    assert shelf.new_edition(FicheContent()).title == ""


def test_a_very_long_title_still_fits() -> None:
    assert shelf.new_edition(FicheContent(title="long " * 80)).title.endswith("(nouvelle édition)")
