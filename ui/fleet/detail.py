"""One laptop: what needs attention, all that it told, what personal information lies on it, and what one may do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from fieldapp.clock import today
from fieldapp.texts import tr
from sync.laptops import Concern
from sync.leaving import OK
from sync.wire import Laptop
from ui.fleet import words
from ui.session import Session
from ui.widgets import Button, Card, Chip, label
from ui.widgets.clearing import clear
from ui.widgets.scroll import Scroll


class Detail(Card):
    """`records_asked` tells whose records shall be shown, `lost` and `found` that the laptop is. `on_its_way` is what
    was said here of it and has not reached the City: None where nothing was."""

    records_asked = Signal(str)
    lost = Signal()
    found = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(tr("Laptop"), padding=0)
        self._session = session
        self.laptop: Laptop | None = None
        self._scroll = scroll = Scroll(margins=(16, 12, 16, 12), opens=True)
        self._grid = QGridLayout()
        self._grid.setColumnStretch(0, 3)  # long names give way: what they say of the laptop is read whole
        self._grid.setColumnStretch(1, 2)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        scroll.body.addLayout(self._grid)
        scroll.body.addStretch(1)
        self.body.addWidget(scroll)
        self.work = Button(tr("Open work of this person"), icon="table-2")
        self.say_lost = Button(tr("This laptop was lost…"), "danger", icon="ban")
        self.say_found = Button(tr("It is found"), icon="circle-check")
        self.work.clicked.connect(self._ask_records)
        self.say_lost.clicked.connect(self.lost.emit)
        self.say_found.clicked.connect(self.found.emit)
        foot = self.foot()
        foot.addWidget(self.work)
        foot.addStretch(1)
        foot.addWidget(self.say_found)
        foot.addWidget(self.say_lost)

    def show_laptop(self, laptop: Laptop, found: Sequence[Concern], on_its_way: bool | None) -> None:
        """Show another one from its top, or the same as it stands now."""
        if self.laptop is None or (laptop.device, laptop.person) != (self.laptop.device, self.laptop.person):
            self._scroll.verticalScrollBar().setValue(0)
        self.laptop = laptop
        self.title.setText(words.title(laptop))
        clear(self._grid)
        day, catalogue = today(self._session.clock), self._session.catalogue
        for one in found or [Concern(OK, tr("In order"), "")]:
            self._add(Chip(one.words, one.kind), None)
        if on_its_way is not None:
            said = tr("You said that it was lost.") if on_its_way else tr("You said that it is found.")
            self._add(label(tr("{said} The City hears it with the next sync.", said=said), "body", wrap=True), None)
        for name, value in words.facts(laptop, catalogue, day):
            self._add(label(name, "sub", wrap=True), value)
        if laptop.state is not None:
            self._add(label(tr("Records on it, by privacy class"), "strong"), None)
            for name, value in words.held(laptop.state):
                self._add(label(name, "sub", wrap=True), value)
        gone = laptop.withdrawn in {"erasing", "out"} if on_its_way is None else on_its_way
        self._scroll.updateGeometry()
        mine = laptop.person == self._session.person.id
        self.say_found.setVisible(gone and not mine)
        self.say_lost.setVisible(not gone and not mine and laptop.withdrawn != "erased")

    def _add(self, first: QWidget, value: str | None) -> None:
        at = self._grid.rowCount()
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        if value is None:
            wraps = isinstance(first, Chip)
            self._grid.addWidget(first, at, 0, 1, 2, left) if wraps else self._grid.addWidget(first, at, 0, 1, 2)
            return
        self._grid.addWidget(first, at, 0, Qt.AlignmentFlag.AlignTop)  # as wide as its column, or it wraps too early
        self._grid.addWidget(label(value, "body", wrap=True), at, 1)

    def _ask_records(self) -> None:
        if self.laptop is not None:
            self.records_asked.emit(self.laptop.person)
