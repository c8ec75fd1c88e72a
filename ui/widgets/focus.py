"""The focus ring: 2 px, in the primary colour, the same on everything that paints itself."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from ui import theme


def ring(painter: QPainter, where: QRect, radius: float = 8, colour: str = "pri", inset: float = 1) -> None:
    """Draw the ring just inside `where`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.role(colour), 2))
    painter.drawRoundedRect(QRectF(where).adjusted(inset, inset, -inset, -inset), radius, radius)
    painter.restore()
