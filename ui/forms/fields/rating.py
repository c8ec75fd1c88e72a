"""A range as a row of stars. A digit or the arrow keys choose, Delete clears."""

from __future__ import annotations

from math import cos, pi, sin

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QSizePolicy, QWidget

from fieldapp.forms import Node
from fieldapp.texts import tr
from ui import theme
from ui.forms.fields.base import Field
from ui.forms.fields.drawn import Drawn
from ui.forms.fields.scale import scale_of
from ui.forms.sheet import Sheet
from ui.forms.words import amount
from ui.widgets import label
from ui.widgets.focus import ring

SIDE, STAR = 36, 11.0  # px at scale 1: a star's place, its outer radius
INNER = 0.44  # of the outer radius
MOST = 10  # stars; a longer range is a ruler


class RatingField(Field):
    """As many stars as the range has numbers; those up to the answer are filled."""

    def __init__(self, sheet: Sheet, node: Node) -> None:
        super().__init__(sheet, node)
        self.scale = scale_of(node.question.extra)
        self._group = QButtonGroup(self)
        self.stars = [Star() for _ in range(self.scale.count + 1)]
        self._row.setSpacing(0)
        for place, star in enumerate(self.stars):
            star.clicked.connect(lambda _on=False, place=place: self.entered.emit(self.scale.written(place)))
            self._group.addButton(star)
            self._row.addWidget(star)
        self.words = label("", "small")
        self._row.addSpacing(8)
        self._row.addWidget(self.words)
        self._row.addStretch(1)
        self.show_node(node)

    def target(self) -> QWidget:
        """The star of the answer, else the first."""
        return self._group.checkedButton() or self.stars[0]

    def show_node(self, node: Node) -> None:
        """Show the answer."""
        answered = self.scale.place(node.value)
        self._group.setExclusive(False)
        for place, star in enumerate(self.stars):
            star.setChecked(place == answered)
            star.fill(answered is not None and place <= answered)
        self._group.setExclusive(True)
        last = self.scale.written(self.scale.count)
        self.words.setText(tr("{n} of {all}", n=amount(node), all=amount(node, last)) if node.value else "")

    def retranslate(self) -> None:
        """The number's words."""
        self.show_node(self.node())

    def name(self, name: str, description: str) -> None:
        """Each star says the question too."""
        for place, star in enumerate(self.stars):
            star.setAccessibleName(f"{name}: {self.scale.written(place)}")
            star.setAccessibleDescription(description)

    def mark(self, wrong: bool) -> None:
        """The message below says it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes the answer back; a digit gives it."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.entered.emit("")
        elif event.text().isdecimal() and (place := self.scale.place(event.text())) is not None:
            self.stars[place].setFocus()
            self.entered.emit(self.scale.written(place))
        else:
            super().keyPressEvent(event)


class Star(Drawn, QRadioButton):
    """One star."""

    def __init__(self) -> None:
        super().__init__()
        self._filled = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def fill(self, filled: bool) -> None:
        """Filled or only its outline."""
        self._filled = filled
        self.update()

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(theme.px(SIDE), theme.px(SIDE))

    def minimumSizeHint(self) -> QSize:
        """It never shrinks."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = "pri" if self._filled or self.underMouse() else "field"
        painter.setPen(
            QPen(theme.role(edge), 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        )
        painter.setBrush(theme.role("pri") if self._filled else Qt.BrushStyle.NoBrush)
        painter.drawPolygon(_star(QPointF(self.width() / 2, self.height() / 2 + 1), theme.px(10) / 10 * STAR))
        if self.hasFocus():
            ring(painter, self.rect(), 7)
        painter.end()


def _star(middle: QPointF, radius: float) -> QPolygonF:
    points = []
    for corner in range(10):
        long = radius if corner % 2 == 0 else radius * INNER
        angle = pi * corner / 5 - pi / 2
        points.append(QPointF(middle.x() + long * cos(angle), middle.y() + long * sin(angle)))
    return QPolygonF(points)
