"""How both of the counter's screens stand: the header above, two columns below, stacked where it is narrow."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.widgets import Beside, PageHeader


def below(head: PageHeader, screen: QWidget) -> Beside:
    """Lay `screen` out with its header; the columns go into what is returned."""
    whole = QVBoxLayout(screen)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.setSpacing(16)
    columns = Beside()
    whole.addWidget(head)
    whole.addLayout(columns, 1)
    return columns
