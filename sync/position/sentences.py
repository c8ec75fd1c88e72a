"""NMEA 0183 sentences into fixes. What is damaged, of another kind or without a fix is passed over, never guessed."""

from __future__ import annotations

import math

from pynmeagps import NMEAReader
from pynmeagps.exceptions import NMEAMessageError, NMEAParseError, NMEATypeError

from fieldapp.clock import Clock
from fieldapp.places.position import RECEIVER, Fix

LONGEST = 512  # characters of a line; the standard says 82, receivers say more
METRES = 5.0  # of a good receiver under open sky; HDOP says how many times worse the satellites stand
CHECKSUM = 1  # pynmeagps: refuse a sentence whose checksum is wrong


class Sentences:
    """One receiver's sentences, one after the other. `good` counts those that were whole, `fixed` tells whether the
    last one about it had a fix."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._spread: float | None = None  # metres, as the receiver itself estimates it (GST)
        self.good = 0
        self.fixed = False

    def take(self, line: bytes) -> Fix | None:
        """The fix that a line tells; None for every other line."""
        if not line.startswith(b"$") or len(line) > LONGEST or b"*" not in line:
            return None  # without a checksum nobody knows whether it came whole
        try:
            message = NMEAReader.parse(line.strip() + b"\r\n", validate=CHECKSUM)
        except (NMEAParseError, NMEAMessageError, NMEATypeError, ValueError, UnicodeError):
            return None
        if message is None:
            return None
        self.good += 1
        if message.msgID == "GST":
            self._spread = _spread(message.stdLat, message.stdLong)
        if message.msgID != "GGA":
            return None
        self.fixed = bool(message.quality) and isinstance(message.lat, float) and isinstance(message.lon, float)
        if not self.fixed or not (abs(message.lat) <= 90 and abs(message.lon) <= 180):
            return None
        accuracy = self._spread if self._spread is not None else _by_satellites(message.HDOP)
        return Fix(message.lat, message.lon, accuracy, self._clock.now(), RECEIVER)


def _spread(north: object, east: object) -> float | None:
    if isinstance(north, float) and isinstance(east, float):
        return math.hypot(north, east)
    return None


def _by_satellites(hdop: object) -> float | None:
    return hdop * METRES if isinstance(hdop, float | int) and hdop > 0 else None
