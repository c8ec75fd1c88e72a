"""Choosing a slot of the City's calendar: what was free when this laptop last heard from the City, in order of time."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldapp.bookings import Slot
from fieldapp.bookings.speaking import day_words, time_words
from fieldapp.clock import today
from fieldapp.texts import plural, tr
from ui.days import moment
from ui.session import Session
from ui.widgets import Button, ListCard, Row, label

LINES = 6  # seen without scrolling


class SlotChooser(QWidget):
    """`chosen` tells a slot, and whether it was free: a full one is waited for. Escape closes it."""

    chosen = Signal(str, bool)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._free: dict[str, bool] = {}
        self._as_of = label("", "small", wrap=True)
        self.list = ListCard(tr("Times in the City's calendar"))
        self.take = Button(tr("Ask for this time"), "primary")
        self.close_ = Button(tr("Close"), hint="Esc")
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.take, self.close_):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(8)
        column.addWidget(self._as_of)
        column.addWidget(self.list)
        column.addLayout(buttons)
        self.take.clicked.connect(lambda: self._choose(self.list.current()))
        self.list.opened.connect(self._choose)
        self.close_.clicked.connect(self.hide)

    def show_slots(self, slots: Sequence[Slot], offered: Collection[str], as_of: str, session: Session) -> None:
        """Show these; those that the City offered come first."""
        self._free = {slot.id: slot.free > 0 for slot in slots}
        ordered = sorted(slots, key=lambda slot: (slot.id not in offered, slot.free < 1, slot.starts, slot.id))
        self.list.show_rows([row_of(slot, session.language) for slot in ordered])
        self.list.fit(LINES)
        self.take.setEnabled(bool(ordered))
        self._as_of.setText(
            as_of_words(as_of, session) if ordered else tr("The calendar on this laptop has no time for this.")
        )
        if ordered:
            self.list.choose(ordered[0].id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape gives up."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _choose(self, slot_id: str) -> None:
        if slot_id in self._free:
            self.hide()
            self.chosen.emit(slot_id, self._free[slot_id])


def row_of(slot: Slot, language: str) -> Row:
    """A slot as a line: day and time, the place, what is free."""
    chip = (plural(slot.free, "{n} free", "{n} free"), "ok") if slot.free else (tr("Full: waiting list"), "warn")
    when = ", ".join(part for part in (day_words(slot.begins.date(), language), time_words(slot, language)) if part)
    return Row(slot.id, when[:1].upper() + when[1:], slot.place_in(language), chip=chip)


def as_of_words(as_of: str, session: Session) -> str:
    """Since when it may have changed."""
    if not as_of:
        return tr("As this laptop last heard from the City. Somebody else may be faster: only the City confirms.")
    when = moment(as_of, today(session.clock))
    return tr("As of {when}. Somebody else may be faster: only the City confirms.", when=when)
