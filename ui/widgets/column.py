"""Widgets one below the other, the last with the room that is left."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget


def column(*widgets: QWidget, apart: int = 16) -> QWidget:
    """These, so many px apart."""
    made = QWidget()
    below = QVBoxLayout(made)
    below.setContentsMargins(0, 0, 0, 0)
    below.setSpacing(apart)
    for widget in widgets:
        below.addWidget(widget)
    below.addStretch(1)
    return made
