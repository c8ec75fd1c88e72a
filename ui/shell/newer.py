"""Saying once, quietly, that a newer FieldApp is ready, or that one was left for the version before."""

from __future__ import annotations

from contextlib import suppress

from fieldapp.errors import FieldAppError
from fieldapp.updates import words
from fieldapp.updates.place import Installed
from fieldapp.updates.state import read
from ui.session import Session

TOLD = "updates.told"  # setting: the versions of which this person has heard


def tell_of_versions(session: Session) -> None:
    """Say what this person has not heard yet. A disk that takes nothing more only means that it is said again."""
    state = read(Installed.here())
    heard = f"{state.waiting} {state.returned}"
    if heard.strip() and session.store.setting(TOLD) != heard:
        with suppress(FieldAppError):
            session.store.keep_setting(TOLD, heard)
        session.say(words.waiting(state.waiting) if state.waiting else words.returned(state))
