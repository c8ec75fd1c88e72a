"""DrawnMap: a map on which a position, a line or an area is put: by click and drag, or by keys with the cross."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QWheelEvent

from fieldapp.places import Layers
from ui.map import vertices
from ui.map.projection import Point, View, around
from ui.map.trail import Trail
from ui.map.view import DRAG, MapView

STEPS: dict[int, int] = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
NEAR = 0.35  # px a metre at least when one goes to a point: its block is seen


class DrawnMap(MapView):
    """`drawn` tells the new Trail after each change by hand, `stepped` the number of the chosen point.

    A click on the ground adds, a drag moves, the middle of a leg pulls out one more. By keys: the arrows move the map
    under the cross, Space adds there, M moves the chosen point there, Delete takes it away, Page Up and Down choose.
    """

    drawn = Signal(object)
    stepped = Signal(int)

    def __init__(self, layers: Layers, name: str, trail: Trail) -> None:
        super().__init__(layers, name)
        self._trail = trail
        self._number = -1
        self._dragged = -1
        self._rest = trail.points
        self.pointed.connect(self._add)

    def show_trail(self, trail: Trail) -> None:
        """Show another trail; what is seen of the ground stays, unless the trail would be out of sight or a dot."""
        if trail == self._trail:
            return
        self._trail = trail
        self._number = min(self._number, len(trail.points) - 1)
        if trail.points and not (self._view and self._view.scale >= NEAR / 4 and self._in_sight(trail)):
            self.show_all()
        self.update()

    def trail(self) -> Trail:
        """What is drawn."""
        return self._trail

    def pick(self, number: int) -> None:
        """Choose a point and bring it into sight; -1 chooses none."""
        self._number = number if 0 <= number < len(self._trail.points) else -1
        if self._number >= 0 and self._view is not None:
            point = self._trail.points[self._number]
            if not self._sees(point):
                self.look_at(point, max(self._view.scale, NEAR))
        self.update()

    def picked_number(self) -> int:
        """The number of the chosen point, -1 for none."""
        return self._number

    def go_to(self, point: Point) -> None:
        """Show a place in the middle, near enough to see its block."""
        self.look_at(point, max(self._view.scale if self._view else 0.0, NEAR))

    def show_all(self) -> None:
        """Show the whole trail; without one all that there is."""
        view = around(self._trail.points, self.width(), self.height())
        if view is None:
            super().show_all()
            return
        self._view = view
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space, M, Delete and Page Up or Down are the trail's; the map has the others."""
        key, step = event.key(), STEPS
        if key == Qt.Key.Key_Space:
            self._add(self.aim())
        elif key == Qt.Key.Key_M and self._number >= 0:
            self._change(self._trail.moved(self._number, self.aim() or self._trail.points[self._number]))
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self._trail.points:
            self.remove()
        elif key in step and self._trail.points:
            self._step((self._number + step[key]) % len(self._trail.points))
        else:
            super().keyPressEvent(event)

    def remove(self) -> None:
        """Take the chosen point away, or the last one when none is chosen."""
        if self._trail.points:
            gone = self._number if self._number >= 0 else len(self._trail.points) - 1
            trail = self._trail.without(gone)
            self._number = min(gone, len(trail.points) - 1)
            self._change(trail)

    def aim(self) -> Point | None:
        """The place under the cross."""
        return self._view.centre if self._view else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """On a point, or the middle of a leg: take hold of it; elsewhere the ground."""
        super().mousePressEvent(event)
        if self._view is None or event.button() != Qt.MouseButton.LeftButton:
            return
        self._dragged = vertices.at(self._trail, self._view, event.position())
        leg = vertices.middle_at(self._trail, self._view, event.position()) if self._dragged < 0 else -1
        if leg >= 0:
            self._trail = self._trail.inserted(leg + 1, self._under(event.position(), self._view))
            self._dragged, self._moved = leg + 1, True
        if self._dragged >= 0:
            self._step(self._dragged)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the point, or the ground."""
        if self._dragged < 0 or self._view is None or self._pressed is None:
            super().mouseMoveEvent(event)
        elif self._moved or (event.position() - self._pressed).manhattanLength() > DRAG:
            self._moved = True
            self._trail = self._trail.moved(self._dragged, self._under(event.position(), self._view))
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A point that was dragged stays here; a click elsewhere adds one."""
        dragged, self._dragged = self._dragged, -1
        if dragged < 0:
            super().mouseReleaseEvent(event)
            return
        moved, self._moved, self._pressed = self._moved, False, None
        if moved:
            self.drawn.emit(self._trail)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom when the map has the focus; otherwise the page scrolls past it."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def _paint_over(self, painter: QPainter, view: View) -> None:
        vertices.paint(painter, view, self._trail, self._number)
        if self.hasFocus():
            vertices.paint_cross(painter, QPointF(self.width() / 2, self.height() / 2))

    def _spots(self) -> tuple[Point, ...]:
        """While a point is dragged the ground below is not drawn anew."""
        if self._dragged < 0:
            self._rest = self._trail.points
        return self._rest

    def _add(self, point: Point | None) -> None:
        if point is not None:
            trail = self._trail.added(point)
            self._number = len(trail.points) - 1
            self._change(trail)

    def _change(self, trail: Trail) -> None:
        self._trail = trail
        self.update()
        self.drawn.emit(trail)
        self.stepped.emit(self._number)

    def _step(self, number: int) -> None:
        self.pick(number)
        self.stepped.emit(self._number)

    def _under(self, spot: QPointF, view: View) -> Point:
        return view.to_point(spot.x(), spot.y())

    def _sees(self, point: Point) -> bool:
        x, y = self._view.to_px(point) if self._view else (-1.0, -1.0)
        return self.rect().adjusted(24, 24, -24, -24).contains(round(x), round(y))

    def _in_sight(self, trail: Trail) -> bool:
        return any(self._sees(point) for point in trail.points)
