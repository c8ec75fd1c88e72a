"""The network test on the screen: each step as it is done, and at the first that fails what helps."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from fieldapp.texts import tr
from sync.network import Step
from ui.session import Navigate, Session
from ui.sync_centre.sub_page import SubPage
from ui.widgets import Button, Card, Chip, label, line
from ui.widgets.clearing import clear


class NetworkPage(SubPage):
    """Begins by itself when one comes here, and again when one asks; the screen never waits for it."""

    def __init__(self, session: Session, navigate: Navigate) -> None:
        self.again = Button(tr("Test again"), "primary", icon="refresh-cw")
        super().__init__(session, navigate, tr("Network test"), "", (self.again,))
        self.again.clicked.connect(self.begin)
        self.steps: list[Step] = []
        self.running = False
        card = Card()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 2)
        self._grid.setColumnStretch(2, 3)
        card.body.addLayout(self._grid)
        self.column.addWidget(card)
        safe = tr("Whatever it says: everything you did is saved on this laptop, encrypted.")
        self.column.addWidget(label(safe, "sub", wrap=True))
        self.column.addStretch(1)

    def go(self, **_where: str) -> None:
        """Test at once: nobody comes here for anything else."""
        self.begin()

    def begin(self) -> None:
        """Begin, unless it runs already."""
        network = self.session.network
        if self.running or network is None:
            self.head.say(self.title_text, "" if network else tr("This laptop works without a gateway of the City."))
            return
        self.running, self.steps = True, []
        clear(self._grid)
        self.again.setEnabled(False)
        self.head.say(self.title_text, tr("Testing…"))
        self.session.bridge.follow(network.run, self._heard)

    def _heard(self, step: Step | BaseException | None) -> None:
        if isinstance(step, Step):
            self.steps.append(step)
            self._show(step)
            return
        self.running = False
        self.again.setEnabled(True)
        failed = step is not None or not self.steps or not self.steps[-1].good
        where = self.steps[-1].name if self.steps else type(step).__name__
        stopped = tr("It stopped here: {step}", step=where)
        self.head.say(self.title_text, stopped if failed else tr("The way to the City is free."))

    def _show(self, step: Step) -> None:
        at = self._grid.rowCount()
        if len(self.steps) > 1:
            self._grid.addWidget(line(), at, 0, 1, 4)
            at += 1
        top = Qt.AlignmentFlag.AlignTop
        took = tr("{n} ms", n=round(step.seconds * 1000))
        self._grid.addWidget(Chip(tr("Good"), "ok") if step.good else Chip(tr("Stopped"), "bad"), at, 0, top)
        self._grid.addWidget(label(step.name, "strong", wrap=True), at, 1, top)
        self._grid.addWidget(label(step.found, "body", wrap=True), at, 2, top)
        self._grid.addWidget(label(took, "small"), at, 3, top | Qt.AlignmentFlag.AlignRight)
        if step.helps:
            self._grid.addWidget(label(step.helps, "sub", wrap=True), at + 1, 1, 1, 3)
