"""WhyCard: why a case owes this amount, line by line, and what was paid already."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from fieldapp.money.cash import dollars, rounding_said
from fieldapp.money.quote import Quote
from fieldapp.texts import tr
from ui import days
from ui.today.detail import empty
from ui.widgets import Card, Scroll, label, line


class WhyCard(Card):
    """Shows a quote with its reasons."""

    def __init__(self) -> None:
        super().__init__(tr("Why this amount"), padding=16)
        self.lines = Scroll(margins=(0, 0, 0, 0), spacing=8)
        self.body.addWidget(self.lines, 1)
        self.body.addWidget(line())
        self.body.addWidget(label(rounding_said(), "small", wrap=True))

    def show_quote(self, quote: Quote, paid: Decimal, left: Decimal) -> None:
        """What is owed, what of it was `paid`, and what is `left`: below zero where too much was paid."""
        empty(self.lines.body)
        grid = QGridLayout()
        grid.setColumnStretch(0, 1)
        grid.setHorizontalSpacing(16)
        for name, why, amount in _rows(quote, paid) if quote.lines else ():
            _add(grid, name, why, amount)
        _add(grid, tr("Paid too much") if left < 0 else tr("Still to pay"), "", dollars(abs(left)), "strong")
        self.lines.body.addLayout(grid)
        if not quote.lines:
            words = tr("This case asks for no fee, or its form is not that far yet.")
            self.lines.body.addWidget(label(words, wrap=True))
        self.lines.body.addStretch(1)


def _rows(quote: Quote, paid: Decimal) -> Iterator[tuple[str, str, str]]:
    for one in quote.lines:
        yield one.title, days.in_words(one.why, one.day), dollars(one.amount)
        if one.hst:
            yield tr("HST"), "", dollars(one.hst)
    yield tr("Sum"), "", dollars(quote.full)
    if quote.waived:
        yield tr("Waived"), quote.reason, dollars(-quote.full)
    if paid:
        yield tr("Paid so far"), "", dollars(-paid)


def _add(grid: QGridLayout, name: str, why: str, amount: str, style: str = "body") -> None:
    row = grid.rowCount()
    grid.addWidget(label(name, style, wrap=True), row, 0)
    grid.addWidget(label(amount, style), row, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
    if why:
        grid.addWidget(label(why, "small", wrap=True), row + 1, 0)
