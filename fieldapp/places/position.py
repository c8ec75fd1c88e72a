"""Where this laptop is: a fix of a receiver, or what a person said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

RECEIVER, MANUAL = "receiver", "manual"
FRESH = timedelta(seconds=15)  # after which a receiver's fix is no more where one is
STANDS = timedelta(minutes=30)  # after which one has driven on from where one said to be


@dataclass(frozen=True)
class Fix:
    """Degrees north and east; `accuracy` is the radius in metres in which it is (two times out of three), None where
    nobody measured; `at` is this laptop's clock; `source` is RECEIVER or MANUAL."""

    lat: float
    lon: float
    accuracy: float | None
    at: datetime
    source: str

    def holds(self, now: datetime) -> bool:
        """Whether one is still there, as far as can be told."""
        return abs(now - self.at) <= (FRESH if self.source == RECEIVER else STANDS)

    @property
    def geopoint(self) -> str:
        """As a form keeps it: latitude, longitude, altitude (never measured: 0) and accuracy (0: unknown)."""
        return f"{self.lat:.6f} {self.lon:.6f} 0 {round(self.accuracy or 0, 1):g}"
