"""How often what the open pages ask for is done, when many ask at once: all together so many times a second."""

import asyncio
from collections.abc import Hashable

WRITING = 2.0  # seconds after its turn during which a page counts


class Pace:
    """Shares a number of turns a second among the pages that take them."""

    def __init__(self, *, every: float, few: int, budget: float) -> None:
        """`every`: seconds between two turns of a page while at most `few` take them; `budget`: turns a second that more
        of them share."""
        self.every, self.few, self.budget = every, few, budget
        self._last: dict[Hashable, float] = {}  # by page, its last turn

    def interval(self, page: Hashable) -> float:
        """Note a turn of a page; return the seconds until it may have the next one."""
        now = asyncio.get_running_loop().time()
        self._last[page] = now
        for other in [each for each, last in self._last.items() if last < now - WRITING]:
            del self._last[other]
        writing = len(self._last)
        return self.every if writing <= self.few else writing / self.budget
