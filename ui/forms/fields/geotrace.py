"""A line or an area on the map, its points in a list beside it: by click, by keys, or typed one by one."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from fieldapp.forms import Node
from fieldapp.texts import plural, tr
from ui import theme
from ui.forms.fields import geo_words
from ui.forms.fields.base import Field
from ui.forms.fields.geo_line import PlaceLine
from ui.forms.fields.geo_map import GeoMap
from ui.forms.fields.geo_typed import decimal
from ui.forms.fields.geo_value import points_in, value_of
from ui.forms.shape import kind_of
from ui.forms.sheet import Sheet
from ui.map.projection import Point
from ui.map.trail import Trail
from ui.widgets import Button, ListCard, Row, label

SIDE = 248  # px of the list at scale 1
ROWS = 5  # of the list where it stands below the map
ANY = 16_777_215  # px: Qt's word for no bound


class GeoTrailField(Field):
    """An area has at least three corners, a line two points; with fewer it is not an answer yet, and says so."""

    def __init__(self, sheet: Sheet, node: Node) -> None:
        super().__init__(sheet, node)
        self._closed = kind_of(node) == "geoshape"
        self._least = 3 if self._closed else 2
        self._value, self._question = "?", ""
        self.trail = Trail(closed=self._closed)
        self.line = PlaceLine(sheet.host.search_addresses, eager=False)
        self.line.placed.connect(self._typed)
        self.line.strange.connect(self._complain)
        self.points = ListCard(name="")
        self.points.chosen.connect(self._chosen)
        self.points.setMinimumHeight(theme.px(84))
        self.remove = Button("", "quiet", icon="trash-2")
        self.remove.clicked.connect(self._remove)
        self.locate = Button("", icon="navigation")
        self.locate.clicked.connect(self._locate)
        if sheet.host.locate is None:
            self.locate.hide()
        self.said = label("", "strong", wrap=True)
        layers = sheet.host.layers
        self.map = GeoMap(layers, sheet.host.clock, self.trail) if layers is not None else None
        self._lay_out()
        sheet.narrowed.connect(self._fit)
        self._fit()
        self.retranslate()

    def target(self) -> QWidget:
        """The line: everything can be typed."""
        return self.line

    def show_node(self, node: Node) -> None:
        """Show the answer; a beginning that is no answer yet stays."""
        if node.value == self._value:
            return
        self._value = node.value
        self.trail = Trail(points_in(node.value, closed=self._closed), closed=self._closed)
        self._show()

    def flush(self) -> None:
        """Put what stands in the line."""
        self.line.take()

    def retranslate(self) -> None:
        """All its words."""
        self.line.invite()
        self.remove.show_as(tr("Remove"))
        self.locate.show_as(tr("Where I am"))
        if self.map is not None:
            self.map.retranslate()
        self._show_extent()
        self.show_node(self.node())

    def name(self, name: str, description: str) -> None:
        """Line, list, buttons and map say the question."""
        self._question = name
        self.line.setAccessibleName(tr("{name}: add a point", name=name))
        self.line.setAccessibleDescription(". ".join(filter(None, (description, self.said.text()))))
        self.points.setAccessibleName(tr("{name}: points", name=name))
        self.remove.setAccessibleName(f"{name}: {self.remove.text()}")
        self.locate.setAccessibleName(f"{name}: {self.locate.text()}")
        if self.map is not None:
            self.map.name(name)

    def add(self, point: Point) -> None:
        """One more point at the end."""
        self._take(self.trail.added(point))
        self._step(len(self.trail.points) - 1)

    def _lay_out(self) -> None:
        side = QVBoxLayout()
        side.setSpacing(8)
        side.addWidget(self.line)
        side.addWidget(self.points, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.remove)
        buttons.addWidget(self.locate)
        buttons.addStretch(1)
        side.addLayout(buttons)
        self._side = QWidget()
        self._side.setLayout(side)
        side.setContentsMargins(0, 0, 0, 0)
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._both.setSpacing(12)
        if self.map is not None:
            self._both.addWidget(self.map, 1)
            self.map.drawn.connect(self._drawn)
            self.map.stepped.connect(self._step)
        self._both.addWidget(self._side)
        column = QVBoxLayout()
        column.setSpacing(6)
        column.addLayout(self._both)
        column.addWidget(self.said)
        self._row.addLayout(column)

    def _fit(self) -> None:
        """Where there is little room the list stands below the map."""
        below = self.sheet.narrow or self.map is None
        way = QBoxLayout.Direction
        self._both.setDirection(way.TopToBottom if below else way.LeftToRight)
        self._side.setMaximumWidth(ANY if below else theme.px(SIDE))
        self._side.setMinimumWidth(0 if below else theme.px(SIDE))
        self.points.setMaximumHeight(theme.px(40 * ROWS) if below else ANY)

    def _take(self, trail: Trail) -> None:
        """Answer with a trail, or note that it is none yet."""
        self.trail = trail
        self._show()
        missing = self._least - len(trail.points)
        if trail.points and missing > 0:
            self.sheet.entry.refuse(self.path, self._too_few(missing))
            return
        self._value = value_of(trail.points, closed=self._closed)
        self.entered.emit(self._value)

    def _show(self) -> None:
        rows = [Row(str(n), decimal(point), lead=str(n + 1)) for n, point in enumerate(self.trail.points)]
        self.points.show_rows(rows)
        self.remove.setEnabled(bool(rows))
        self._show_extent()
        if self.map is not None:
            self.map.show_trail(self.trail)

    def _show_extent(self) -> None:
        words, missing = geo_words.extent(self.trail), self._least - len(self.trail.points)
        if self.trail.points and missing > 0:
            words = f"{words} · {self._too_few(missing)}"
        self.said.setText(words)

    def _too_few(self, missing: int) -> str:
        if self._closed:
            return plural(missing, "{n} more point makes an area", "{n} more points make an area")
        return tr("1 more point makes a line")

    def _drawn(self, trail: Trail) -> None:
        self._take(trail)
        self._announce()

    def _typed(self, point: Point) -> None:
        """A typed position is put with Enter, an address when it is chosen."""
        self.add(point)
        if self.map is not None:
            self.map.go_to(point)
        self._announce()
        self.line.empty()

    def _chosen(self, row: str) -> None:
        if row and self.map is not None:
            self.map.map.pick(int(row))

    def _step(self, number: int) -> None:
        self.points.choose(str(number))

    def _remove(self) -> None:
        number = int(self.points.current() or len(self.trail.points) - 1)
        self._take(self.trail.without(number))
        self._step(min(number, len(self.trail.points) - 1))
        self._announce()

    def _locate(self) -> None:
        here = self.sheet.host.locate() if self.sheet.host.locate else ""
        point = next(iter(points_in(here)), None)
        if point is None:
            self.sheet.undoable(tr("This device does not know where it is. Type the position or the address."))
        else:
            self._typed(point)

    def _complain(self) -> None:
        self.refused.emit(tr("Choose an address from the list, or enter latitude and longitude: 43.25610, -79.86920."))

    def _announce(self) -> None:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.said.text()))
