"""Forms that show every control once, with pictures beside them: for tests and for looking at."""

from __future__ import annotations

import shutil
from functools import cache
from math import cos, pi, sin
from pathlib import Path

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

from fieldapp.forms import FormDefinition, load_form

HERE = Path(__file__).parent / "galleries"
SIGNS = {"stop": ("#B3261E", 8), "yield": ("#F0B45A", 3), "speed": ("#566272", 4)}  # colour, corners


@cache
def gallery(folder: Path) -> FormDefinition:
    """All kinds of choices, numbers, texts and days, put into `folder` with the pictures of their choices."""
    for name, (colour, corners) in SIGNS.items():
        sign(colour, corners).save(str(folder / f"{name}.png"))
    return _loaded("controls.md", folder)


@cache
def groups_form(folder: Path) -> FormDefinition:
    """Pages, a table of choices, repeats as a table and one at a time, and marks in texts."""
    return _loaded("groups.md", folder)


def sign(colour: str, corners: int, size: int = 240) -> QImage:
    """A made-up traffic sign."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor("white"), 10))
    painter.setBrush(QColor(colour))
    middle, turn = size / 2, pi / 2 if corners == 3 else pi / corners - pi / 2
    angles = [turn + 2 * pi * corner / corners for corner in range(corners)]
    points = [QPointF(middle + middle * 0.95 * cos(angle), middle + middle * 0.95 * sin(angle)) for angle in angles]
    painter.drawPolygon(QPolygonF(points))
    painter.end()
    return image


def _loaded(name: str, folder: Path) -> FormDefinition:
    return load_form(Path(shutil.copy(HERE / name, folder)))
