"""In words: which tables of this laptop are not the City's, and what only a newer FieldApp can read."""

from __future__ import annotations

from fieldapp.reference import other_tables
from fieldapp.texts import plural, tr
from ui.session import Session

FEW = 3  # each gets a sentence


def notes(session: Session) -> list[str]:
    """A sentence each; none where all is as the City has it. Layers have a card of their own."""
    said = [
        tr("The City works with another table “{name}” than this FieldApp: please update it.", name=name)
        for name in other_tables(session.store)[:FEW]
    ]
    if unread := len(session.store.handouts.unread()):
        said.append(
            plural(
                unread,
                "The City sent {n} thing that this FieldApp is too old to read. It is kept; please update.",
                "The City sent {n} things that this FieldApp is too old to read. They are kept; please update.",
            )
        )
    return said
