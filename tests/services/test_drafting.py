"""Writing a fiche: saved at each pause, never erased by another tab, sent when it is complete."""

import asyncio

import pytest
from sqlalchemy import delete
from sqlmodel import col, func, select

from app.services import drafting, media, shelf
from layouts.manifest import list_gabarits
from models.content import FicheContent, Stage
from models.database import reading, transaction
from models.errors import IllegalTransition, Incomplete, Invalid, NotAllowed, NotFound
from models.fiche import Fiche, Revision
from models.people import Account, Membership
from models.records import JournalEntry, OutgoingMail
from models.review import ReviewRound
from models.taxonomy import Ballot, ImageConsent, PhotoLicence, State
from tests.people import World, actor_of, make_account, ready_content
from tests.pictures import file_of, picture


async def _count(model: type) -> int:
    async with reading() as session:
        return (await session.exec(select(func.count()).select_from(model))).one()


async def _content(revision_id: int) -> FicheContent:
    async with reading() as session:
        return (await session.get_one(Revision, revision_id)).content


async def _save(world: World, draft: drafting.Draft, **changes: object) -> drafting.Saved:
    content = draft.content.model_copy(update=changes)
    return await drafting.save(
        actor=world.writer,
        revision_id=draft.revision_id,
        version=draft.version,
        base=draft.content,
        content=content,
    )


async def _revoke(world: World) -> None:
    async with transaction() as session:
        await session.exec(delete(Membership).where(col(Membership.account_id) == world.writer.id))


# --- beginning ----------------------------------------------------------------------------------------------------


async def test_nothing_is_created_before_the_first_word(world: World) -> None:
    content = await drafting.prefill(actor=world.writer, centre_id=world.centre)
    assert await drafting.list_mine(actor=world.writer) == []
    assert (await _count(Fiche), await _count(Revision), await _count(JournalEntry)) == (0, 0, 0)
    assert (content.card.name, content.card.members) == ("Centre social Les Tilleuls", "312 familles")
    assert content.commune == "59350"


async def test_a_draft_begins_with_its_first_version(world: World) -> None:
    draft = await world.draft()
    assert (draft.state, draft.version, draft.writable) == (State.DRAFT, 1, True)
    assert draft == await drafting.load(actor=world.writer, revision_id=draft.revision_id)


async def test_an_incomplete_draft_is_stored(world: World) -> None:
    draft = await drafting.start(actor=world.writer, centre_id=world.centre, content=FicheContent(title="Q"))
    assert await _content(draft.revision_id) == FicheContent(title="Q")


async def test_nobody_writes_for_the_structure_of_others(world: World) -> None:
    for actor in (world.stranger, world.near, world.admin):
        with pytest.raises(NotAllowed):
            await drafting.prefill(actor=actor, centre_id=world.centre)
        with pytest.raises(NotAllowed):
            await drafting.start(actor=actor, centre_id=world.centre, content=ready_content())
    assert await _count(Fiche) == 0


async def test_a_structure_that_does_not_exist_is_not_found(world: World) -> None:
    with pytest.raises(NotFound):
        await drafting.start(actor=world.writer, centre_id=9999, content=FicheContent())


# --- saving -------------------------------------------------------------------------------------------------------


async def test_a_save_is_a_new_version(world: World) -> None:
    draft = await world.draft()
    saved = await _save(world, draft, title="Un autre titre, plus parlant")
    assert (saved.version, saved.conflicts) == (2, [])
    assert (await _content(draft.revision_id)).title == "Un autre titre, plus parlant"


async def test_saving_what_is_stored_already_is_no_new_version(world: World) -> None:
    draft = await world.draft()
    saved = await _save(world, draft)
    assert (saved.version, saved.updated_at) == (draft.version, draft.updated_at)


async def test_what_two_tabs_wrote_in_two_fields_is_kept(world: World) -> None:
    draft = await world.draft()
    await _save(world, draft, title="Le titre du premier onglet")
    saved = await _save(world, draft, summary="Le résumé du second onglet.")
    assert saved.conflicts == []
    stored = await _content(draft.revision_id)
    assert stored == saved.content
    assert (stored.title, stored.summary) == ("Le titre du premier onglet", "Le résumé du second onglet.")


async def test_what_two_tabs_wrote_in_the_same_field_is_given_back(world: World) -> None:
    draft = await world.draft()
    await _save(world, draft, title="Le titre du premier onglet")
    saved = await _save(world, draft, title="Le titre du second onglet")
    assert saved.conflicts == ["title"]
    assert saved.theirs == {"title": "Le titre du premier onglet"}
    assert (await _content(draft.revision_id)).title == "Le titre du second onglet"


async def test_twenty_saves_at_once_lose_nothing(world: World) -> None:
    content = ready_content(stages=[Stage(title=f"Étape {number}") for number in range(8)])
    draft = await drafting.start(actor=world.writer, centre_id=world.centre, content=content)
    changes: list[FicheContent] = []
    for number in range(20):
        changed = content.model_copy(deep=True)
        if number < 8:
            changed.stages[number].text = f"Texte {number}"
        elif number < 16:
            changed.stages[number - 8].when = f"Date {number}"
        else:
            setattr(
                changed.changes if number < 18 else changed.implementation,
                FIELDS[number - 16],
                f"Mot {number}",
            )
        changes.append(changed)
    saved = await asyncio.gather(
        *[
            drafting.save(
                actor=world.writer,
                revision_id=draft.revision_id,
                version=draft.version,
                base=content,
                content=changed,
            )
            for changed in changes
        ]
    )
    stored = await _content(draft.revision_id)
    assert sorted(save.version for save in saved) == list(range(2, 22))
    assert [save.conflicts for save in saved] == [[]] * 20
    assert [stage.text for stage in stored.stages] == [f"Texte {number}" for number in range(8)]
    assert [stage.when for stage in stored.stages] == [f"Date {number}" for number in range(8, 16)]
    assert (stored.changes.people, stored.changes.centre) == ("Mot 16", "Mot 17")
    assert (stored.implementation.means, stored.implementation.steering) == ("Mot 18", "Mot 19")


FIELDS = ("people", "centre", "means", "steering")


async def test_the_palette_is_saved_with_the_text(world: World) -> None:
    draft = await world.draft()
    await drafting.save(
        actor=world.writer,
        revision_id=draft.revision_id,
        version=draft.version,
        base=draft.content,
        content=draft.content,
        palette="brique",
    )
    loaded = await drafting.load(actor=world.writer, revision_id=draft.revision_id)
    assert (loaded.palette, loaded.version) == ("brique", 2)


async def test_the_gabarit_is_saved_and_an_unknown_one_refused(world: World) -> None:
    draft = await world.draft()
    chosen = list_gabarits()[-1].name
    what = {"actor": world.writer, "revision_id": draft.revision_id, "base": draft.content}
    await drafting.save(**what, version=1, content=draft.content, gabarit=chosen)
    with pytest.raises(Invalid, match="unknown_gabarit"):
        await drafting.save(**what, version=1, content=draft.content, gabarit="../reperes")
    with pytest.raises(Invalid, match="unknown_gabarit"):
        await drafting.start(
            actor=world.writer, centre_id=world.centre, content=FicheContent(), gabarit="inconnu"
        )
    assert (await drafting.load(actor=world.writer, revision_id=draft.revision_id)).gabarit == chosen
    new = await drafting.start(
        actor=world.writer, centre_id=world.centre, content=FicheContent(), gabarit=chosen
    )
    assert (await drafting.load(actor=world.writer, revision_id=new.revision_id)).gabarit == chosen


async def test_any_character_that_the_content_accepts_is_stored(world: World) -> None:
    draft = await world.draft()
    written = FicheContent(
        title="« Ça ’œ€ » 🌱 <b>&amp;</b> '\"%;--", summary="a\x00b\ud800c\u202fd"
    ).model_copy(deep=True)
    saved = await drafting.save(
        actor=world.writer, revision_id=draft.revision_id, version=1, base=draft.content, content=written
    )
    assert (await _content(draft.revision_id)) == saved.content == written
    assert written.summary == "abc\u202fd"


async def test_somebody_else_neither_reads_nor_saves_nor_deletes_nor_proposes_a_draft(world: World) -> None:
    draft = await world.draft()
    for actor in (world.stranger, world.near, world.admin):
        with pytest.raises(NotAllowed):
            await drafting.load(actor=actor, revision_id=draft.revision_id)
        with pytest.raises(NotAllowed):
            await drafting.save(
                actor=actor,
                revision_id=draft.revision_id,
                version=1,
                base=draft.content,
                content=FicheContent(),
            )
        with pytest.raises(NotAllowed):
            await shelf.throw_away(actor=actor, revision_id=draft.revision_id)
        with pytest.raises(NotAllowed):
            await drafting.propose(actor=actor, revision_id=draft.revision_id)
    assert await _content(draft.revision_id) == draft.content


async def test_a_membership_taken_away_stops_saving_at_once(world: World) -> None:
    draft = await world.draft()
    await _revoke(world)
    with pytest.raises(NotAllowed):
        await _save(world, draft, title="Trop tard pour ce titre-là")
    with pytest.raises(NotAllowed):
        await drafting.propose(actor=world.writer, revision_id=draft.revision_id)
    with pytest.raises(NotAllowed):
        await shelf.throw_away(actor=world.writer, revision_id=draft.revision_id)
    with pytest.raises(NotAllowed):
        await drafting.start_revision(actor=world.writer, fiche_id=draft.fiche_id)
    assert await _content(draft.revision_id) == draft.content


async def test_a_closed_account_stops_saving_at_once(world: World) -> None:
    draft = await world.draft()
    async with transaction() as session:
        account = await session.get_one(Account, world.writer.id)
        account.active = False
        session.add(account)
    with pytest.raises(NotAllowed):
        await _save(world, draft, title="Trop tard pour ce titre-là")


async def test_a_request_that_waits_gives_no_right(world: World) -> None:
    newcomer = await make_account("nouvelle")
    async with transaction() as session:
        session.add(Membership(account_id=newcomer.id, centre_id=world.centre))
    with pytest.raises(NotAllowed):
        await drafting.prefill(actor=await actor_of(newcomer.id), centre_id=world.centre)


async def test_an_unknown_revision_is_not_found(world: World) -> None:
    with pytest.raises(NotFound):
        await drafting.load(actor=world.writer, revision_id=9999)
    with pytest.raises(NotFound):
        await drafting.propose(actor=world.writer, revision_id=9999)
    with pytest.raises(NotFound):
        await shelf.throw_away(actor=world.writer, revision_id=9999)
    with pytest.raises(NotFound):
        await drafting.start_revision(actor=world.writer, fiche_id=9999)


# --- proposing ----------------------------------------------------------------------------------------------------


async def test_an_incomplete_fiche_is_not_sent_and_the_blocking_points_are_listed(world: World) -> None:
    content = ready_content(title="", commune="")
    draft = await drafting.start(actor=world.writer, centre_id=world.centre, content=content)
    with pytest.raises(Incomplete) as refused:
        await drafting.propose(actor=world.writer, revision_id=draft.revision_id)
    assert [(found.path, found.key) for found in refused.value.findings] == [  # type: ignore[attr-defined]
        ("title", "title_missing"),
        ("commune", "commune_missing"),
    ]
    assert (await _count(ReviewRound), await _count(OutgoingMail)) == (0, 0)


async def test_a_picture_whose_agreement_is_over_keeps_the_fiche_back(world: World) -> None:
    content = ready_content()
    stored = await media.store(actor=world.writer, centre_id=world.centre, data=file_of(picture()))
    said = {
        "alt": "Trois voisins montent en voiture.",
        "credit": "Une bénévole",
        "licence": PhotoLicence.NETWORK,
        "consent": ImageConsent.ADULTS,
        "consent_date": "2020-03-01",
        "consent_until": "2021-03-01",
        "consent_uses": "Site et PDF",
        "consent_kept_at": "Classeur de l’accueil",
    }
    content.photos = [stored.model_copy(update=said)]
    draft = await drafting.start(actor=world.writer, centre_id=world.centre, content=content)
    with pytest.raises(Incomplete) as refused:
        await drafting.propose(actor=world.writer, revision_id=draft.revision_id)
    assert [found.key for found in refused.value.findings] == ["photo_consent_over"]  # type: ignore[attr-defined]
    assert (await drafting.load(actor=world.writer, revision_id=draft.revision_id)).state == State.DRAFT


async def test_proposing_opens_a_round_of_fifteen_days_and_tells_everybody(world: World) -> None:
    draft = await world.proposed()
    async with reading() as session:
        round_ = (await session.exec(select(ReviewRound))).one()
        mails = (await session.exec(select(OutgoingMail).order_by(col(OutgoingMail.to)))).all()
    assert (round_.revision_id, round_.number, round_.closed_at) == (draft.revision_id, 1, None)
    assert (round_.due_at - round_.opened_at).days in (14, 15)
    committee = sorted(member.email for member in (world.near, world.far, world.third))
    assert [mail.to for mail in mails] == sorted([world.writer.email, *committee])
    assert {mail.subject for mail in mails} == {
        f"À lire : {draft.content.title}",
        f"Bien reçue : {draft.content.title}",
    }


async def test_a_proposed_fiche_is_not_written(world: World) -> None:
    draft = await world.proposed()
    with pytest.raises(NotAllowed):
        await _save(world, draft, title="Un titre changé pendant la lecture")
    with pytest.raises(IllegalTransition):
        await shelf.throw_away(actor=world.writer, revision_id=draft.revision_id)
    with pytest.raises(IllegalTransition):
        await drafting.propose(actor=world.writer, revision_id=draft.revision_id)
    loaded = await drafting.load(actor=world.writer, revision_id=draft.revision_id)
    assert (loaded.writable, loaded.content) == (False, draft.content)


async def test_two_clicks_on_propose_open_one_round(world: World) -> None:
    draft = await world.draft()
    results = await asyncio.gather(
        *[drafting.propose(actor=world.writer, revision_id=draft.revision_id) for _ in range(5)],
        return_exceptions=True,
    )
    assert results.count(None) == 1
    assert sum(isinstance(result, IllegalTransition) for result in results) == 4
    assert await _count(ReviewRound) == 1


async def test_a_draft_with_an_answer_that_cannot_be_read_is_not_proposed(world: World) -> None:
    draft = await world.draft()
    what = {"actor": world.writer, "revision_id": draft.revision_id}
    await drafting.save(**what, version=1, base=draft.content, content=draft.content, unread={"start": "20x"})
    with pytest.raises(Incomplete) as refused:
        await drafting.propose(**what)
    assert (refused.value.findings, refused.value.unread) == ([], ["start"])
    await drafting.save(**what, version=2, base=draft.content, content=draft.content, unread={})
    await drafting.propose(**what)


async def test_a_caller_that_knows_nothing_of_unread_answers_leaves_them_alone(world: World) -> None:
    draft = await world.draft()
    what = {"actor": world.writer, "revision_id": draft.revision_id, "base": draft.content}
    await drafting.save(**what, version=1, content=draft.content, unread={"start": "20x"})
    renamed = draft.content.model_copy(update={"title": "Autre titre"})
    for version in (1, 2):
        saved = await drafting.save(**what, version=version, content=renamed)
    assert (saved.content.title, saved.unread) == ("Autre titre", {"start": "20x"})


async def test_a_save_that_races_with_proposing_is_read_by_the_committee_or_refused(world: World) -> None:
    draft = await world.draft()
    saved, proposed = await asyncio.gather(
        _save(world, draft, summary="Écrit au dernier moment."),
        drafting.propose(actor=world.writer, revision_id=draft.revision_id),
        return_exceptions=True,
    )
    assert proposed is None
    stored = (await _content(draft.revision_id)).summary
    if isinstance(saved, NotAllowed):
        assert stored == draft.content.summary
    else:
        assert stored == "Écrit au dernier moment."


# --- after the answer ---------------------------------------------------------------------------------------------


async def test_a_fiche_to_clarify_is_written_again_with_the_message_beside_it(world: World) -> None:
    draft = await world.decided(Ballot.CLARIFY)
    loaded = await drafting.load(actor=world.writer, revision_id=draft.revision_id)
    assert (loaded.state, loaded.writable, loaded.decision_message) == (State.TO_CLARIFY, True, "Merci !")
    with pytest.raises(IllegalTransition):
        await shelf.throw_away(actor=world.writer, revision_id=draft.revision_id)
    card = (await drafting.list_mine(actor=world.writer))[0]
    assert (card.state, card.message) == (State.TO_CLARIFY, "Merci !")


async def test_a_published_fiche_stays_public_while_its_new_revision_is_written_and_read(
    world: World,
) -> None:
    old = await world.published()
    new = await drafting.start_revision(actor=world.writer, fiche_id=old.fiche_id)
    assert (new.state, new.writable, new.content) == (State.DRAFT, True, old.content)
    await _save(world, new, title="Seize voisins conduisent désormais les autres")
    await drafting.propose(actor=world.writer, revision_id=new.revision_id)
    async with reading() as session:
        fiche = await session.get_one(Fiche, old.fiche_id)
        public = await session.get_one(Revision, fiche.published_revision_id)
    assert (public.id, public.state, public.content) == (old.revision_id, State.PUBLISHED, old.content)


async def test_asking_twice_for_a_new_revision_gives_the_same_one(world: World) -> None:
    old = await world.published()
    drafts = await asyncio.gather(
        *[drafting.start_revision(actor=world.writer, fiche_id=old.fiche_id) for _ in range(5)]
    )
    assert len({draft.revision_id for draft in drafts}) == 1
    assert await _count(Revision) == 2


async def test_a_declined_fiche_may_be_begun_again(world: World) -> None:
    old = await world.decided(Ballot.DECLINE)
    with pytest.raises(NotAllowed):
        await _save(world, old, title="Un titre pour une fiche déclinée")
    new = await drafting.start_revision(actor=world.writer, fiche_id=old.fiche_id)
    assert (new.revision_id != old.revision_id, new.state, new.content) == (True, State.DRAFT, old.content)


async def test_an_administrator_begins_a_revision_and_leaves_the_writing_to_the_centre(world: World) -> None:
    old = await world.published()
    new = await drafting.start_revision(actor=world.admin, fiche_id=old.fiche_id)
    assert new.writable is False
    assert (await drafting.load(actor=world.writer, revision_id=new.revision_id)).writable is True


# --- lists and deletion -------------------------------------------------------------------------------------------


async def test_reprendre_lists_the_fiches_of_ones_structures_last_touched_first(world: World) -> None:
    first = await world.draft(title="Une première fiche à reprendre")
    second = await world.draft(title="Une seconde fiche à reprendre")
    await _save(world, first, summary="Reprise.")
    cards = await drafting.list_mine(actor=world.writer)
    assert [card.revision_id for card in cards] == [first.revision_id, second.revision_id]
    assert [card.centre_name for card in cards] == ["Centre social Les Tilleuls"] * 2
    assert [card.filled_steps for card in cards] == [8, 8]
    assert await drafting.list_mine(actor=world.stranger) == []


async def test_proposing_and_deleting_at_once_does_one_of_the_two(world: World) -> None:
    draft = await world.draft()
    results = await asyncio.gather(
        drafting.propose(actor=world.writer, revision_id=draft.revision_id),
        shelf.throw_away(actor=world.writer, revision_id=draft.revision_id),
        return_exceptions=True,
    )
    assert results.count(None) == 1
    assert len(await drafting.list_mine(actor=world.writer)) == (1 if results[0] is None else 0)
    assert len(await shelf.list_bin(actor=world.writer)) == (0 if results[0] is None else 1)


@pytest.mark.parametrize(
    ("content", "steps"),
    [
        (FicheContent(), 0),
        (FicheContent(title="Un titre"), 1),
        (FicheContent(title="Un titre", summary="Un résumé"), 2),
    ],
)
def test_filled_steps_counts_the_steps_with_something_written(content: FicheContent, steps: int) -> None:
    assert drafting.filled_steps(content) == steps
