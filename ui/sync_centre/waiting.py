"""What waits to be sent, oldest first."""

from __future__ import annotations

from fieldapp.actions import undecided
from fieldapp.clock import today
from fieldapp.store import Place, Query
from fieldapp.store import Row as StoreRow
from fieldapp.texts import plural, tr
from ui.days import moment
from ui.records.words import Words
from ui.session import Session
from ui.titles import title_of_row
from ui.widgets import Card, EmptyState, ListCard, Row

MOST = 200  # rows listed; the head counts all


class Waiting(Card):
    """A card with the records whose newest Change the City has not answered."""

    def __init__(self, session: Session) -> None:
        super().__init__(tr("Waiting to be sent"), padding=0)
        self._session = session
        self._words = Words(session)
        self.list = ListCard(tr("Waiting to be sent"), flat=True)
        self.none = EmptyState("check", tr("Nothing waits"))
        self.body.addWidget(self.list)
        self.body.addWidget(self.none)

    def refresh(self) -> None:
        """Read it anew."""
        store = self._session.store
        numbers = store.ids(Query(places=(Place.WAITING,), descending=False))
        rows = [self._row(row) for row in store.rows(numbers[:MOST])]
        self.title.setText(f"{tr('Waiting to be sent')} · {len(numbers)}")
        self.list.show_rows(rows)
        self.list.setVisible(bool(rows))
        self.none.setVisible(not rows)
        self._say_none(len(store.blobs.queue()))
        self.list.fit(6)

    def _say_none(self, files: int) -> None:
        """With no record left to be sent, photos may still be: then not everything is with the City."""
        if files:
            words = plural(files, "{n} file is not with the City yet", "{n} files are not with the City yet")
            why = tr("The City has every record that was submitted here. Photos follow; those of a draft go with it.")
            self.none.say("image", words, why)
        else:
            self.none.say("check", tr("Nothing waits"), tr("The City has everything that was submitted here."))

    def _row(self, row: StoreRow) -> Row:
        service, icon = self._words.service(row.service)
        saved = moment(row.updated, today(self._session.clock))
        below = " · ".join(part for part in (tr("saved {time}", time=saved), row.reference, service) if part)
        with_supervisor = bool(undecided(self._session.desk, row.id))
        chip = (tr("A supervisor decides"), "plain") if with_supervisor else (tr("On this laptop"), "warn")
        return Row(row.id, title_of_row(self._session.desk, row) or service, below, icon=icon, chip=chip)
