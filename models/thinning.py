"""Which saved versions to keep: the older they are, the further apart they may stand."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta

# (older than, one in each): everything is kept for an hour, then one version in ten minutes, an hour, a day.
STEPS = (
    (timedelta(hours=1), timedelta(minutes=10)),
    (timedelta(days=1), timedelta(hours=1)),
    (timedelta(days=7), timedelta(days=1)),
)
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def superfluous(
    moments: Sequence[datetime],
    *,
    now: datetime,
    proposals: Collection[datetime] = (),
    most: int | None = None,
) -> list[int]:
    """Return the positions in `moments` (ascending) of the versions to drop.

    The newest of each slot stays, and so do the first one, the newest one and, for each of `proposals`, the newest
    one saved by then. If more than `most` would stay, those whose departure leaves the smallest hole go until no more do (the
    protected ones always stay). Slots nest, so thinning often or seldom ends the same.
    """
    if not moments:
        return []
    protected = {0, len(moments) - 1}
    for proposal in proposals:
        earlier = [place for place, moment in enumerate(moments) if moment <= proposal]
        protected.update(earlier[-1:])
    slots: dict[object, int] = {}
    for place, moment in enumerate(moments):
        slots[_slot(moment, now) or place] = place
    kept = sorted(protected | set(slots.values()))
    if most is not None:
        kept = _spread(kept, protected, moments, most)
    stay = set(kept)
    return [place for place in range(len(moments)) if place not in stay]


def _slot(moment: datetime, now: datetime) -> tuple[timedelta, int] | None:
    """Return the slot in which one version is enough; None if every version counts."""
    width = None
    for older, each in STEPS:
        if now - moment > older:
            width = each
    return None if width is None else (width, (moment - _EPOCH) // width)


def _spread(kept: list[int], protected: set[int], moments: Sequence[datetime], most: int) -> list[int]:
    kept = list(kept)
    while len(kept) > most:
        holes = [  # that its departure would leave
            (moments[after] - moments[before], place)
            for before, place, after in zip(kept, kept[1:], kept[2:], strict=False)
            if place not in protected
        ]
        if not holes:
            break
        kept.remove(min(holes)[1])
    return kept
