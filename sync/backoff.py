"""How long to wait before trying again: full jitter over a doubling limit, so that laptops do not come back as one."""

from __future__ import annotations

import random

BASE = 2.0
CAP = 300.0


class Backoff:
    """Waits of between nothing and `base`, 2 x, 4 x ... up to `cap` seconds."""

    def __init__(self, chance: random.Random, *, base: float = BASE, cap: float = CAP) -> None:
        self._chance = chance
        self._base = base
        self._cap = cap
        self._failures = 0

    def after_failure(self, at_least: float = 0.0) -> float:
        """Seconds to wait now; never less than the City asked for."""
        limit = min(self._cap, self._base * 2.0 ** min(self._failures, 32))
        self._failures += 1
        return at_least + self._chance.uniform(0.0, limit)

    def reset(self) -> None:
        """It worked, or a person asked."""
        self._failures = 0
