"""ChangeCard: the change to give, large, right after a payment: it is read from where the drawer is."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtWidgets import QLabel

from fieldapp.money.cash import dollars
from fieldapp.texts import tr
from ui import theme
from ui.widgets import Card, label

LARGE = 40  # px


class ChangeCard(Card):
    """Hidden where there is no change to give."""

    def __init__(self) -> None:
        super().__init__(padding=16, spacing=4)
        self.amount = QLabel()
        font = theme.font(theme.TITLE, bold=True)
        font.setPixelSize(theme.px(LARGE))
        self.amount.setFont(font)
        self.body.addWidget(label(tr("Change to give"), "strong"))
        self.body.addWidget(self.amount)
        self.hide()

    def show_change(self, change: Decimal) -> None:
        """Say it; nothing for none."""
        self.amount.setText(dollars(change) if change else "")
        self.amount.setAccessibleName(tr("Change to give: {amount}", amount=dollars(change)) if change else "")
        self.setVisible(bool(change))
