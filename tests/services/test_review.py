"""The committee: who votes, what the votes decide, and what the centre is told."""

import asyncio

import pytest
from sqlmodel import col, func, select

from app.services import drafting, measuring, review
from models.database import reading, transaction
from models.errors import Invalid, NotAllowed, NotFound, RoundClosed
from models.fiche import Fiche, Revision
from models.people import Account, Role
from models.records import JournalEntry, OutgoingMail
from models.review import Decision, Reading, Remark, ReviewRound, Vote
from models.taxonomy import Ballot, State
from tests.people import World, actor_of, make_account


async def _votes() -> list[tuple[int, str]]:
    async with reading() as session:
        rows = await session.exec(select(Vote).order_by(col(Vote.id)))
        return [(vote.account_id, vote.ballot) for vote in rows.all()]


async def _state(revision_id: int) -> str:
    async with reading() as session:
        return (await session.get_one(Revision, revision_id)).state


async def _count(model: type) -> int:
    async with reading() as session:
        return (await session.exec(select(func.count()).select_from(model))).one()


async def _answers(address: str) -> list[OutgoingMail]:
    """Return the mails to a person of the centre, but the acknowledgements."""
    async with reading() as session:
        rows = await session.exec(
            select(OutgoingMail).where(OutgoingMail.to == address).order_by(col(OutgoingMail.id))
        )
        return [mail for mail in rows.all() if not mail.subject.startswith("Bien reçue")]


# --- voting -------------------------------------------------------------------------------------------------------


async def test_twenty_votes_at_once_by_the_same_member_leave_one(world: World) -> None:
    draft = await world.proposed()
    await asyncio.gather(
        *[
            review.cast_vote(
                actor=world.far, revision_id=draft.revision_id, ballot=list(Ballot)[number % 4], reason="Oui."
            )
            for number in range(20)
        ]
    )
    assert [account for account, _ in await _votes()] == [world.far.id]


async def test_a_member_changes_their_vote_until_the_decision(world: World) -> None:
    draft = await world.proposed()
    await review.cast_vote(
        actor=world.far, revision_id=draft.revision_id, ballot=Ballot.DECLINE, reason="Trop court."
    )
    await review.cast_vote(actor=world.far, revision_id=draft.revision_id, ballot=Ballot.PUBLISH)
    assert await _votes() == [(world.far.id, Ballot.PUBLISH)]


async def test_a_member_of_the_same_centre_cannot_vote_remark_or_decide(world: World) -> None:
    colleague = await make_account("collegue", Role.COMMITTEE, centres=(world.centre,))
    draft = await world.voted(Ballot.PUBLISH)
    with pytest.raises(NotAllowed):
        await review.cast_vote(actor=colleague, revision_id=draft.revision_id, ballot=Ballot.PUBLISH)
    with pytest.raises(NotAllowed):
        await review.add_remark(actor=colleague, revision_id=draft.revision_id, step="origin", text="Bravo !")
    with pytest.raises(NotAllowed):
        await review.decide(actor=colleague, revision_id=draft.revision_id, message="")
    assert [account for account, _ in await _votes()] == [world.near.id, world.far.id]
    assert await _state(draft.revision_id) == State.PROPOSED


async def test_the_person_who_began_the_fiche_cannot_vote_even_after_leaving_the_centre(world: World) -> None:
    draft = await world.proposed()
    async with transaction() as session:
        account = await session.get_one(Account, world.writer.id)
        account.role = Role.COMMITTEE
        session.add(account)
    with pytest.raises(NotAllowed):
        await review.cast_vote(
            actor=await actor_of(world.writer.id), revision_id=draft.revision_id, ballot=Ballot.PUBLISH
        )


async def test_who_is_not_of_the_committee_sees_and_does_nothing(world: World) -> None:
    draft = await world.proposed()
    for actor in (world.writer, world.stranger):
        with pytest.raises(NotAllowed):
            await review.table(actor=actor)
        with pytest.raises(NotAllowed):
            await review.open_dossier(actor=actor, revision_id=draft.revision_id)
        with pytest.raises(NotAllowed):
            await review.cast_vote(actor=actor, revision_id=draft.revision_id, ballot=Ballot.PUBLISH)
        with pytest.raises(NotAllowed):
            await review.add_remark(actor=actor, revision_id=draft.revision_id, step="origin", text="Bravo !")
        with pytest.raises(NotAllowed):
            await review.decide(actor=actor, revision_id=draft.revision_id, message="")
    assert (await _count(Vote), await _count(Remark)) == (0, 0)


async def test_a_role_taken_away_stops_voting_at_once(world: World) -> None:
    draft = await world.proposed()
    async with transaction() as session:
        account = await session.get_one(Account, world.far.id)
        account.role = Role.CONTRIBUTOR
        session.add(account)
    with pytest.raises(NotAllowed):
        await review.cast_vote(actor=world.far, revision_id=draft.revision_id, ballot=Ballot.PUBLISH)
    assert await _votes() == []


@pytest.mark.parametrize("ballot", [Ballot.CLARIFY, Ballot.REDIRECT, Ballot.DECLINE])
@pytest.mark.parametrize("reason", ["", "  \n ", "\x00"])
async def test_a_reason_is_asked_where_it_is_not_publier(world: World, ballot: Ballot, reason: str) -> None:
    draft = await world.proposed()
    with pytest.raises(Invalid) as refused:
        await review.cast_vote(actor=world.far, revision_id=draft.revision_id, ballot=ballot, reason=reason)
    assert (refused.value.code, refused.value.where) == ("reason_missing", "reason")
    assert await _votes() == []


async def test_a_draft_is_not_voted_on(world: World) -> None:
    draft = await world.draft()
    with pytest.raises(NotFound):
        await review.cast_vote(actor=world.far, revision_id=draft.revision_id, ballot=Ballot.PUBLISH)
    with pytest.raises(NotFound):
        await review.open_dossier(actor=world.far, revision_id=draft.revision_id)


# --- the decision follows the votes -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ballot", "state"),
    [
        (Ballot.PUBLISH, State.PUBLISHED),
        (Ballot.CLARIFY, State.TO_CLARIFY),
        (Ballot.REDIRECT, State.DECLINED),
        (Ballot.DECLINE, State.DECLINED),
    ],
)
async def test_two_votes_that_agree_make_the_decision(world: World, ballot: Ballot, state: State) -> None:
    draft = await world.voted(ballot)
    assert await review.decide(actor=world.third, revision_id=draft.revision_id, message="Bonjour.") is ballot
    assert await _state(draft.revision_id) == state
    async with reading() as session:
        decision = (await session.exec(select(Decision))).one()
        round_ = (await session.exec(select(ReviewRound))).one()
    assert (decision.outcome, decision.message, decision.account_id) == (ballot, "Bonjour.", world.third.id)
    assert round_.closed_at is not None


async def test_one_vote_decides_nothing(world: World) -> None:
    draft = await world.proposed()
    await review.cast_vote(actor=world.far, revision_id=draft.revision_id, ballot=Ballot.PUBLISH)
    with pytest.raises(Invalid) as refused:
        await review.decide(actor=world.far, revision_id=draft.revision_id, message="Publions !")
    assert refused.value.code == "undecided"
    assert await _state(draft.revision_id) == State.PROPOSED
    assert await _count(Decision) == 0


async def test_an_administrator_cannot_force_a_decision(world: World) -> None:
    draft = await world.proposed()
    with pytest.raises(Invalid):
        await review.decide(actor=world.admin, revision_id=draft.revision_id, message="Publions !")
    assert await _state(draft.revision_id) == State.PROPOSED


async def test_two_votes_from_inside_the_federation_wait_for_one_from_outside(world: World) -> None:
    draft = await world.proposed()
    neighbour = await make_account("voisine-du-nord", Role.COMMITTEE, federation="nord")
    for member in (world.near, neighbour):
        await review.cast_vote(actor=member, revision_id=draft.revision_id, ballot=Ballot.PUBLISH)
    card = (await review.table(actor=world.near))[0]
    assert (card.tally.outcome, card.tally.waiting_for) == (None, "outside")
    with pytest.raises(Invalid):
        await review.decide(actor=world.near, revision_id=draft.revision_id, message="")
    await review.cast_vote(actor=world.far, revision_id=draft.revision_id, ballot=Ballot.PUBLISH)
    assert await review.decide(actor=world.near, revision_id=draft.revision_id, message="") is Ballot.PUBLISH


async def test_a_member_who_writes_for_a_structure_of_the_federation_counts_as_inside(world: World) -> None:
    draft = await world.proposed()
    from_centre = await make_account("par-son-centre", Role.COMMITTEE, centres=())
    await review.cast_vote(actor=from_centre, revision_id=draft.revision_id, ballot=Ballot.PUBLISH)
    await review.cast_vote(actor=world.near, revision_id=draft.revision_id, ballot=Ballot.PUBLISH)
    async with reading() as session:
        outside = dict((await session.exec(select(Vote.account_id, Vote.outside))).all())
    assert outside == {from_centre.id: True, world.near.id: False}


async def test_members_who_disagree_ask_for_a_third_opinion(world: World) -> None:
    draft = await world.proposed()
    await review.cast_vote(actor=world.near, revision_id=draft.revision_id, ballot=Ballot.PUBLISH)
    await review.cast_vote(
        actor=world.far, revision_id=draft.revision_id, ballot=Ballot.CLARIFY, reason="La date ?"
    )
    assert (await review.table(actor=world.near))[0].tally.waiting_for == "third_opinion"
    with pytest.raises(Invalid):
        await review.decide(actor=world.near, revision_id=draft.revision_id, message="Publions !")
    await review.cast_vote(
        actor=world.third, revision_id=draft.revision_id, ballot=Ballot.CLARIFY, reason="La date ?"
    )
    outcome = await review.decide(actor=world.near, revision_id=draft.revision_id, message="Quelle date ?")
    assert outcome is Ballot.CLARIFY


async def test_a_message_is_asked_where_the_outcome_is_not_publier(world: World) -> None:
    draft = await world.voted(Ballot.DECLINE)
    with pytest.raises(Invalid) as refused:
        await review.decide(actor=world.near, revision_id=draft.revision_id, message=" ")
    assert refused.value.code == "message_missing"
    assert await _state(draft.revision_id) == State.PROPOSED


async def test_two_decisions_at_once_are_one(world: World) -> None:
    draft = await world.voted(Ballot.PUBLISH)
    results = await asyncio.gather(
        *[
            review.decide(actor=member, revision_id=draft.revision_id, message="Bravo !")
            for member in (world.near, world.far, world.third, world.admin)
        ],
        return_exceptions=True,
    )
    assert results.count(Ballot.PUBLISH) == 1
    assert sum(isinstance(result, RoundClosed) for result in results) == 3
    assert await _count(Decision) == 1
    assert len(await _answers(world.writer.email)) == 1


async def test_nothing_is_said_once_the_round_is_closed(world: World) -> None:
    draft = await world.decided(Ballot.CLARIFY)
    with pytest.raises(RoundClosed):
        await review.cast_vote(actor=world.third, revision_id=draft.revision_id, ballot=Ballot.PUBLISH)
    with pytest.raises(RoundClosed):
        await review.add_remark(actor=world.third, revision_id=draft.revision_id, step="origin", text="Et ?")
    with pytest.raises(RoundClosed):
        await review.decide(actor=world.third, revision_id=draft.revision_id, message="Encore.")


async def test_a_vote_that_races_with_the_decision_is_counted_or_refused(world: World) -> None:
    draft = await world.voted(Ballot.PUBLISH)
    vote, decision = await asyncio.gather(
        review.cast_vote(
            actor=world.third, revision_id=draft.revision_id, ballot=Ballot.DECLINE, reason="Non."
        ),
        review.decide(actor=world.near, revision_id=draft.revision_id, message=""),
        return_exceptions=True,
    )
    assert decision is Ballot.PUBLISH
    assert await _count(Vote) == (2 if isinstance(vote, RoundClosed) else 3)


async def test_two_fiches_with_the_same_title_published_at_once_have_two_addresses(world: World) -> None:
    drafts = [await world.voted(Ballot.PUBLISH) for _ in range(3)]
    await asyncio.gather(
        *[review.decide(actor=world.near, revision_id=draft.revision_id, message="") for draft in drafts]
    )
    async with reading() as session:
        slugs = (await session.exec(select(Fiche.slug))).all()
    base = "quinze-voisins-conduisent-ceux-qui-n-ont-pas-de-voiture"
    assert sorted(slug or "" for slug in slugs) == [base, f"{base}-2", f"{base}-3"]


# --- another round ------------------------------------------------------------------------------------------------


async def test_a_fiche_made_clearer_comes_back_in_a_second_round_with_its_history(world: World) -> None:
    draft = await world.proposed()
    await review.add_remark(actor=world.far, revision_id=draft.revision_id, step="path", text="Quand ?")
    await world.vote(draft.revision_id, Ballot.CLARIFY)
    await review.decide(actor=world.near, revision_id=draft.revision_id, message="Précisez la date.")
    loaded = await drafting.load(actor=world.writer, revision_id=draft.revision_id)
    assert [(remark.step, remark.text) for remark in loaded.remarks] == [("path", "Quand ?")]
    clearer = loaded.content.model_copy(update={"start": "2024-05"})
    await drafting.save(
        actor=world.writer,
        revision_id=draft.revision_id,
        version=loaded.version,
        base=loaded.content,
        content=clearer,
    )
    await drafting.propose(actor=world.writer, revision_id=draft.revision_id)
    dossier = await review.open_dossier(actor=world.far, revision_id=draft.revision_id)
    assert (dossier.round_number, dossier.content.start, dossier.votes, dossier.remarks) == (
        2,
        "2024-05",
        [],
        [],
    )
    assert [(past.number, past.outcome, past.message) for past in dossier.past] == [
        (1, Ballot.CLARIFY, "Précisez la date.")
    ]
    assert [remark.text for remark in dossier.past[0].remarks] == ["Quand ?"]
    await world.vote(draft.revision_id, Ballot.PUBLISH)
    await review.decide(actor=world.near, revision_id=draft.revision_id, message="")
    assert await _state(draft.revision_id) == State.PUBLISHED


async def test_the_committee_does_not_follow_the_words_of_a_centre_that_clarifies(world: World) -> None:
    draft = await world.proposed(title="Quinze voisins rouvrent le four")
    await world.vote(draft.revision_id, Ballot.CLARIFY)
    await review.decide(actor=world.near, revision_id=draft.revision_id, message="Précisez la date.")
    loaded = await drafting.load(actor=world.writer, revision_id=draft.revision_id)
    await drafting.save(
        actor=world.writer,
        revision_id=draft.revision_id,
        version=loaded.version,
        base=loaded.content,
        content=loaded.content.model_copy(update={"title": "Un titre qui se cherche"}),
        palette="brique",
    )
    with pytest.raises(NotAllowed):
        await drafting.load(actor=world.far, revision_id=draft.revision_id)
    with pytest.raises(NotAllowed):
        await measuring.picture(actor=world.far, revision_id=draft.revision_id, key="x", page=0)
    dossier = await review.open_dossier(actor=world.far, revision_id=draft.revision_id)
    assert (dossier.card.title, dossier.content.title, dossier.card.palette) == (
        "Quinze voisins rouvrent le four",
        "Quinze voisins rouvrent le four",
        "lagune",
    )
    await drafting.propose(actor=world.writer, revision_id=draft.revision_id)
    assert (await drafting.load(actor=world.far, revision_id=draft.revision_id)).content.title == (
        "Un titre qui se cherche"
    )
    dossier = await review.open_dossier(actor=world.far, revision_id=draft.revision_id)
    assert dossier.card.title == dossier.content.title == "Un titre qui se cherche"


# --- what the centre is told --------------------------------------------------------------------------------------


async def test_the_people_of_the_centre_are_told_with_the_remarks_that_stand(world: World) -> None:
    colleague = await make_account("collegue", centres=(world.centre,))
    draft = await world.proposed()
    await review.add_remark(
        actor=world.far, revision_id=draft.revision_id, step="path", text="Quand était-ce ?"
    )
    await review.add_remark(actor=world.far, revision_id=draft.revision_id, step="origin", text="À retirer.")
    dossier = await review.open_dossier(actor=world.far, revision_id=draft.revision_id)
    await review.withdraw_remark(actor=world.far, remark_id=dossier.remarks[1].id)
    await world.vote(draft.revision_id, Ballot.CLARIFY)
    await review.decide(actor=world.near, revision_id=draft.revision_id, message="Une date, et c’est bon.")
    for address in (world.writer.email, colleague.email):
        mails = await _answers(address)
        assert [mail.subject for mail in mails] == [f"Quelques précisions : {draft.content.title}"]
        assert "Une date, et c’est bon." in mails[0].text
        assert "– Le chemin parcouru : Quand était-ce ?" in mails[0].text
        assert f"http://site.example/ecrire/{draft.revision_id}" in mails[0].text
        assert "À retirer." not in mails[0].text
    assert await _answers(world.stranger.email) == []


async def test_a_publication_is_told_with_the_address_of_the_fiche(world: World) -> None:
    draft = await world.published()
    mail = (await _answers(world.writer.email))[0]
    assert mail.subject == f"Publiée : {draft.content.title}"
    assert "http://site.example/fiches/quinze-voisins-conduisent-ceux-qui-n-ont-pas-de-voiture" in mail.text


async def test_an_undecided_round_tells_the_centre_nothing(world: World) -> None:
    draft = await world.proposed()
    with pytest.raises(Invalid):
        await review.decide(actor=world.near, revision_id=draft.revision_id, message="Publions !")
    assert await _answers(world.writer.email) == []


# --- reading and remarks ------------------------------------------------------------------------------------------


async def test_others_votes_are_hidden_until_one_has_voted(world: World) -> None:
    draft = await world.proposed()
    await review.cast_vote(actor=world.near, revision_id=draft.revision_id, ballot=Ballot.PUBLISH)
    before = await review.open_dossier(actor=world.far, revision_id=draft.revision_id)
    assert (before.votes, before.card.votes, before.card.tally.counts) == ([], 1, {})
    assert (await review.table(actor=world.far))[0].tally.counts == {}
    await review.cast_vote(
        actor=world.far, revision_id=draft.revision_id, ballot=Ballot.DECLINE, reason="Trop court."
    )
    after = await review.open_dossier(actor=world.far, revision_id=draft.revision_id)
    assert [(vote.author, vote.ballot, vote.reason, vote.mine) for vote in after.votes] == [
        (world.near.name, Ballot.PUBLISH, "", False),
        (world.far.name, Ballot.DECLINE, "Trop court.", True),
    ]
    assert after.card.tally.counts == {Ballot.PUBLISH: 1, Ballot.DECLINE: 1}


async def test_who_cannot_vote_sees_the_votes(world: World) -> None:
    colleague = await make_account("collegue", Role.COMMITTEE, centres=(world.centre,))
    draft = await world.voted(Ballot.PUBLISH)
    dossier = await review.open_dossier(actor=colleague, revision_id=draft.revision_id)
    assert (len(dossier.votes), dossier.card.can_vote) == (2, False)


async def test_who_has_read_is_shown_once(world: World) -> None:
    draft = await world.proposed()
    for _ in range(2):
        await review.open_dossier(actor=world.far, revision_id=draft.revision_id)
    card = (await review.table(actor=world.near))[0]
    assert (card.readers, card.read) == ((world.far.name,), False)
    assert await _count(Reading) == 1


async def test_opening_a_dossier_in_several_tabs_at_once_counts_as_one_reading(world: World) -> None:
    draft = await world.proposed()
    await asyncio.gather(
        *[review.open_dossier(actor=world.far, revision_id=draft.revision_id) for _ in range(6)]
    )
    assert await _count(Reading) == 1


async def test_a_withdrawn_remark_stays_in_the_history(world: World) -> None:
    draft = await world.proposed()
    await review.add_remark(actor=world.far, revision_id=draft.revision_id, step="path", text=" Quand ?\x00 ")
    remark = (await review.open_dossier(actor=world.near, revision_id=draft.revision_id)).remarks[0]
    assert (remark.text, remark.author, remark.withdrawn) == ("Quand ?", world.far.name, False)
    with pytest.raises(NotAllowed):
        await review.withdraw_remark(actor=world.near, remark_id=remark.id)
    await review.withdraw_remark(actor=world.far, remark_id=remark.id)
    again = (await review.open_dossier(actor=world.near, revision_id=draft.revision_id)).remarks
    assert [(each.text, each.withdrawn) for each in again] == [("Quand ?", True)]


async def test_an_empty_remark_or_an_unknown_step_is_refused(world: World) -> None:
    draft = await world.proposed()
    with pytest.raises(Invalid):
        await review.add_remark(actor=world.far, revision_id=draft.revision_id, step="path", text=" \x00")
    with pytest.raises(KeyError):
        await review.add_remark(actor=world.far, revision_id=draft.revision_id, step="autre", text="Bravo !")
    with pytest.raises(NotFound):
        await review.withdraw_remark(actor=world.far, remark_id=9999)
    assert await _count(Remark) == 0


async def test_any_character_may_be_in_a_remark_a_reason_and_a_message(world: World) -> None:
    odd = "« Ça » 🌱 <b>&amp;</b> '\"%;--\ud800\x00\x1b"
    kept = "« Ça » 🌱 <b>&amp;</b> '\"%;--"
    draft = await world.proposed()
    await review.add_remark(actor=world.far, revision_id=draft.revision_id, step="path", text=odd)
    for member in (world.near, world.far):
        await review.cast_vote(actor=member, revision_id=draft.revision_id, ballot=Ballot.CLARIFY, reason=odd)
    await review.decide(actor=world.near, revision_id=draft.revision_id, message=odd)
    dossier = await review.open_dossier(actor=world.far, revision_id=draft.revision_id)
    assert [remark.text for remark in dossier.remarks] == [kept]
    assert [vote.reason for vote in dossier.votes] == [kept, kept]
    assert dossier.past[0].message == kept


async def test_the_table_shows_what_awaits_me_first(world: World) -> None:
    seen = await world.proposed(title="Une première fiche à lire")
    awaiting = await world.proposed(title="Une seconde fiche à lire")
    await review.cast_vote(actor=world.far, revision_id=seen.revision_id, ballot=Ballot.PUBLISH)
    cards = await review.table(actor=world.far)
    assert [(card.revision_id, card.my_ballot) for card in cards] == [
        (awaiting.revision_id, None),
        (seen.revision_id, Ballot.PUBLISH),
    ]
    assert await review.count_waiting(actor=world.far) == 1
    assert await review.count_waiting(actor=world.third) == 2
    await world.vote(seen.revision_id, Ballot.PUBLISH)
    await review.decide(actor=world.far, revision_id=seen.revision_id, message="")
    assert [card.revision_id for card in await review.table(actor=world.far)] == [awaiting.revision_id]


async def test_every_vote_and_decision_is_in_the_journal(world: World) -> None:
    await world.published()
    async with reading() as session:
        entries = (await session.exec(select(JournalEntry).order_by(col(JournalEntry.id)))).all()
    assert [(entry.action, entry.account_id) for entry in entries] == [
        ("draft_started", world.writer.id),
        ("proposed", world.writer.id),
        ("voted", world.near.id),
        ("voted", world.far.id),
        ("decided", world.near.id),
    ]
