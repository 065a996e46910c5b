"""The demonstration: structures, accounts and fiches in every state, dated from the day they are loaded."""

import hashlib
import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.services import darkroom, directory, media, publication
from models import geography
from models.company import Relay
from models.content import FicheContent, IdentityCard, Photo
from models.database import transaction
from models.fiche import Fiche, Media, Revision, Snapshot
from models.people import Account, Centre, Membership, Role
from models.review import ANSWER_DAYS, Decision, Reading, Remark, ReviewRound, Vote, tally
from models.taxonomy import Ballot, ImageConsent, PhotoLicence, State

FOLDER = Path(__file__).parent
CREDIT = "Illustration C’est possible !"
# Who can be entered by one click, and the rest of the committee.
ACCOUNTS: tuple[tuple[str, str, Role, str | None, bool], ...] = (
    ("centre", "Une coordinatrice de centre (Amiens)", Role.CONTRIBUTOR, None, True),
    ("comite-1", "Un membre du comité (Lille)", Role.COMMITTEE, "fd5962", True),
    ("comite-2", "Une membre du comité (Lyon)", Role.COMMITTEE, "fd69", True),
    ("administration", "L’équipe de la fédération", Role.ADMIN, "fcsf", True),
    ("comite-3", "Une membre du comité (Rennes)", Role.COMMITTEE, "bretagne", False),
    ("comite-4", "Un membre du comité (Seine-Saint-Denis)", Role.COMMITTEE, "fd93", False),
    ("comite-5", "Une membre du comité (Marseille)", Role.COMMITTEE, "ucs13", False),
)
OWN_CENTRE = "les-aubepines"  # of the demo account that writes
WRITES_FOR = {"centre": OWN_CENTRE, "administration": "fcsf"}
RELAYS = {"comite-1": "picardie"}  # the federation of that centre
MESSAGES = {
    Ballot.PUBLISH: "",
    Ballot.CLARIFY: "Merci pour cette belle matière. Deux petites précisions et nous la publions.",
    Ballot.REDIRECT: "Votre texte annonce un rendez-vous : il trouvera ses lecteurs dans l’agenda de votre fédération.",
    Ballot.DECLINE: "Nous n’y voyons pas encore ce que des habitants ont décidé ou fait. Revenez vers nous quand ce sera le cas.",
}


async def load(today: date | None = None, *, fiches: bool = True) -> int:
    """Fill an empty database with the demonstration; return the number of fiches (0 without `fiches`).

    The same day gives the same content. Nothing is done if there are accounts already.
    """
    today = today or datetime.now(UTC).date()
    await directory.ensure_federations()
    async with transaction() as session:
        if (await session.exec(select(Account.id).limit(1))).first() is not None:
            return 0
        accounts = await _accounts(session)
        centres = await _centres(session)
        for name, centre in WRITES_FOR.items():
            session.add(
                Membership(
                    account_id=accounts[name],
                    centre_id=centres[centre].id or 0,
                    requested_at=_at(today, 901),
                    accepted_at=_at(today, 900),
                )
            )
        session.add_all(
            Relay(federation_id=federation, account_id=accounts[name]) for name, federation in RELAYS.items()
        )
        if not fiches:
            return 0
        pictures = _pictures()
        session.add_all(
            Media(key=photo.media, width=photo.width, height=photo.height, created_at=_at(today, 900))
            for photo in pictures.values()
        )
        loaded = list(_read("fiches"))
        for _, row in loaded:
            await _fiche(session, row, today, accounts, centres, pictures)
    publication.bump()
    return len(loaded)


def _read(kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted((FOLDER / kind).glob("*.toml")):
        with path.open("rb") as file:
            yield path.stem, tomllib.load(file)


def _at(today: date, days_ago: float, hour: int = 9) -> datetime:
    whole = int(days_ago)
    moment = datetime.combine(today - timedelta(days=whole), time(hour, (whole * 7) % 60), UTC)
    return min(moment, datetime.now(UTC)) if today <= datetime.now(UTC).date() else moment  # not yet tonight


async def _accounts(session: AsyncSession) -> dict[str, int]:
    made = {
        key: Account(email=f"{key}@demo.example", name=name, role=role, federation_id=federation, demo=demo)
        for key, name, role, federation, demo in ACCOUNTS
    }
    for account in made.values():
        session.add(account)
        await session.flush()
    return {key: account.id or 0 for key, account in made.items()}


async def _centres(session: AsyncSession) -> dict[str, Centre]:
    made: dict[str, Centre] = {}
    for _, rows in _read("centres"):
        for key, row in rows.items():
            federation = row.pop("federation", None)
            card = IdentityCard.model_validate(row)
            commune = geography.communes().get(card.commune)
            made[key] = Centre(
                slug=await publication.free_slug(session, Centre, card.name),
                name=card.name,
                kind=card.kind,
                commune_code=card.commune,
                departement_code=commune.departement_code if commune else "",
                federation_id=federation,
                card=card,
            )
            session.add(made[key])
            await session.flush()
    return made


def _pictures() -> dict[str, Photo]:
    """Store the illustrations as uploaded pictures are; return each with its alternative text and focus."""
    with (FOLDER / "illustrations" / "index.toml").open("rb") as file:
        index = tomllib.load(file)
    stored = {}
    for name, row in index.items():
        path = FOLDER / "illustrations" / f"{name}.jpg"
        if not path.exists():
            continue
        focus = row.get("focus", [0.5, 0.5])
        photo = _stored(path)
        stored[name] = photo.model_copy(
            update={
                "alt": row["alt"],
                "credit": CREDIT,
                "licence": PhotoLicence.FREE,
                "consent": ImageConsent.NOBODY,
                "focus_x": focus[0],
                "focus_y": focus[1],
            }
        )
    return stored


def _stored(path: Path) -> Photo:
    data = path.read_bytes()
    key = hashlib.sha256(data).hexdigest()[:24]
    if darkroom.is_stored(key, media.folder()):
        width, height = darkroom.size_of(key, media.folder())
        return Photo(media=key, width=width, height=height)
    return darkroom.develop(data, media.folder(), media.masters())


async def _fiche(
    session: AsyncSession,
    row: dict[str, Any],
    today: date,
    accounts: dict[str, int],
    centres: dict[str, Centre],
    pictures: dict[str, Photo],
) -> None:
    centre = centres[row["centre"]]
    photos = [
        pictures[photo["name"]].model_copy(update={"caption": photo.get("caption", ""), "cover": number == 0})
        for number, photo in enumerate(row.get("photos", ()))
        if photo["name"] in pictures
    ]
    content = FicheContent.model_validate(row["content"] | {"card": centre.card.model_dump()})
    content.photos = photos
    state = State(row["state"])
    started = _at(today, row["started"], 14)
    fiche = Fiche(
        centre_id=centre.id or 0,
        created_by=accounts["centre"] if row["centre"] == OWN_CENTRE else None,
        created_at=started,
    )
    session.add(fiche)
    await session.flush()
    revision = Revision(
        fiche_id=fiche.id or 0,
        content=content,
        palette=row.get("palette", "lagune"),
        created_at=started,
        updated_at=_at(today, row.get("proposed", max(row["started"] - 2, 0)), 17),
    )
    session.add(revision)
    await session.flush()
    await _past(session, row, today, accounts, revision)
    if state is State.DRAFT:
        return
    await _review(session, row, today, accounts, centre, fiche, revision)
    if state is State.ARCHIVED:
        publication.withdraw(fiche, revision)
        revision.closed_at = _at(today, row["archived"])
    session.add_all([fiche, revision])
    await session.flush()
    if state is State.PUBLISHED:
        await publication.index(session, fiche, revision, centre)


async def _past(
    session: AsyncSession, row: dict[str, Any], today: date, accounts: dict[str, int], revision: Revision
) -> None:
    """Give a draft the versions that its `earlier` tables tell: what was different from the present content."""
    present = revision.content.model_dump(mode="json")
    for version, earlier in enumerate(row.get("earlier", ()), 1):
        at = _at(today, earlier["days_ago"], earlier["hour"])
        revision.version, revision.saved_by = version + 1, accounts["centre"]
        session.add(
            Snapshot(
                revision_id=revision.id or 0,
                version=version,
                content=FicheContent.model_validate(_overlaid(present, earlier["content"])),
                gabarit=revision.gabarit,
                palette=revision.palette,
                account_id=accounts[earlier["by"]],
                at=at,
            )
        )
    await session.flush()


def _overlaid(data: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    return data | {
        key: _overlaid(data[key], value) if isinstance(value, dict) else value for key, value in other.items()
    }


async def _review(
    session: AsyncSession,
    row: dict[str, Any],
    today: date,
    accounts: dict[str, int],
    centre: Centre,
    fiche: Fiche,
    revision: Revision,
) -> None:
    """Tell the story of the one round of a demonstration fiche."""
    state, proposed = State(row["state"]), row["proposed"]
    revision.move(State.PROPOSED)
    revision.proposed_at = _at(today, proposed, 17)
    round_ = ReviewRound(
        revision_id=revision.id or 0,
        opened_at=revision.proposed_at,
        due_at=revision.proposed_at + timedelta(days=ANSWER_DAYS),
    )
    session.add(round_)
    await session.flush()
    federations = {key: federation for key, _, _, federation, _ in ACCOUNTS}
    votes = [
        Vote(
            round_id=round_.id or 0,
            account_id=accounts[vote["by"]],
            ballot=Ballot(vote["ballot"]),
            reason=vote.get("reason", ""),
            outside=federations[vote["by"]] != centre.federation_id,
            cast_at=_at(today, max(proposed - vote.get("after", 1), 0), 11),
        )
        for vote in row.get("votes", ())
    ]
    session.add_all(votes)
    remarks = row.get("remarks", ())
    session.add_all(
        Remark(
            round_id=round_.id or 0,
            account_id=accounts[remark["by"]],
            step=remark["step"],
            text=remark["text"],
            created_at=_at(today, max(proposed - remark.get("after", 1), 0), 10),
        )
        for remark in remarks
    )
    readers = dict.fromkeys(
        [vote["by"] for vote in row.get("votes", ())] + [remark["by"] for remark in remarks]
    )
    session.add_all(
        Reading(
            round_id=round_.id or 0,
            account_id=accounts[reader],
            read_at=_at(today, proposed - 1 if proposed > 1 else 0, 9),
        )
        for reader in readers
    )
    if state is State.PROPOSED:
        return
    outcome = tally(votes).outcome or Ballot.PUBLISH
    decided = _at(today, row["decided"], 18)
    round_.closed_at = decided
    session.add_all(
        [
            round_,
            Decision(
                round_id=round_.id or 0,
                outcome=outcome,
                message=MESSAGES[outcome],
                account_id=accounts["comite-1"],
                decided_at=decided,
            ),
        ]
    )
    if state in (State.PUBLISHED, State.ARCHIVED):
        revision.move(State.PUBLISHED)
        revision.published_at = fiche.first_published_at = decided
        fiche.published_revision_id = revision.id
        fiche.slug = await publication.free_slug(session, Fiche, revision.content.title)
    else:
        revision.move(state)
        revision.closed_at = decided if state is State.DECLINED else None
