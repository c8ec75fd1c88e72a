"""What came: the newest records that others changed at the City, so that one sees the sync bring something."""

from __future__ import annotations

from fieldapp.clock import today
from fieldapp.store import Place, Query
from fieldapp.store import Row as StoreRow
from fieldapp.texts import plural, tr
from ui.days import moment
from ui.records.words import Words
from ui.session import Session
from ui.widgets import Card, EmptyState, ListCard, Row

FEW, MANY = 5, 40


class Came(Card):
    """A card with the City's newest rows."""

    def __init__(self, session: Session) -> None:
        super().__init__(tr("What came"), padding=0)
        self._session = session
        self._words = Words(session)
        self.list = ListCard(tr("What came"), flat=True)
        self._none = EmptyState("inbox", tr("Nothing came yet"), tr("What others do shows here after a sync."))
        self.body.addWidget(self.list)
        self.body.addWidget(self._none)

    def refresh(self) -> None:
        """Read it anew."""
        store = self._session.store
        status = self._session.courier.status if self._session.courier else None
        proof = status.proof if status else None
        newest = store.rows(store.ids(Query())[:MANY])
        rows = [self._row(row) for row in newest if row.place is Place.CITY][:FEW]
        came = plural(proof.received, "{n} row in the last sync", "{n} rows in the last sync") if proof else ""
        self.title.setText(" · ".join(part for part in (tr("What came"), came) if part))
        self.list.show_rows(rows)
        self.list.setVisible(bool(rows))
        self._none.setVisible(not rows)
        self.list.fit(FEW)

    def _row(self, row: StoreRow) -> Row:
        service, icon = self._words.service(row.service)
        when = moment(row.updated, today(self._session.clock))
        below = " · ".join(part for part in (when, row.reference, service) if part)
        return Row(row.id, row.title or service, below, icon=icon, chip=self._words.state(row.service, row.state))
