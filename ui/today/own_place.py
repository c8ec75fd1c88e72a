"""Own place on the Today page: the map with a dot where one is, and the dialog that says how that is known."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from fieldapp.errors import FieldAppError
from fieldapp.places.position import Fix
from fieldapp.texts import tr
from ui import theme
from ui.map.projection import Point, View, metres
from ui.map.view import MapView
from ui.session import Session
from ui.widgets import Button, label

LOOK = 2_000  # ms between two looks at where one is
DOT = 7  # px
AROUND, RING = 22, 4  # px: the ring around a pin at which one stands
NEAR = 20_000  # m: whoever is farther away from all visits is not shown with them
FAINT = 40  # of 255: the circle in which one is


class DayMap(MapView):
    """The day's map with one's own place: a dot, and around it how exactly that is known."""

    asked = Signal()  # where one is, by the button on the map
    own: Fix | None = None

    def show_own(self, fix: Fix | None) -> None:
        """Draw the dot there; None takes it away. Where all visits are in sight, one is in sight too."""
        if fix == self.own:
            return
        came, self.own = self.own is None, fix
        if came and self.is_whole():
            self.show_all()
        self.update()

    def _marked(self) -> list[Point]:
        visits = super()._marked()
        if self.own is None:
            return visits
        here = Point(self.own.lat, self.own.lon)
        return [*visits, here] if any(metres(here, one) < NEAR for one in visits) else visits

    def _add_buttons(self) -> None:
        super()._add_buttons()
        button = Button(icon="navigation", name=tr("Where I am"))
        button.clicked.connect(self.asked)
        row = self._tools.layout()
        if row is not None:
            row.addWidget(button)

    def _paint_over(self, painter: QPainter, view: View) -> None:
        if self.own is None:
            return
        where = QPointF(*view.to_px(Point(self.own.lat, self.own.lon)))
        ground = QColor(theme.role("ok"))
        painter.setPen(QPen(theme.role("card"), 2))
        if self.own.accuracy:
            ground.setAlpha(FAINT)
            painter.setBrush(ground)
            radius = self.own.accuracy * view.scale
            painter.drawEllipse(where, radius, radius)
        if self._is_at_a_pin(where, view):  # a ring around it: a dot would hide its number
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.role("ok"), theme.px(RING)))
            painter.drawEllipse(where, theme.px(AROUND), theme.px(AROUND))
        else:
            painter.setBrush(theme.role("ok"))
            painter.drawEllipse(where, theme.px(DOT), theme.px(DOT))

    def _is_at_a_pin(self, where: QPointF, view: View) -> bool:
        places = [QPointF(*view.to_px(pin.point)) for pin in self.pins()]
        return any((where - one).manhattanLength() < theme.px(2 * DOT) for one in places)


class OwnPlace(QDialog):
    """Where one is: by an address that is typed, by the visit one stands at, by a receiver. `moved` tells changes."""

    moved = Signal()

    def __init__(self, session: Session, at_visit: Point | None, parent: QWidget) -> None:
        from ui.forms.fields.geo_line import PlaceLine  # brings the forms along: nothing that a start needs

        super().__init__(parent)
        self._session, self._at_visit = session, at_visit
        self._refused = ""  # why the address that was given is none
        self.setWindowTitle(tr("Where I am"))
        self.said = label("", "body", wrap=True)
        self.place = PlaceLine(session.layers.search_addresses, eager=False)
        self.place.invite()
        self.place.setAccessibleName(tr("I am at"))
        self.place.placed.connect(self._stand)
        self.place.strange.connect(lambda: self.said.setText(tr("This is no place that is known here.")))
        self.here = Button(tr("At the chosen visit"), icon="map-pin")
        self.here.clicked.connect(self._stand_at_visit)
        self.here.setEnabled(at_visit is not None)
        self.forget = Button(tr("Follow the receiver"), "quiet")
        self.forget.clicked.connect(lambda: self._stand(None))
        self.receiver = QLineEdit(session.position.address)
        self.receiver.setPlaceholderText("COM3, /dev/ttyUSB0, tcp://127.0.0.1:10110")
        self.receiver.setAccessibleName(tr("Address of the receiver"))
        self.receiver.returnPressed.connect(self._listen)
        self.receiver.textEdited.connect(self._forget_refusal)
        self.close_ = Button(tr("Close"), "primary", hint=tr("Esc"))
        self.close_.setAutoDefault(False)
        self.close_.clicked.connect(self.accept)
        self._lay_out()
        self._timer = QTimer(self, interval=LOOK)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        self.look()
        self.place.setFocus()

    def look(self) -> None:
        """Say how it stands now, or why the address that stands below is none."""
        self.said.setText(self._refused or self._session.position.words())

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(8)
        self.setMinimumWidth(theme.px(480))
        column.addWidget(self.said)
        column.addWidget(label(tr("I am at"), "small"))
        column.addWidget(self.place)
        row = QHBoxLayout()
        for button in (self.here, self.forget):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(label(tr("Address of the receiver, then Enter"), "small"))
        column.addWidget(self.receiver)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.close_)
        column.addLayout(foot)

    def _forget_refusal(self) -> None:
        self._refused = ""

    def _stand(self, point: object) -> None:
        self._refused = ""
        self._session.position.stand_at(point if isinstance(point, Point) else None)
        self.look()
        self.moved.emit()

    def _stand_at_visit(self) -> None:
        self.place.empty()  # what was typed before is not where one is
        self._stand(self._at_visit)

    def _listen(self) -> None:
        address = self.receiver.text().strip()
        self._refused = ""
        try:
            self._session.saved(lambda: self._session.position.listen_to(address))
        except FieldAppError as error:
            self._refused = str(error)  # until something else is typed: nobody reads it in two seconds
        self.look()
        self.moved.emit()
