"""The names of the wards on the map: each in what is seen of its ward, away from pins and from names of streets, none
over another. While one moves they stay with the ground; where they stand best is looked for when one has stopped."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath

from fieldapp.places import Outline
from fieldapp.texts import language, tr
from ui import theme
from ui.map.ground import Ground, path_of
from ui.map.projection import Point, View

ROUGH = 25  # how much rougher an area may be for the place of its name
ROOM = 70.0  # px that a name keeps from pins
STEPS = (0.5, 0.3, 0.7, 0.4, 0.6, 0.2, 0.8)  # of what is shown of a ward: where its name is tried
TRIED = sorted(itertools.product(STEPS, STEPS), key=lambda at: math.dist(at, (0.5, 0.5)))  # from the middle outwards
NONE: Mapping[str, str] = {}
ROUNDED = 4.0  # px
FAR_WARDS = 0.012  # px a metre below which ward numbers would cover each other


@dataclass(frozen=True)
class Name:
    """Words, and the place on the ground that is their middle."""

    words: str
    middle: Point


class Names:
    """The names, placed once for what is seen."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._placed: list[Name] = []
        self._key: object = None

    def paint(
        self, painter: QPainter, view: View, spots: Sequence[Point], notes: Mapping[str, str] = NONE, *, moving: bool
    ) -> None:
        """Draw them over the ground; `spots` are the pins, `notes` what is said behind the name of a ward, by its code.
        `moving`: more of the ground comes into sight."""
        painter.setFont(theme.font(theme.SMALL, bold=True))
        key = (view, tuple(spots), language(), theme.scale(), tuple(notes.items()), self._ground.street_names.count)
        if self._key is None or (self._key != key and not moving):
            self._key, self._placed = key, self._place(painter.fontMetrics(), view, spots, notes)
        for name in self._placed:
            box = _box(painter.fontMetrics(), name.words, QPointF(*view.to_px(name.middle)))
            _paint_ground(painter, box)
            painter.setPen(theme.role("ink2"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, name.words)

    def placed(self) -> list[Name]:
        """The names that are shown."""
        return list(self._placed)

    def _place(self, metrics: QFontMetrics, view: View, spots: Sequence[Point], notes: Mapping[str, str]) -> list[Name]:
        if view.scale < FAR_WARDS:
            return []
        taken = [QPointF(*view.to_px(spot)) for spot in spots]
        streets = self._ground.street_names.boxes(view, metrics.height())
        boxes: list[QRectF] = []
        placed: list[Name] = []
        for ward in self._ground.wards(view, ROUGH):
            part = _shown_part(ward, view)
            if part is None:
                continue
            for said in (_name(ward), _number(ward)):
                words = _noted(said, notes.get(ward.code, ""))
                box = _free_place(part, _box(metrics, words, QPointF()), taken, streets)
                if box is not None and not any(box.intersects(other) for other in boxes):
                    boxes.append(box)
                    placed.append(Name(words, view.to_point(box.center().x(), box.center().y())))
                    break  # the number alone where there is no room for the name, or it would cover another
        return placed


def _paint_ground(painter: QPainter, box: QRectF) -> None:
    """Streets and borders do not strike a name through."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.role("bg"))
    painter.drawRoundedRect(box, ROUNDED, ROUNDED)


def _box(metrics: QFontMetrics, words: str, middle: QPointF) -> QRectF:
    return _at(QRectF(metrics.boundingRect(words)).adjusted(-4, -2, 4, 2), middle)


def _name(ward: Outline) -> str:
    return tr("Ward {number}", number=_number(ward))


def _noted(name: str, note: str) -> str:
    return f"{name} · {note}" if note else name


def _number(ward: Outline) -> str:
    return ward.code.lstrip("0") or ward.code


def _shown_part(area: Outline, view: View) -> QPainterPath | None:
    """What is shown of an area; None for nothing."""
    shown = QPainterPath()
    shown.addRect(QRectF(0, 0, view.width, view.height))
    whole = path_of(area, view)
    return whole.intersected(shown) if whole.boundingRect().intersects(shown.boundingRect()) else None


def _free_place(part: QPainterPath, size: QRectF, taken: Sequence[QPointF], streets: Sequence[QRectF]) -> QRectF | None:
    """A place for a name of a size in what is shown of its area, away from the pins, and if there is one from the names
    of streets too; None where there is little room."""
    box = part.boundingRect()
    if box.width() < size.width() or box.height() < size.height():
        return None
    places = [QPointF(box.left() + x * box.width(), box.top() + y * box.height()) for x, y in TRIED]
    inside = (place for place in places if part.contains(place))
    free = [_at(size, place) for place in inside if all((place - pin).manhattanLength() > ROOM for pin in taken)]
    quiet = (one for one in free if not any(one.intersects(street) for street in streets))
    return next(quiet, free[0] if free else None)


def _at(size: QRectF, middle: QPointF) -> QRectF:
    box = QRectF(size)
    box.moveCenter(middle)
    return box
