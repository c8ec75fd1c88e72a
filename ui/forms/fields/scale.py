"""The numbers of a range: from where to where, in which steps, and what is said at which of them. No Qt here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

MANY = 20  # with more steps, only the ends have a tick unless the form says where


@dataclass(frozen=True)
class Scale:
    """`start` may be more than `end`: then the range runs downwards."""

    start: Decimal
    end: Decimal
    step: Decimal
    interval: Decimal | None = None
    suggested: Decimal | None = None

    @property
    def count(self) -> int:
        """How many steps there are from one end to the other."""
        return int(abs(self.end - self.start) / self.step)

    def value(self, place: int) -> Decimal:
        """The number at a place, counted from `start`."""
        return self.start + place * (self.step if self.end >= self.start else -self.step)

    def written(self, place: int) -> str:
        """The number at a place, as an answer."""
        return plain(self.value(place))

    def place(self, answer: str) -> int | None:
        """The place of an answer, None for none or one that is not on the scale."""
        number = number_in(answer)
        return None if number is None else self._place_of(number)

    @property
    def ghost(self) -> int | None:
        """Where the form suggests to begin, None where it does not."""
        return None if self.suggested is None else self._place_of(self.suggested)

    def ticks(self) -> list[int]:
        """The places that have a tick."""
        if self.interval:
            between = max(1, int(self.interval / self.step))
        elif self.count <= MANY:
            between = 1
        else:
            return [0, self.count]
        return list(range(0, self.count + 1, between))

    def _place_of(self, number: Decimal) -> int | None:
        place = abs(number - self.start) / self.step
        inside = min(self.start, self.end) <= number <= max(self.start, self.end)
        return int(place) if inside and place == int(place) else None


def scale_of(extra: Mapping[str, str]) -> Scale:
    """The scale of a range question; what is missing or no number is 1 to 10 by 1, XLSForm's default."""
    step = number_in(extra.get("step", "")) or Decimal(1)
    start, end = number_in(extra.get("start", "")), number_in(extra.get("end", ""))
    interval, suggested = number_in(extra.get("tick-interval", "")), number_in(extra.get("placeholder", ""))
    low, high = Decimal(1) if start is None else start, Decimal(10) if end is None else end
    return Scale(low, high, abs(step), abs(interval) if interval else None, suggested)


def number_in(text: str) -> Decimal | None:
    """A number, None where there is none."""
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def plain(number: Decimal) -> str:
    """Without an exponent or needless zeros."""
    written = format(number, "f")
    return written.rstrip("0").rstrip(".") if "." in written else written
