"""In words: which tables and layers of this laptop are not the City's, and what only a newer FieldApp can read."""

from __future__ import annotations

from fieldapp.actions.reference import Differs, differing
from fieldapp.store import LAYER
from fieldapp.texts import plural, tr
from ui.session import Session

FEW = 3  # each gets a sentence


def notes(session: Session) -> list[str]:
    """A sentence each; none where all is as the City has it."""
    said = [_differs(one) for one in differing(session.store, session.layers)[:FEW]]
    if unread := len(session.store.handouts.unread()):
        said.append(
            plural(
                unread,
                "The City sent {n} thing that this FieldApp is too old to read. It is kept; please update.",
                "The City sent {n} things that this FieldApp is too old to read. They are kept; please update.",
            )
        )
    return said


def _differs(one: Differs) -> str:
    if one.kind != LAYER:
        return tr("The City works with another table “{name}” than this FieldApp: please update it.", name=one.name)
    if not one.here:
        return tr("The City's layer “{name}” of {day} is not on this laptop.", name=one.name, day=one.city)
    days = {"day": one.city, "here": one.here}
    return tr("The City has the layer “{name}” of {day}; this laptop has another, of {here}.", name=one.name, **days)
