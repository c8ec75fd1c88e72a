"""A position: an address or latitude and longitude typed, a click on the map, or this device's own where it has one."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldapp.forms import Node
from fieldapp.texts import tr
from ui import theme
from ui.forms.fields import geo_words
from ui.forms.fields.base import WIDE, Field
from ui.forms.fields.geo_line import PlaceLine
from ui.forms.fields.geo_map import GeoMap
from ui.forms.fields.geo_value import points_in, value_of
from ui.forms.sheet import Sheet
from ui.map.projection import Point
from ui.map.trail import Trail
from ui.map.whereabouts import near
from ui.widgets import Button, label

OPEN = frozenset({"maps", "placement-map"})  # appearances that show the map from the start


class GeopointField(Field):
    """Kept as "lat lon altitude accuracy"; altitude and accuracy are 0 where nobody measured them."""

    def __init__(self, sheet: Sheet, node: Node) -> None:
        super().__init__(sheet, node)
        self._value = "?"
        self._question = ""
        self.edit = PlaceLine(sheet.host.search_addresses)
        self.edit.placed.connect(self._placed)
        self.edit.cleared.connect(lambda: self.entered.emit(""))
        self.edit.strange.connect(lambda: self.refused.emit(self._complaint()))
        self.opener = Button("", icon="map")
        self.opener.clicked.connect(self.toggle)
        if sheet.host.layers is None:
            self.opener.hide()
        self.locate = Button("", icon="navigation")
        self.locate.clicked.connect(self._locate)
        if sheet.host.locate is None:
            self.locate.hide()
        self.said = label("", "small", wrap=True)
        self.said.hide()
        self.map: GeoMap | None = None
        self._row.addLayout(self._lay_out())
        self.retranslate()
        if node.question.appearance & OPEN:
            self.toggle()

    def target(self) -> QWidget:
        """The line."""
        return self.edit

    def show_node(self, node: Node) -> None:
        """Show the position in the line, in words and on the map; never over what is being typed."""
        if node.value == self._value or (self.edit.is_pending() and self.edit.hasFocus()):
            return
        self._value = node.value
        point = next(iter(points_in(node.value)), None)
        self.edit.show_point(point)
        words = [geo_words.position(point), near(self.sheet.host.layers, point)] if point else []
        self.said.setText(" · ".join(filter(None, words)))
        self.said.setVisible(point is not None)
        if self.map is not None:
            self.map.show_trail(self._trail(node.value))

    def flush(self) -> None:
        """Tell what was typed."""
        self.edit.take()

    def retranslate(self) -> None:
        """All its words."""
        self.edit.invite()
        self.opener.show_as(tr("Hide the map") if self.is_open() else tr("Map"))
        self.locate.show_as(tr("Where I am"))
        if self.map is not None:
            self.map.retranslate()
        self._value = "?"
        self.show_node(self.node())

    def name(self, name: str, description: str) -> None:
        """Line, buttons and map say the question."""
        self._question = name
        self.edit.setAccessibleName(name)
        self.edit.setAccessibleDescription(". ".join(filter(None, (description, self.said.text()))))
        self.opener.setAccessibleName(f"{name}: {self.opener.text()}")
        self.locate.setAccessibleName(f"{name}: {self.locate.text()}")
        if self.map is not None:
            self.map.name(name)

    def is_open(self) -> bool:
        """Whether the map is shown."""
        return self.map is not None and not self.map.isHidden()

    def toggle(self) -> None:
        """Open or close the map."""
        layers = self.sheet.host.layers
        if self.map is not None:
            self.map.setVisible(self.map.isHidden())
        elif layers is not None:
            self.map = GeoMap(layers, self.sheet.host.clock, self._trail(self.node().value))
            self.map.drawn.connect(lambda trail: self._placed(trail.points[0] if trail.points else None))
            self.map.name(self._question)
            self._column.addWidget(self.map)
            self.map.show()
        self.opener.show_as(tr("Hide the map") if self.is_open() else tr("Map"))
        self.opener.setAccessibleName(f"{self._question}: {self.opener.text()}")

    def _lay_out(self) -> QVBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.edit, 1)
        line.addWidget(self.opener)
        line.addWidget(self.locate)
        self._column = QVBoxLayout()
        self._column.setSpacing(6)
        self._column.addLayout(line)
        self._column.addWidget(self.said)
        self.setMaximumWidth(theme.px(WIDE))
        return self._column

    def _trail(self, value: str) -> Trail:
        return Trail(points_in(value)[:1], most=1)

    def _placed(self, point: Point | None) -> None:
        self.entered.emit(value_of([point]) if point else "")

    def _locate(self) -> None:
        here = self.sheet.host.locate() if self.sheet.host.locate else ""
        point = next(iter(points_in(here)), None)
        if point is None:
            self.sheet.undoable(tr("This device does not know where it is. Type the position or the address."))
        else:
            self._placed(point)

    def _complaint(self) -> str:
        if self.sheet.host.search_addresses is None:
            return tr("Enter latitude and longitude, for example 43.25610, -79.86920.")
        return tr("Choose an address from the list, or enter latitude and longitude: 43.25610, -79.86920.")
