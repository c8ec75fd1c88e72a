"""What was decided is held back for a moment: the toast takes it back, and only then does it leave this laptop."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from fieldapp.actions.bulk import HELD
from ui.session import Session


def say_with_undo(owner: QObject, session: Session, words: str, undo: Callable[[], None]) -> None:
    """Say it, offer the way back, and wake sync when it may go."""
    session.say(words, undo)
    QTimer.singleShot(round(HELD * 1000) + 500, owner, lambda: _send(session))


def _send(session: Session) -> None:
    if session.courier is not None:
        session.courier.wake()
