"""Carried: answers that were given in an earlier version of the form and have no place in it as it is now.

They stay with the record, and are shown here, until a person has answered again, copied them or dismissed them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from fieldapp.texts import tr
from ui.widgets import Button, Card, Chip, label, line
from ui.widgets.clearing import clear


@dataclass(frozen=True)
class CarriedLine:
    """One answer: the record's field that keeps it, what it was called, its value in words; and the path of the
    question that must be answered anew ("" where there is none), and whether that was done."""

    field: str
    label: str
    value: str
    question: str = ""
    answered: bool = False


class CarriedCard(Card):
    """The card beside the form. `wanted` asks for a question, `dismissed` to take an answer off the record."""

    wanted = Signal(str)
    dismissed = Signal(str)

    def __init__(self, lines: Sequence[CarriedLine], *, read_only: bool = False) -> None:
        super().__init__(tr("From paper, or an earlier form"), padding=16, spacing=10)
        self._read_only = read_only
        self._lines: list[CarriedLine] = []
        self.body.addWidget(label(tr("As they stand, these answers have no place in this form:"), "small", wrap=True))
        self._blocks = QVBoxLayout()
        self._blocks.setSpacing(12)
        self.body.addLayout(self._blocks)
        self.show_lines(lines)

    def show_lines(self, lines: Sequence[CarriedLine]) -> None:
        """Show these answers, and nothing at all where there are none."""
        if list(lines) == self._lines:
            return  # so that the focus stays on the button that one is about to press
        self._lines = list(lines)
        clear(self._blocks)
        for number, one in enumerate(lines):
            if number:
                self._blocks.addWidget(line())
            self._blocks.addWidget(self._block(one))
        self.setVisible(bool(lines))

    def _block(self, one: CarriedLine) -> QWidget:
        block = QWidget()
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        top = QHBoxLayout()
        top.addWidget(label(one.label, "sub", wrap=True), 1)
        top.addWidget(_chip(one), 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(top)
        value = label(one.value, "strong", wrap=True)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(value)
        if one.question:
            go = Button(tr("Go to question"), name=tr("Go to question: {label}", label=one.label))
            go.clicked.connect(lambda: self.wanted.emit(one.question))
            column.addWidget(go)
        column.addLayout(self._buttons(one))
        return block

    def _buttons(self, one: CarriedLine) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        copy = Button(tr("Copy"), "quiet", icon="copy", name=tr("Copy: {label}", label=one.label))
        copy.clicked.connect(lambda: QApplication.clipboard().setText(one.value))
        row.addWidget(copy)
        if not self._read_only:
            dismiss = Button(tr("Dismiss"), "quiet", icon="x", name=tr("Dismiss: {label}", label=one.label))
            dismiss.clicked.connect(lambda: self.dismissed.emit(one.field))
            row.addWidget(dismiss)
        row.addStretch(1)
        return row


def _chip(one: CarriedLine) -> Chip:
    if one.answered:
        return Chip(tr("Answered again"), "ok")
    return Chip(tr("Answer again"), "warn") if one.question else Chip(tr("No longer asked"), "plain")
