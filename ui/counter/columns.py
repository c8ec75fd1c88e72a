"""How both of the counter's screens stand: the header above, two columns below."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets import PageHeader


def below(head: PageHeader, screen: QWidget) -> QHBoxLayout:
    """Lay `screen` out with its header; the columns go into what is returned."""
    whole = QVBoxLayout(screen)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.setSpacing(16)
    columns = QHBoxLayout()
    columns.setSpacing(16)
    whole.addWidget(head)
    whole.addLayout(columns, 1)
    return columns
