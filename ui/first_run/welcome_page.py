"""The first page of a new program: connect to the City, or practise. It looks along the way and tells what it finds."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from fieldapp.errors import RefusedError
from fieldapp.texts import tr
from sync.network import Step
from sync.welcome import address_of
from ui.first_run.connection import Connection, name_of, own_name
from ui.unlock.pages import EntrancePage
from ui.widgets import Button, FieldBox, label


class WelcomePage(EntrancePage):
    """`connect_to` carries a Connection to be looked at, `practise` nothing, `cancelled` ends the looking."""

    connect_to = Signal(object)
    practise = Signal()
    cancelled = Signal()

    def __init__(self, before: Connection | None = None) -> None:
        """`before` is what was typed the last time."""
        super().__init__(
            "building-2",
            tr("Welcome to FieldApp"),
            tr(
                "Connect this computer to your City, or try everything in a practice city first. You can practise at"
                " any time; nothing you do there is real."
            ),
        )
        self.address = QLineEdit(before.url if before else "")
        self.address_box = FieldBox(
            tr("Address of the City's gateway"), self.address, hint=tr("The City's IT knows it: https://…")
        )
        self.device = QLineEdit(before.device if before else own_name())
        self.device_box = FieldBox(
            tr("This computer's name"), self.device, hint=tr("It is printed on receipts, as in TOUGH-08.")
        )
        for box in (self.address_box, self.device_box):
            self.body.addWidget(box)
        self.steps = label("", "small", wrap=True)
        self.steps.hide()
        self.body.addWidget(self.steps)
        self.go = Button(tr("Connect"), "primary", hint=tr("Enter"))
        self.go.clicked.connect(self._go)
        for edit in (self.address, self.device):
            edit.returnPressed.connect(self._go)
        self.stop = Button(tr("Cancel"), "plain", shortcut="Esc")
        self.stop.clicked.connect(self.cancelled)
        self.stop.hide()
        self.practice = Button(tr("Practise first"), "plain", icon="play", hint="Ctrl P", shortcut="Ctrl+P")
        self.practice.clicked.connect(self.practise)
        self.offer(self.go, self.stop, self.practice)

    def enter(self) -> None:
        """Put the focus where one begins."""
        self.address.setFocus()

    def typed(self) -> Connection:
        """What stands in the fields, right or not."""
        return Connection(self.address.text().strip(), name_of(self.device.text()) or own_name())

    def look(self, on: bool) -> None:
        """Whether the way is being looked at."""
        self.go.setVisible(not on)
        self.stop.setVisible(on)
        self.practice.setEnabled(not on)
        for edit in (self.address, self.device):
            edit.setReadOnly(on)

    def found(self, steps: Sequence[Step]) -> None:
        """What the looking has found so far, a line a step."""
        self.steps.setText("\n".join(f"{'✓' if one.good else '✗'} {one.name}: {one.found}" for one in steps))
        self.steps.setVisible(bool(steps))

    def failed(self, what: str, helps: str = "") -> None:
        """It did not work: what happened, and what helps. All that was typed stays."""
        self.look(on=False)
        self.say(" ".join(part for part in (what, helps) if part))
        self.address.setFocus()

    def _go(self) -> None:
        self.address_box.show_error("")
        self.say("")
        self.found(())
        try:
            url = address_of(self.address.text())
        except RefusedError as fault:
            self.address_box.show_error(str(fault))
            self.address.setFocus()
            return
        self.address.setText(url)
        device = self.typed().device
        self.device.setText(device)
        self.look(on=True)
        self.connect_to.emit(Connection(url, device))
