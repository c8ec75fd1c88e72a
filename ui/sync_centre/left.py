"""Left: the closed records whose time on this laptop is over, with the City's numbers; each may be asked for again."""

from __future__ import annotations

from fieldapp.clock import today
from fieldapp.store.log import PURGED
from fieldapp.texts import plural, tr
from ui.days import moment
from ui.session import Session
from ui.widgets import Card, ListCard, Row, label

SHOWN = 50  # rows listed; the sentence counts all


class Left(Card):
    """Not there while nothing has left. `list.opened` tells a record: where one reads it, it is brought back."""

    def __init__(self, session: Session) -> None:
        super().__init__(tr("Left this laptop"), padding=0)
        self._session = session
        self.receipt = label("", "small", wrap=True)
        self.receipt.setContentsMargins(16, 10, 16, 8)
        self.list = ListCard(tr("Left this laptop"), flat=True)
        self.body.addWidget(self.receipt)
        self.body.addWidget(self.list)

    def refresh(self) -> None:
        """Read it anew."""
        retention = self._session.store.retention
        count = retention.count()
        self.setVisible(bool(count))
        if count:
            self.receipt.setText(self._words(count))
            self.list.show_rows(
                [Row(one.id, one.number or one.id, icon="cloud-check") for one in retention.left(SHOWN)]
            )
            self.list.fit(4)

    def _words(self, count: int) -> str:
        held = plural(count, "{n} closed record, which the City has", "{n} closed records, which the City has")
        last = self._session.store.log.last(PURGED, 1)
        when = moment(last[0].at, today(self._session.clock)) if last else ""
        return tr("{held}. Last: {time}.", held=held, time=when) if when else held
