"""What a question's value may still be, once some conditions are taken to hold."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")


@dataclass(frozen=True, slots=True)
class Domain:
    """All texts in `words` (None: any), and as a number from `low` to `high`; an open end is not reached itself.

    A bound that was once set says that the value is a number at all: blank is none.
    """

    words: frozenset[str] | None = None
    low: float = -math.inf
    high: float = math.inf
    low_open: bool = False
    high_open: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether no value is left."""
        if self.words is not None:
            return not self.words
        return self.low > self.high or (self.low == self.high and (self.low_open or self.high_open))

    def equal(self, text: str) -> Domain:
        """Only this text, or the same number in another spelling."""
        if self.words is not None:
            return replace(self, words=frozenset(word for word in self.words if _same(word, text)))
        if self._is_bounded and not self._holds(text):
            return replace(self, words=frozenset())
        return replace(self, words=frozenset({text}))

    def unequal(self, text: str) -> Domain:
        """Not this text; of an open domain nothing is known after that."""
        if self.words is None:
            return self
        return replace(self, words=frozenset(word for word in self.words if not _same(word, text)))

    def compared(self, operator: str, number: float) -> Domain:
        """Only numbers that are `operator` than `number`."""
        if self.words is not None:
            test = _TESTS[operator]
            return replace(self, words=frozenset(word for word in self.words if _test(word, test, number)))
        if operator in {"<", "<="}:
            is_open = operator == "<" if number <= self.high else self.high_open
            return replace(self, high=min(self.high, number), high_open=is_open)
        is_open = operator == ">" if number >= self.low else self.low_open
        return replace(self, low=max(self.low, number), low_open=is_open)

    @property
    def _is_bounded(self) -> bool:
        return self.low > -math.inf or self.high < math.inf

    def _holds(self, text: str) -> bool:
        if not _NUMBER.fullmatch(text.strip()):
            return False
        number = float(text)
        above = number > self.low or (number == self.low and not self.low_open)
        return above and (number < self.high or (number == self.high and not self.high_open))


_TESTS: dict[str, Callable[[float, float], bool]] = {
    "<": lambda one, other: one < other,
    "<=": lambda one, other: one <= other,
    ">": lambda one, other: one > other,
    ">=": lambda one, other: one >= other,
}


def _same(word: str, text: str) -> bool:
    if word == text:
        return True
    numbers = _NUMBER.fullmatch(word.strip()), _NUMBER.fullmatch(text.strip())
    return all(numbers) and float(word) == float(text)


def _test(word: str, test: Callable[[float, float], bool], number: float) -> bool:
    return bool(_NUMBER.fullmatch(word.strip())) and test(float(word), number)
