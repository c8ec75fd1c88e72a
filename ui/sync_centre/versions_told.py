"""Cards of the Sync page that come only when they have something: what to decide, and what became of two versions."""

from __future__ import annotations

from fieldapp.actions import outcomes, to_decide
from fieldapp.clock import today
from fieldapp.store import Dispute
from fieldapp.texts import tr
from ui.days import moment
from ui.records import told
from ui.session import Navigate, Session
from ui.titles import title_of
from ui.widgets import Card, ListCard, Row

LATELY = 20  # outcomes listed


class ToDecide(Card):
    """For a supervisor: disputes of their wards, oldest first. Enter opens one."""

    def __init__(self, session: Session, navigate: Navigate) -> None:
        super().__init__(tr("Two versions, yours to decide"), padding=0)
        self._session = session
        self.list = ListCard(tr("Two versions, yours to decide"), flat=True)
        self.list.opened.connect(lambda op: navigate("decision", dispute=op, back="sync"))
        self.body.addWidget(self.list)

    def refresh(self) -> None:
        """Read it anew."""
        found = to_decide(self._session.desk)
        self.title.setText(f"{tr('Two versions, yours to decide')} · {len(found)}")
        self.list.show_rows([row for one in found if (row := self._row(one))])
        self.list.fit(6)
        self.setVisible(bool(found))

    def _row(self, dispute: Dispute) -> Row | None:
        record = self._session.store.record(dispute.record)
        if record is None:
            return None
        since = tr("since {time}", time=moment(dispute.at, today(self._session.clock)))
        about = told.waiting(self._session, record, dispute)
        name = title_of(self._session.desk, record)
        return Row(dispute.op, name, f"{about} · {since}", icon="gavel", trailing=record.reference)


class Outcomes(Card):
    """For both authors: whose value was kept. It asks for nothing."""

    def __init__(self, session: Session, navigate: Navigate) -> None:
        super().__init__(tr("What became of two versions"), padding=0)
        self._session = session
        self.list = ListCard(tr("What became of two versions"), flat=True)
        self.list.opened.connect(lambda op: navigate("records", record=self._records.get(op, "")))
        self._records: dict[str, str] = {}
        self.body.addWidget(self.list)

    def refresh(self) -> None:
        """Read it anew."""
        found = outcomes(self._session.desk)[:LATELY]
        self._records = {one.op: one.record for one in found}
        rows = [row for one in found if (row := self._row(one))]
        self.list.show_rows(rows)
        self.list.fit(4)
        self.setVisible(bool(rows))

    def _row(self, dispute: Dispute) -> Row | None:
        record = self._session.store.record(dispute.record)
        if record is None:
            return None
        when = moment(dispute.settled_at, today(self._session.clock))
        said = told.outcome(self._session, record, dispute)
        below = [told.settled(self._session, dispute), title_of(self._session.desk, record), when]
        return Row(dispute.op, said, " · ".join(below), icon="git-merge")
