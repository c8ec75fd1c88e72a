"""A record's bookings: how each stands, in plain words, and what can be done about it: another time, giving it back,
the waiting list, whether the person came, a file for the resident's calendar."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldapp.actions.bookings import Booking, book, bookings, came, cancel, entry, may_book, open_slots, wait
from fieldapp.bookings.standing import CONFIRMED, OFFERED, WAITING
from fieldapp.errors import FieldAppError
from fieldapp.records import Record
from fieldapp.texts import tr
from ui.choosing import where_to_save
from ui.records.booking_words import chip_of, said_of
from ui.records.slots import SlotChooser
from ui.session import Session
from ui.widgets import Button, Chip, label
from ui.widgets.clearing import clear
from ui.widgets.flow import Flow


class Bookings(QWidget):
    """A block a booking. `asked` tells that the City's calendar was asked for something."""

    asked = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._record = ""
        self._asked_by: Button | None = None  # what opened the list of times
        self._choosing = ""  # the booking for which a time is being chosen
        self._shown: tuple[str, list[Booking]] = ("", [])
        self._lines = QVBoxLayout()
        self._lines.setSpacing(8)
        self._chooser: SlotChooser | None = None  # made when somebody chooses for the first time
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._column.addLayout(self._lines)

    @property
    def chooser(self) -> SlotChooser:
        """Where a time is chosen."""
        if self._chooser is None:
            self._chooser = SlotChooser()
            self._chooser.chosen.connect(self._chosen)
            self._chooser.left.connect(self._back_to_button)
            self._column.addWidget(self._chooser)
        return self._chooser

    def show_record(self, record: Record) -> None:
        """Show its bookings; nothing where there are none."""
        known = record.service in self._session.catalogue
        found = bookings(self._session.desk, record) if known else []
        self.setVisible(bool(found))
        if (record.id, found) == self._shown:
            return
        self._record, self._shown = record.id, (record.id, found)
        if self._chooser is not None:
            self._chooser.hide()
        self._asked_by = None
        clear(self._lines)
        for one in found:
            self._lines.addWidget(self._block(one))

    def _block(self, one: Booking) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(one.title, "sub"))
        head.addWidget(Chip(*chip_of(one)))
        head.addStretch(1)
        column.addLayout(head)
        for text, style in said_of(one, self._session.language):
            column.addWidget(label(text, style, wrap=True))
        if buttons := self._buttons(one):
            holder, flow = QWidget(), Flow()
            holder.setLayout(flow)
            for button in buttons:
                flow.addWidget(button)
            column.addWidget(holder)
        return made

    def _buttons(self, one: Booking) -> list[Button]:
        """What this person can do now."""
        standing, made = one.standing, []
        if not may_book(self._session.desk, one.rule):
            return []
        held = standing is not None and standing.holds and standing.slot is not None
        begun = bool(held and standing and standing.slot and standing.slot.begins <= self._session.clock.now())
        if begun:
            made.append(self._button(tr("They came"), partial(came, there=True), one))
            made.append(self._button(tr("They did not come"), partial(came, there=False), one))
        elif not one.tentative:
            text = tr("Choose another time…") if standing else tr("Choose a time…")
            choose = Button(
                text, "primary" if standing and standing.status == OFFERED else "plain", icon="calendar-days"
            )
            choose.clicked.connect(partial(self._choose, one, choose))
            made.append(choose)
        if standing and standing.status in {CONFIRMED, WAITING, OFFERED} and not begun and not one.asked:
            gives_back = standing.status == CONFIRMED
            made.append(
                self._button(tr("Cancel it for the resident") if gives_back else tr("No longer wanted"), cancel, one)
            )
        if held or (standing and standing.slot):
            save = Button(
                tr("For the resident's calendar…"), "quiet", name=tr("Save a file for the resident's calendar")
            )
            save.clicked.connect(partial(self._save, one))
            made.append(save)
        return made

    def _button(self, text: str, verb: Callable[..., Record], one: Booking) -> Button:
        made = Button(text, "plain")
        made.clicked.connect(lambda: self._do(partial(verb, self._session.desk, self._record, one.rule.id)))
        return made

    def _choose(self, one: Booking, asked_by: Button) -> None:
        self._asked_by = asked_by
        record = self._session.store.record(self._record)
        if record is None:
            return
        self._choosing = one.rule.id
        offers = {slot.id for slot in one.standing.offers} if one.standing else set()
        here = one.standing.slot.id if one.standing and one.standing.slot and one.standing.holds else ""
        found = [slot for slot in open_slots(self._session.desk, record, one.rule.id) if slot.id != here]
        as_of = self._session.courier.status.last_ok if self._session.courier else ""
        self.chooser.show_slots(found, offers, as_of, self._session)
        self.chooser.show()
        self.chooser.list.setFocus()

    def _back_to_button(self) -> None:
        """Nobody chose a time: the keys stand where they were, not at the window's first button."""
        if self._asked_by is not None:
            self._asked_by.setFocus()

    def _chosen(self, slot_id: str, free: bool) -> None:
        verb = book if free else wait
        self._do(partial(verb, self._session.desk, self._record, self._choosing, [slot_id]))

    def _do(self, verb: Callable[[], Record]) -> None:
        try:
            record = self._session.saved(verb)
        except FieldAppError as error:
            self._session.say(str(error))
            return
        self._session.say(tr("Asked. The City answers with the next sync."))
        self.show_record(record)
        self.asked.emit()

    def _save(self, one: Booking) -> None:
        try:
            data = entry(self._session.desk, self._record, one.rule.id)
            name = f"{tr('appointment')}.ics"
            title, kinds = tr("For the resident's calendar"), "iCalendar (*.ics)"
            if chosen := where_to_save(self._session, self, title, name, kinds):
                chosen.write_bytes(data)
        except (FieldAppError, OSError) as error:
            self._session.say(str(error))
