"""Small sums that keep what they need for a count, a median and a share, and say no more than may be published."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import median

from fieldapp.opendata.counts import FEWEST


@dataclass
class Tally:
    """Cases of one kind: how many there were, how many of them did well, and how many days each took."""

    cases: int = 0
    good: int = 0
    days: list[int] = field(default_factory=list)

    def take(self, *, good: bool = False, days: int | None = None, times: int = 1) -> None:
        """Count a case, or so many that are alike."""
        self.cases += times
        self.good += times if good else 0
        if days is not None:
            self.days += [days] * times

    @property
    def count(self) -> int | None:
        """How many; None where one to four could be somebody."""
        return None if 0 < self.cases < FEWEST else self.cases

    @property
    def share(self) -> float | None:
        """Of all cases, from 0 to 1; None where there are fewer than five, or one to four did not."""
        few = 0 < self.good < FEWEST or 0 < self.cases - self.good < FEWEST
        return None if self.cases < FEWEST or few else self.good / self.cases

    @property
    def median(self) -> float | None:
        """Days of those that ended; None for fewer than five."""
        return float(median(self.days)) if len(self.days) >= FEWEST else None
