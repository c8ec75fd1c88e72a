"""The clerk's keys for the resident's side: show it and put it away, "they agree", the resident's other language."""

from __future__ import annotations

from fieldapp.counter.agreement import CLERK
from ui.session import Session

KEY, AGREES, SPEAKS = "F6", "Shift+F6", "Ctrl+F6"


def tell(session: Session) -> None:
    """The resident told the clerk that they agree."""
    if session.facing is not None:
        session.facing.tell(CLERK)


def switch(session: Session) -> None:
    """What the resident is shown speaks the other language."""
    if session.facing is not None:
        session.facing.switch()
