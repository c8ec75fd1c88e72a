"""AtOnce: the writer of a form that has no thread to write in: what is handed to it is done before it returns."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from fieldapp.errors import FieldAppError

Outcome = TypeVar("Outcome")


class AtOnce:
    """For programs without a window of their own, and for tests that want every step done when it is told."""

    def write(self, job: Callable[[], Outcome], done: Callable[[Outcome | BaseException], None]) -> None:
        """Do `job` and tell `done` what came of it."""
        try:
            outcome = job()
        except FieldAppError as error:
            done(error)
        else:
            done(outcome)

    def written(self) -> None:
        """Nothing ever waits."""
