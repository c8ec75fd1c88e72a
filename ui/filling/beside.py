"""What stands beside a form that is open: the property, who it is, papers, last time, what fits the form no more."""

from __future__ import annotations

from fieldapp.records import Record
from ui.filling.cards import DocumentsCard, PersonCard, PropertyCard
from ui.filling.carried import carried_card
from ui.filling.last_time import last_time
from ui.filling.stock_card import stock_card
from ui.forms import FormEditor
from ui.session import Navigate, Session


class Beside:
    """The cards of one opening of a form; those that follow the answers look again with each save (`show`)."""

    def __init__(self, session: Session, navigate: Navigate, editor: FormEditor, record: Record) -> None:
        self._followers = (
            DocumentsCard(session.desk.service_of(record)),
            PersonCard(session, navigate),
            PropertyCard(session, navigate),
        )
        once = carried_card(session, editor, record), last_time(session, editor, record), stock_card(session, record)
        for card in (*once, *self._followers):
            if card is not None:
                editor.add_context(card)
        self.show(record)  # each hides or shows itself: only now, when it is part of the form

    def show(self, record: Record) -> None:
        """What they say of the record as it stands now."""
        for card in self._followers:
            card.show_record(record)
