"""Taking away a draft that never left the laptop. It is asked once more, in the page, before anything is gone."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from fieldapp.actions import Desk, may_edit
from fieldapp.records import AUTHOR, Record
from fieldapp.texts import tr
from ui.widgets import Beside, Button, Card, label
from ui.widgets.flow import flowing


class DiscardCard(Card):
    """`button` asks, for the head of the form; the card asks once more. `confirmed`: the draft is to go."""

    confirmed = Signal()

    def __init__(self) -> None:
        super().__init__(padding=16)
        self.button = Button(tr("Discard…"), "quiet", icon="trash-2")
        self.button.setAccessibleName(tr("Discard this draft"))
        self.keep = Button(tr("Keep it"), hint="Esc")
        self.confirm = Button(tr("Discard it"), "danger", icon="trash-2")
        row = Beside(240, 12)
        row.addWidget(
            label(tr("Discard this draft? Its answers are gone for good. Nothing of it was sent."), wrap=True), 1
        )
        row.addWidget(flowing(self.keep, self.confirm, spacing=12))
        self.body.addLayout(row)
        self.button.clicked.connect(self.ask)
        self.keep.clicked.connect(self.leave)
        self.confirm.clicked.connect(self.confirmed)
        self.offer(None, None)

    def offer(self, desk: Desk | None, record: Record | None) -> None:
        """Offer it for this record, where it is a draft of this person's that never left the laptop."""
        self.hide()
        self.button.setVisible(desk is not None and record is not None and discardable(desk, record))

    def ask(self) -> None:
        """Ask once more; what is safe has the keys."""
        self.show()
        self.keep.setFocus(Qt.FocusReason.TabFocusReason)

    def leave(self) -> None:
        """It is kept."""
        self.hide()
        self.button.setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape keeps it."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)


def discardable(desk: Desk, record: Record) -> bool:
    """Whether a record is a draft that this person began and nobody else has seen."""
    draft = desk.service_of(record).state(record.state).kind == "draft"
    return draft and record.rev == 0 and record.get(AUTHOR) == desk.person.id and may_edit(desk, record)
