"""What the public sees: frozen at publication, indexed once, laid out once."""

import asyncio

import pytest
from sqlmodel import col, func, select

from app import live
from app.services import drafting, pieces, publication, review
from models.content import FicheContent
from models.database import reading, transaction
from models.errors import NotAllowed, NotFound
from models.fiche import Fiche, GalleryEntry, GalleryTerm, Revision
from models.people import Centre, Membership
from models.taxonomy import Ballot, State
from tests.people import World

SLUG = "quinze-voisins-conduisent-ceux-qui-n-ont-pas-de-voiture"


async def _entries() -> list[GalleryEntry]:
    async with reading() as session:
        return list((await session.exec(select(GalleryEntry).order_by(col(GalleryEntry.fiche_id)))).all())


async def _revise(world: World, fiche_id: int, **changes: object) -> drafting.Draft:
    """Take a new revision of a published fiche to publication."""
    new = await drafting.start_revision(actor=world.writer, fiche_id=fiche_id)
    await drafting.save(
        actor=world.writer,
        revision_id=new.revision_id,
        version=new.version,
        base=new.content,
        content=new.content.model_copy(update=changes),
    )
    await drafting.propose(actor=world.writer, revision_id=new.revision_id)
    await world.vote(new.revision_id, Ballot.PUBLISH)
    await review.decide(actor=world.near, revision_id=new.revision_id, message="")
    return new


# --- freezing -----------------------------------------------------------------------------------------------------


async def test_publishing_writes_what_the_gallery_reads(world: World) -> None:
    draft = await world.published()
    entry = (await _entries())[0]
    async with reading() as session:
        centre = await session.get_one(Centre, world.centre)
    assert entry.model_dump(exclude={"published_at", "updated_at", "search_text", "accroche"}) == {
        "fiche_id": draft.fiche_id,
        "revision_id": draft.revision_id,
        "slug": SLUG,
        "title": draft.content.title,
        "centre_id": world.centre,
        "centre_name": "Centre social Les Tilleuls",
        "centre_slug": centre.slug,
        "commune": "Confolens",
        "commune_code": "16106",
        "departement_code": "16",
        "federation_id": "nord",
        "palette": "lagune",
        "cover_key": None,
        "cover_alt": "",
        "cover_focus": "50% 50%",
    }
    assert entry.accroche == draft.content.accroche
    for words in (
        "quinze voisins",
        "tableau blanc",
        "confolens",
        "charente",
        "nouvelle aquitaine",
        "tilleuls",
    ):
        assert words in entry.search_text


async def test_themes_and_publics_become_filters(world: World) -> None:
    await world.published()
    async with reading() as session:
        terms = (await session.exec(select(GalleryTerm.kind, GalleryTerm.term))).all()
    assert sorted(terms) == [
        ("public", "familles"),
        ("public", "seniors"),
        ("theme", "mobilite"),
        ("theme", "solidarite"),
    ]


async def test_without_accroche_the_first_sentence_is_shown(world: World) -> None:
    await world.published(accroche="", summary="Quinze **habitants** conduisent. Et puis autre chose.")
    assert (await _entries())[0].accroche == "Quinze habitants conduisent."


async def test_writing_a_new_revision_changes_nothing_for_the_public(world: World) -> None:
    old = await world.published()
    before = await _entries()
    new = await drafting.start_revision(actor=world.writer, fiche_id=old.fiche_id)
    await drafting.save(
        actor=world.writer,
        revision_id=new.revision_id,
        version=new.version,
        base=new.content,
        content=FicheContent(title="Tout est récrit"),
    )
    assert await _entries() == before
    async with reading() as session:
        assert (await session.get_one(Revision, old.revision_id)).content == old.content


async def test_publishing_a_revision_archives_the_former_and_keeps_the_address(world: World) -> None:
    old = await world.published()
    first = (await _entries())[0]
    new = await _revise(
        world, old.fiche_id, title="Seize voisins conduisent désormais les autres", themes=["sante"]
    )
    entries = await _entries()
    assert [(entry.revision_id, entry.slug, entry.title) for entry in entries] == [
        (new.revision_id, SLUG, "Seize voisins conduisent désormais les autres")
    ]
    assert (entries[0].published_at, entries[0].updated_at > first.updated_at) == (first.published_at, True)
    async with reading() as session:
        before = await session.get_one(Revision, old.revision_id)
        terms = (await session.exec(select(GalleryTerm.term).where(GalleryTerm.kind == "theme"))).all()
    assert (before.state, before.closed_at is not None, before.content) == (State.ARCHIVED, True, old.content)
    assert terms == ["sante"]


async def test_the_card_that_was_read_becomes_the_card_of_the_structure(world: World) -> None:
    draft = await world.published()
    async with reading() as session:
        centre = await session.get_one(Centre, world.centre)
    assert centre.card == draft.content.card


async def test_the_same_title_gets_another_address(world: World) -> None:
    for _ in range(3):
        await world.published()
    assert [entry.slug for entry in await _entries()] == [SLUG, f"{SLUG}-2", f"{SLUG}-3"]


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("L’été des œuvres à Noël !", "l-ete-des-oeuvres-a-noel"),
        ("  --- ", "fiche"),
        ("日本語", "fiche"),
        ("<script>alert(1)</script>", "script-alert-1-script"),
        ("../../etc/passwd", "etc-passwd"),
        ("mot " * 40, "mot-" * 19 + "mot"),
        ("x" * 200, "x" * 80),
    ],
)
def test_an_address_has_only_letters_figures_and_hyphens(title: str, slug: str) -> None:
    assert publication.slugify(title) == slug


# --- what is told -------------------------------------------------------------------------------------------------


async def test_only_what_changes_the_public_pages_bumps_their_version(world: World) -> None:
    before = publication.public_version()
    draft = await world.decided(Ballot.CLARIFY)
    assert publication.public_version() == before
    await drafting.propose(actor=world.writer, revision_id=draft.revision_id)
    await world.vote(draft.revision_id, Ballot.PUBLISH)
    assert publication.public_version() == before
    await review.decide(actor=world.near, revision_id=draft.revision_id, message="")
    assert publication.public_version() == before + 1
    await publication.archive(actor=world.writer, fiche_id=draft.fiche_id)
    assert publication.public_version() == before + 2


async def test_open_pages_are_told(world: World) -> None:
    told: list[live.Payload] = []
    stop = live.subscribe("public", told.append)
    await world.published()
    await asyncio.sleep(0)
    stop()
    await world.published()
    await asyncio.sleep(0)
    assert told == [{}]


async def test_a_page_that_fails_does_not_keep_the_others_from_being_told() -> None:
    told: list[live.Payload] = []

    def fail(_: live.Payload) -> None:
        raise RuntimeError

    stops = [live.subscribe("essai", fail), live.subscribe("essai", told.append)]
    live.publish("essai", {"a": 1})
    await asyncio.sleep(0)
    for stop in stops:
        stop()
    assert told == [{"a": 1}]


# --- archiving ----------------------------------------------------------------------------------------------------


async def test_an_archived_fiche_has_no_public_face(world: World) -> None:
    draft = await world.published()
    await publication.archive(actor=world.writer, fiche_id=draft.fiche_id)
    async with reading() as session:
        fiche = await session.get_one(Fiche, draft.fiche_id)
        revision = await session.get_one(Revision, draft.revision_id)
        terms = (await session.exec(select(func.count()).select_from(GalleryTerm))).one()
    assert (fiche.published_revision_id, revision.state, revision.closed_at is not None) == (
        None,
        State.ARCHIVED,
        True,
    )
    assert (await _entries(), terms) == ([], 0)
    with pytest.raises(NotFound):
        await pieces.get(SLUG, "fiche.pdf")
    with pytest.raises(NotFound):
        await publication.archive(actor=world.writer, fiche_id=draft.fiche_id)


async def test_an_archived_fiche_may_be_written_and_published_again_at_its_address(world: World) -> None:
    old = await world.published()
    await publication.archive(actor=world.writer, fiche_id=old.fiche_id)
    await _revise(world, old.fiche_id, summary="De retour, un an après.")
    assert [entry.slug for entry in await _entries()] == [SLUG]


async def test_the_centre_and_administrators_archive_and_nobody_else(world: World) -> None:
    draft = await world.published()
    for actor in (world.stranger, world.near):
        with pytest.raises(NotAllowed):
            await publication.archive(actor=actor, fiche_id=draft.fiche_id)
    await publication.archive(actor=world.admin, fiche_id=draft.fiche_id)
    assert await _entries() == []


async def test_a_membership_taken_away_stops_archiving_at_once(world: World) -> None:
    draft = await world.published()
    async with transaction() as session:
        for membership in (await session.exec(select(Membership))).all():
            await session.delete(membership)
        fiche = await session.get_one(Fiche, draft.fiche_id)
        fiche.created_by = None
        session.add(fiche)
    with pytest.raises(NotAllowed):
        await publication.archive(actor=world.writer, fiche_id=draft.fiche_id)
