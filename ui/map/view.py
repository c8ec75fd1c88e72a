"""MapView: a map from this machine's layers alone. Drag or arrows move, the wheel or + and - zoom, Home shows all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QToolTip, QWidget

from fieldapp.places import Layers
from fieldapp.texts import tr
from ui import theme
from ui.map import pins
from ui.map.ground import Ground
from ui.map.names import Names
from ui.map.pins import Pin
from ui.map.projection import Point, View, around
from ui.map.tiles import Tiles
from ui.map.whereabouts import whereabouts
from ui.widgets import Button
from ui.widgets.focus import ring

STEP = 64  # px that an arrow key moves
ZOOM = 1.5
MARGIN = 68  # px at scale 1 around all pins: buttons and caption cover none of them
DRAG = 5  # px: less is a click
REST = 150  # ms without a move, after which one has stopped
ARROWS = {
    Qt.Key.Key_Left: (STEP, 0),
    Qt.Key.Key_Right: (-STEP, 0),
    Qt.Key.Key_Up: (0, STEP),
    Qt.Key.Key_Down: (0, -STEP),
}


class MapView(QWidget):
    """`picked` tells the id of a clicked pin, `pointed` a Point of the ground. A list beside it says the same."""

    picked = Signal(str)
    pointed = Signal(object)

    def __init__(self, layers: Layers, name: str, *, way: bool = False) -> None:
        super().__init__()
        self._layers, self._way = layers, way
        self._ground = Ground(layers)
        self._tiles, self._names = Tiles(self._ground), Names(self._ground)
        self._stamps: list[tuple[str, str, str]] | None = None  # of the layers, once something was told of them
        self._pins: list[Pin] = []
        self._chosen = ""
        self._view: View | None = None
        self._whole: View | None = None  # the view that shows all, until somebody looks elsewhere
        self._pressed: QPointF | None = None
        self._moved = False
        self._caption = ""
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(theme.px(200), theme.px(160))
        self._add_buttons()
        self._stopping = QTimer(self, singleShot=True, interval=REST)
        self._stopping.timeout.connect(self._stop)
        self._more = QTimer(self, singleShot=True, interval=0)
        self._more.timeout.connect(self.update)

    def show_pins(self, found: Sequence[Pin]) -> None:
        """Show other pins, and all of them, unless they are the same as before."""
        if list(found) != self._pins:
            self._pins = list(found)
            self.show_all()

    def choose(self, pin_id: str) -> None:
        """Fill the pin of the chosen line, and bring it into sight."""
        self._chosen = pin_id
        pin = next((one for one in self._pins if one.id == pin_id), None)
        if pin is not None and self._view is not None:
            x, y = self._view.to_px(pin.point)
            if not self.rect().adjusted(24, 24, -24, -24).contains(int(x), int(y)):
                self._view = View(pin.point, self._view.scale, self.width(), self.height())
        self.update()

    def chosen(self) -> str:
        """The id of the filled pin, "" for none."""
        return self._chosen

    def pins(self) -> list[Pin]:
        """What is pinned."""
        return list(self._pins)

    def say(self, caption: str) -> None:
        """The words in the lower left corner: of which day the layers are."""
        self._caption = caption
        self.setAccessibleDescription(caption)
        self.update()

    def show_all(self) -> None:
        """Show every pin; without pins the whole city."""
        points = self._marked() or self._ground.corners()
        self._view = self._whole = around(points, self.width(), self.height(), theme.px(MARGIN))
        self.update()

    def is_whole(self) -> bool:
        """Whether all is shown, as nobody has looked elsewhere yet."""
        return self._view is self._whole

    def _marked(self) -> list[Point]:
        """What is to be seen where all is shown."""
        return [pin.point for pin in self._pins]

    def look_at(self, point: Point, scale: float) -> None:
        """Show a point in the middle, at `scale` px a metre."""
        self._view = View(point, scale, self.width(), self.height())
        self.update()

    def forget_ground(self) -> None:
        """Something was told of the layers: where one was imported anew, draw it, over what stands here until then."""
        stamps = [(one.name, one.imported_at, one.sha256) for one in self._layers.describe()]
        if stamps == self._stamps:  # a new version of the program, or why a layer was not taken
            return
        self._stamps = stamps
        self._ground = Ground(self._layers)
        self._names = Names(self._ground)
        self._tiles.renew(self._ground)
        self.update()

    def view(self) -> View | None:
        """What is shown; None while there is nothing to show."""
        return self._view

    def is_drawing(self) -> bool:
        """Whether something in sight is still missing or stretched."""
        return self._tiles.missing > 0

    def is_sharp(self) -> bool:
        """Whether all that is in sight is drawn as it stays, and one has stopped."""
        return not (self.is_drawing() or self._stopping.isActive())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground, way, pins, caption, and the frame of a card."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QPainterPath()
        frame.addRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)
        painter.setClipPath(frame)
        painter.fillRect(self.rect(), theme.role("bg"))
        if self._view is not None:
            self._paint_ground(painter, self._view)
            pins.paint(painter, self._view, self._pins, self._chosen, way=self._way)
            self._paint_over(painter, self._view)
        self._paint_caption(painter)
        painter.setClipping(False)
        painter.setPen(QPen(theme.role("line"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(frame)
        if self.hasFocus():
            ring(painter, self.rect(), 10)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move, + and - zoom, Home shows all."""
        key = Qt.Key(event.key())
        if key in ARROWS and self._view is not None:
            self._go(self._view.moved(*ARROWS[key]))
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(ZOOM)
        elif key == Qt.Key.Key_Minus:
            self.zoom(1 / ZOOM)
        elif key == Qt.Key.Key_Home:
            self.show_all()
        else:
            super().keyPressEvent(event)
            return
        self.update()

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Nearer (factor above 1) or farther; `at` stays where it is, else the chosen pin in sight or the middle."""
        if self._view is not None:
            where = at or self._anchor(self._view)
            self._go(self._view.zoomed(factor, where.x(), where.y()))

    def _anchor(self, view: View) -> QPointF:
        pin = next((one for one in self._pins if one.id == self._chosen), None)
        where = QPointF(*view.to_px(pin.point)) if pin is not None else QPointF(-1, -1)
        return where if self.rect().contains(where.toPoint()) else QPointF(self.width() / 2, self.height() / 2)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer."""
        self.zoom(ZOOM ** (event.angleDelta().y() / 120), event.position())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The start of a click or of a drag."""
        self._pressed, self._moved = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the ground."""
        if self._pressed is None or self._view is None:
            return
        way = event.position() - self._pressed
        if self._moved or way.manhattanLength() > DRAG:
            self._moved = True
            self._go(self._view.moved(way.x(), way.y()))
            self._pressed = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click picks a pin, or points at the ground."""
        pressed, self._pressed = self._pressed, None
        if pressed is None or self._moved or self._view is None:
            return
        pin = pins.at(self._pins, self._view, event.position())
        if pin is not None:
            self.picked.emit(pin.id)
        else:
            self.pointed.emit(self._view.to_point(event.position().x(), event.position().y()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Go on showing all; whoever looked elsewhere keeps the middle. The first real size shows all."""
        super().resizeEvent(event)
        if self._view is None or self._view is self._whole or not event.oldSize().isValid():
            self.show_all()
        else:
            self._view = self._view.sized(self.width(), self.height())
        self._tools.adjustSize()
        self._tools.move(self.width() - self._tools.width() - 12, 12)

    def event(self, event: QEvent) -> bool:
        """A pin's name shows on hover."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self._view is not None:
            pin = pins.at(self._pins, self._view, QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), pin.name if pin else "", self)
            return True
        return super().event(event)

    def _stop(self) -> None:
        """One has stopped: a screen reader says what is in the middle."""
        self.update()
        if self.hasFocus() and self._view is not None and QAccessible.isActive():
            said = whereabouts(self._layers, self._view.centre)
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))

    def _go(self, view: View) -> None:
        """Look from where one looked to here: one is on the move."""
        self._view = view
        self._stopping.start()
        self.update()

    def _spots(self) -> tuple[Point, ...]:
        """What names on the ground keep away from."""
        return tuple(pin.point for pin in self._pins)

    def _notes(self) -> Mapping[str, str]:
        """What a kind of map says of a ward behind its name, by the ward's two digits; this one nothing."""
        return {}

    def _paint_over(self, painter: QPainter, view: View) -> None:
        """What a kind of map draws above ground and pins; this one nothing."""

    def _add_buttons(self) -> None:
        self._tools = QWidget(self)
        row = QHBoxLayout(self._tools)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        nearer = Button(icon="plus", name=tr("Nearer"))
        farther = Button(icon="minus", name=tr("Farther"))
        whole = Button(icon="map", name=tr("Show all"))
        nearer.clicked.connect(lambda: self.zoom(ZOOM))
        farther.clicked.connect(lambda: self.zoom(1 / ZOOM))
        whole.clicked.connect(self.show_all)
        for button in (nearer, farther, whole):
            row.addWidget(button)

    def _paint_ground(self, painter: QPainter, view: View) -> None:
        spots = self._spots()
        self._tiles.paint(painter, view, self.devicePixelRatioF(), spots)
        self._paint_names(painter, view)
        if self._tiles.missing:
            self._more.start()

    def _paint_names(self, painter: QPainter, view: View) -> None:
        moving = self._stopping.isActive() or self._tiles.missing > 0
        self._names.paint(painter, view, self._spots(), self._notes(), moving=moving)

    def _paint_caption(self, painter: QPainter) -> None:
        if not self._caption:
            return
        painter.setFont(theme.font(theme.SMALL, bold=True))
        words = painter.fontMetrics().elidedText(self._caption, Qt.TextElideMode.ElideRight, self.width() - 44)
        wide, high = painter.fontMetrics().horizontalAdvance(words), theme.px(24)
        box = QRect(12, self.height() - high - 12, wide + 20, high)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.role("bg"))
        painter.drawRoundedRect(box, 6, 6)
        painter.setPen(theme.role("ink2"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), words)
