"""Photos of a building site that does not exist: drawn, and a little different for each seed."""

from __future__ import annotations

import random
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QImageWriter, QLinearGradient, QPainter, QPen

WIDE, HIGH = 1600, 1200
QUALITY = 88


def draw(path: Path, seed: int) -> Path:
    """Draw a wall of studs with a header, joists above and a shadow, as a JPEG."""
    chance = random.Random(seed)  # noqa: S311 - a drawing, no secret
    image = QImage(WIDE, HIGH, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _ground(painter, chance)
    _studs(painter, chance)
    painter.end()
    path.parent.mkdir(parents=True, exist_ok=True)
    writer = QImageWriter(str(path))
    writer.setQuality(QUALITY)
    writer.write(image)
    return path


def _ground(painter: QPainter, chance: random.Random) -> None:
    sky = QLinearGradient(0, 0, 0, HIGH)
    cool = chance.randint(170, 205)
    sky.setColorAt(0.0, QColor(cool, cool + 12, cool + 24))
    sky.setColorAt(0.72, QColor(cool - 30, cool - 28, cool - 22))
    sky.setColorAt(0.73, QColor(118, 108, 96))
    sky.setColorAt(1.0, QColor(92, 84, 74))
    painter.fillRect(0, 0, WIDE, HIGH, sky)


def _studs(painter: QPainter, chance: random.Random) -> None:
    left, opening = chance.randint(90, 160), chance.randint(3, 6)
    for number in range(11):
        if number in (opening, opening + 1):
            continue
        _board(painter, chance, QRectF(left + number * 130, 250, 40, 690))
    _board(painter, chance, QRectF(left - 20, 220, 1380, 44))
    _board(painter, chance, QRectF(left - 20, 930, 1380, 44))
    _board(painter, chance, QRectF(left + opening * 130 - 90, 400, 430, 74))
    for number in range(7):
        _board(painter, chance, QRectF(left + 20 + number * 210, 60, 34, 160))


def _board(painter: QPainter, chance: random.Random, box: QRectF) -> None:
    tone = chance.randint(-14, 14)
    painter.fillRect(box.translated(10, 8), QColor(0, 0, 0, 60))
    painter.fillRect(box, QColor(206 + tone, 172 + tone, 120 + tone))
    painter.setPen(QPen(QColor(150 + tone, 116 + tone, 74 + tone, 150), 2))
    for _ in range(4):
        if box.height() > box.width():
            x = box.left() + chance.uniform(4, box.width() - 4)
            painter.drawLine(QPointF(x, box.top()), QPointF(x + chance.uniform(-3, 3), box.bottom()))
        else:
            y = box.top() + chance.uniform(4, box.height() - 4)
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y + chance.uniform(-2, 2)))
