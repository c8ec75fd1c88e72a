"""Why a value cannot be taken."""

from __future__ import annotations

_SHORT = 40


class AnswerError(ValueError):
    """A value that the question cannot hold. The message is for the person who typed it."""


def short(answer: str) -> str:
    """An answer as a message shows it."""
    return answer if len(answer) <= _SHORT else answer[: _SHORT - 1] + "…"
