"""How far long work is: told while it goes on, so that a person sees it and can stop it."""

from __future__ import annotations

from collections.abc import Callable

Far = Callable[[int, int], None]
"""Takes how much of how much is done, between any two pieces. To stop the work it raises StoppedError: then nothing of
it stays."""


def unwatched(_done: int, _total: int) -> None:
    """Nobody looks, and nobody stops it."""
