"""Statistics: what is published, where, about what, and how long the committee takes to answer.

Every figure is counted by département first, then summed by federation and region: a federation's figure
changes only with the table that links it to its départements. The rows read are small (no content) and
counted here, because months are those of Paris and the two databases do not compute them alike; the number of
statements never grows.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app import permissions
from app.permissions import Actor
from models import geography
from models.database import reading
from models.fiche import Fiche, GalleryEntry, GalleryTerm, Revision
from models.people import Centre, Federation, FederationDepartement
from models.review import Decision, ReviewRound
from models.taxonomy import State, labels

PARIS = ZoneInfo("Europe/Paris")
MONTHS = 30  # the usual period
ATTACHED = (
    "federation",
    "a_confirmer",
)  # kinds among which each département has one; unions span several of them
OPEN = (State.DRAFT, State.PROPOSED, State.TO_CLARIFY)


@dataclass(frozen=True)
class MonthCount:
    """Fiches published for the first time in a month, and since the beginning; some may be archived today."""

    month: str  # "2024-03"
    count: int
    total: int


@dataclass(frozen=True)
class MonthDelay:
    """Answers given in a month; `days` is the median from proposal to answer, None without an answer."""

    month: str
    answers: int
    days: float | None


@dataclass(frozen=True)
class Place:
    """A territory with its count of fiches; `key` is a département code, a federation id or a region name."""

    key: str
    name: str
    count: int
    to_confirm: bool = False


@dataclass(frozen=True)
class Overview:
    """All figures. "Today" figures ignore the period; the others count what was first published in it."""

    today: date
    months: int | None  # length of the period, None since the beginning
    federation: str | None
    federations: tuple[Place, ...]  # all that can be chosen, with their fiches of today
    # Today
    published: int
    departements_covered: int
    departements_known: int
    federations_covered: int  # without the groups that stand for a federation to be confirmed
    federations_known: int
    centres_published: int
    centres_known: int
    states: dict[State, int]  # every state, in their order
    in_revision: int  # public fiches of which a newer version is being written or read
    waiting: int  # rounds without a decision
    late_waiting: int  # … of which the fifteen days are over
    median_days: (
        float | None
    )  # from a first proposal to its answer, since the beginning; None without an answer
    # The period
    by_month: tuple[MonthCount, ...]
    by_departement: tuple[Place, ...]  # most fiches first; only those with a fiche
    by_federation: tuple[Place, ...]
    by_region: tuple[Place, ...]
    by_theme: dict[str, int]  # every theme key, most fiches first
    without_departement: int
    answers: int  # to first proposals
    median_days_in_period: float | None
    late_answers: int
    delays: tuple[MonthDelay, ...]

    @property
    def published_in_period(self) -> int:
        """Fiches that are public today and were first published in the period."""
        return sum(place.count for place in self.by_departement) + self.without_departement

    @property
    def archived_since(self) -> int:
        """Fiches published once, whenever, which the public no longer sees."""
        return (self.by_month[-1].total if self.by_month else 0) - self.published


@dataclass(frozen=True)
class _FicheRow:
    fiche_id: int
    centre_id: int
    departement: str
    published: bool
    first_published_at: datetime | None
    state: State  # of the newest revision


@dataclass(frozen=True)
class _RoundRow:
    number: int
    departement: str
    opened_at: datetime
    due_at: datetime
    decided_at: datetime | None
    waiting: bool


@dataclass
class _Facts:
    """What was read: everything that the figures are counted from."""

    fiches: list[_FicheRow] = field(default_factory=list)
    rounds: list[_RoundRow] = field(default_factory=list)
    themes: list[tuple[int, str]] = field(default_factory=list)
    centres: dict[str, int] = field(default_factory=dict)  # known structures by département code
    federations: dict[str, Federation] = field(default_factory=dict)
    attachment: dict[str, str] = field(default_factory=dict)  # département code → federation id


async def overview(
    *, actor: Actor, today: date, months: int | None = MONTHS, federation: str | None = None
) -> Overview:
    """Return all figures as of `today`.

    `months` is the number of calendar months looked at, the present one included; None goes back to the
    first publication or answer. `federation` keeps the départements attached to that federation; an unknown
    id keeps everything.
    NotAllowed without the right to see statistics. Always five statements.
    """
    permissions.require(permissions.can_see_statistics(actor), "statistics")
    async with reading() as session:
        facts = await _read(session, today)
    if federation not in facts.federations:
        federation = None
    # Counted before the choice of a federation: the list to choose from stays whole.
    choices = _federations(facts, _by_departement(row for row in facts.fiches if row.published), empty=True)
    return _count(_only(facts, federation), choices, today, months, federation)


# --- reading ---------------------------------------------------------------------------------------------


async def _read(session: AsyncSession, today: date) -> _Facts:
    facts = _Facts(fiches=await _fiches(session), rounds=await _rounds(session))
    themes = await session.exec(
        select(GalleryTerm.fiche_id, GalleryTerm.term).where(GalleryTerm.kind == "theme")
    )
    facts.themes = list(themes.all())
    centres = await session.exec(
        select(Centre.departement_code, func.count()).group_by(Centre.departement_code)
    )
    facts.centres = dict(centres.all())
    links = await session.exec(
        select(Federation, FederationDepartement)
        .join(FederationDepartement, col(FederationDepartement.federation_id) == col(Federation.id))
        .where(
            col(Federation.kind).in_(ATTACHED),
            or_(
                col(FederationDepartement.valid_from).is_(None),
                col(FederationDepartement.valid_from) <= today,
            ),
            or_(
                col(FederationDepartement.valid_until).is_(None),
                col(FederationDepartement.valid_until) >= today,
            ),
        )
        # The last one wins: certain attachments over doubtful ones, then recent over old.
        .order_by(col(FederationDepartement.certain), col(FederationDepartement.id))
    )
    for federation, link in links.all():
        facts.federations[federation.id] = federation
        facts.attachment[link.departement_code] = federation.id
    return facts


def _departement() -> Any:
    """The département of the action where it is public, else that of the structure."""
    return func.coalesce(func.nullif(GalleryEntry.departement_code, ""), Centre.departement_code)


async def _fiches(session: AsyncSession) -> list[_FicheRow]:
    newest = (
        select(Revision.fiche_id, func.max(Revision.number).label("number"))
        .where(col(Revision.deleted_at).is_(None))
        .group_by(col(Revision.fiche_id))
        .subquery()
    )
    rows = await session.exec(
        select(  # type: ignore[call-overload]
            Fiche.id,
            Fiche.centre_id,
            _departement(),
            col(GalleryEntry.fiche_id).is_not(None),
            Fiche.first_published_at,
            Revision.state,
        )
        .join(Centre, col(Centre.id) == col(Fiche.centre_id))
        .join(newest, newest.c.fiche_id == col(Fiche.id))
        .join(Revision, (col(Revision.fiche_id) == col(Fiche.id)) & (col(Revision.number) == newest.c.number))
        .join(GalleryEntry, col(GalleryEntry.fiche_id) == col(Fiche.id), isouter=True)
    )
    return [
        _FicheRow(fiche, centre, place, bool(public), first, State(state))
        for fiche, centre, place, public, first, state in rows
    ]


async def _rounds(session: AsyncSession) -> list[_RoundRow]:
    rows = await session.exec(
        select(  # type: ignore[call-overload]
            ReviewRound.number,
            _departement(),
            ReviewRound.opened_at,
            ReviewRound.due_at,
            Decision.decided_at,
            ReviewRound.closed_at,
        )
        .join(Revision, col(Revision.id) == col(ReviewRound.revision_id))
        .join(Fiche, col(Fiche.id) == col(Revision.fiche_id))
        .join(Centre, col(Centre.id) == col(Fiche.centre_id))
        .join(GalleryEntry, col(GalleryEntry.fiche_id) == col(Fiche.id), isouter=True)
        .join(Decision, col(Decision.round_id) == col(ReviewRound.id), isouter=True)
    )
    return [
        _RoundRow(number, place, opened, due, decided, waiting=decided is None and closed is None)
        for number, place, opened, due, decided, closed in rows
    ]


# --- counting --------------------------------------------------------------------------------------------


def _only(facts: _Facts, federation: str | None) -> _Facts:
    """Keep what lies in the départements of a federation."""
    if federation is None:
        return facts
    kept = {code for code, owner in facts.attachment.items() if owner == federation}
    fiches = [row for row in facts.fiches if row.departement in kept]
    ids = {row.fiche_id for row in fiches}
    return _Facts(
        fiches=fiches,
        rounds=[row for row in facts.rounds if row.departement in kept],
        themes=[pair for pair in facts.themes if pair[0] in ids],
        centres={code: count for code, count in facts.centres.items() if code in kept},
        federations={federation: facts.federations[federation]},
        attachment={code: owner for code, owner in facts.attachment.items() if code in kept},
    )


def _count(
    facts: _Facts, choices: tuple[Place, ...], today: date, months: int | None, federation: str | None
) -> Overview:
    public = [row for row in facts.fiches if row.published]
    covered = _by_departement(public)
    federations = _federations(facts, covered)
    span = _span(facts, today, months)
    recent = [row for row in public if row.first_published_at and _month(row.first_published_at) >= span[0]]
    by_departement = _by_departement(recent)
    answered = [row for row in facts.rounds if row.decided_at and _month(row.decided_at) >= span[0]]
    firsts = [row for row in answered if row.number == 1]
    waiting = [row for row in facts.rounds if row.waiting]
    return Overview(
        today=today,
        months=months,
        federation=federation,
        federations=choices,
        published=len(public),
        departements_covered=len(covered),
        departements_known=len(facts.attachment) if federation else len(geography.departements()),
        federations_covered=sum(not place.to_confirm for place in federations),
        federations_known=sum(each.kind == "federation" for each in facts.federations.values()),
        centres_published=len({row.centre_id for row in public}),
        centres_known=sum(facts.centres.values()),
        states=_states(facts.fiches),
        in_revision=sum(row.state in OPEN for row in public),
        waiting=len(waiting),
        late_waiting=sum(row.due_at.astimezone(PARIS).date() < today for row in waiting),
        by_month=_by_month(facts.fiches, span),
        by_departement=_named_departements(by_departement),
        by_federation=_federations(facts, by_departement),
        by_region=_regions(by_departement),
        by_theme=_themes(facts.themes, {row.fiche_id for row in recent}),
        without_departement=len(recent) - sum(by_departement.values()),
        answers=len(firsts),
        median_days=_median_days(row for row in facts.rounds if row.number == 1 and row.decided_at),
        median_days_in_period=_median_days(firsts),
        late_answers=sum(row.decided_at > row.due_at for row in answered if row.decided_at),
        delays=_delays(firsts, span),
    )


def _month(moment: datetime) -> str:
    return moment.astimezone(PARIS).strftime("%Y-%m")


def _span(facts: _Facts, today: date, months: int | None) -> list[str]:
    """The months of the period, oldest first, none left out, the present one included."""
    last = today.year * 12 + today.month - 1
    if months is not None:
        first = last - max(months, 1) + 1
    else:
        moments = [row.first_published_at for row in facts.fiches if row.first_published_at]
        moments += [row.decided_at for row in facts.rounds if row.decided_at]
        oldest = min(moments).astimezone(PARIS) if moments else today
        first = min(oldest.year * 12 + oldest.month - 1, last)
    return [f"{rank // 12:04d}-{rank % 12 + 1:02d}" for rank in range(first, last + 1)]


def _by_month(fiches: Iterable[_FicheRow], span: list[str]) -> tuple[MonthCount, ...]:
    counts = Counter(_month(row.first_published_at) for row in fiches if row.first_published_at)
    total = sum(count for month, count in counts.items() if month < span[0])
    found = []
    for month in span:
        total += counts[month]
        found.append(MonthCount(month, counts[month], total))
    return tuple(found)


def _states(fiches: Iterable[_FicheRow]) -> dict[State, int]:
    """A public fiche counts as published, whatever becomes of a newer version of it."""
    counts = Counter(State.PUBLISHED if row.published else row.state for row in fiches)
    return {state: counts[state] for state in State}


def _by_departement(fiches: Iterable[_FicheRow]) -> Counter[str]:
    known = geography.departements()
    return Counter(row.departement for row in fiches if row.departement in known)


def _sorted(places: Iterable[Place]) -> tuple[Place, ...]:
    return tuple(sorted(places, key=lambda place: (-place.count, geography.fold(place.name))))


def _named_departements(counts: Counter[str]) -> tuple[Place, ...]:
    known = geography.departements()
    return _sorted(Place(code, known[code].name, count) for code, count in counts.items())


def _federations(facts: _Facts, counts: Counter[str], *, empty: bool = False) -> tuple[Place, ...]:
    """Sum the counts of départements by federation; `empty` also gives those without a fiche."""
    sums = Counter(dict.fromkeys(facts.federations, 0))
    for code, count in counts.items():
        if code in facts.attachment:
            sums[facts.attachment[code]] += count
    return _sorted(
        Place(key, facts.federations[key].name, count, to_confirm=facts.federations[key].kind != "federation")
        for key, count in sums.items()
        if count or empty
    )


def _regions(counts: Counter[str]) -> tuple[Place, ...]:
    known = geography.departements()
    sums: Counter[str] = Counter()
    for code, count in counts.items():
        sums[known[code].region] += count
    return _sorted(Place(region, region, count) for region, count in sums.items())


def _themes(pairs: Iterable[tuple[int, str]], fiches: set[int]) -> dict[str, int]:
    counts = Counter(term for fiche, term in pairs if fiche in fiches)
    return dict(sorted(((key, counts[key]) for key in labels("themes")), key=lambda pair: -pair[1]))


def _days(row: _RoundRow) -> int:
    """Calendar days in Paris from proposal to answer: 0 on the same day."""
    decided = row.decided_at or row.opened_at
    return (decided.astimezone(PARIS).date() - row.opened_at.astimezone(PARIS).date()).days


def _median_days(rounds: Iterable[_RoundRow]) -> float | None:
    days = [_days(row) for row in rounds]
    return float(median(days)) if days else None


def _delays(rounds: Iterable[_RoundRow], span: list[str]) -> tuple[MonthDelay, ...]:
    by_month: dict[str, list[_RoundRow]] = {month: [] for month in span}
    for row in rounds:
        if row.decided_at and _month(row.decided_at) in by_month:
            by_month[_month(row.decided_at)].append(row)
    return tuple(MonthDelay(month, len(rows), _median_days(rows)) for month, rows in by_month.items())
