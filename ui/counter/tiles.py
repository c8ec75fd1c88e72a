"""Tiles: the services by topic, as many side by side as there is room for; a digit and Enter begin the first nine."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit

from fieldapp.services import Service
from fieldapp.services.topics import Topic
from fieldapp.texts import language
from ui import theme
from ui.counter.tile import Tile
from ui.widgets import Scroll, label

COLUMNS = 3  # at most
GAP = 12  # px between them
BESIDE = 16  # px that the scroll bar and the space before it take
STOP = Qt.FocusPolicy.StrongFocus
WAYS = {  # how far right and how far down a key leads
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class Tiles(Scroll):
    """`started` tells a service, by id."""

    started = Signal(str)

    def __init__(self, groups: Iterable[tuple[Topic, Iterable[Service]]]) -> None:
        super().__init__(spacing=12)
        self._groups = [(topic, list(several)) for topic, several in groups]
        services = [service for _, several in self._groups for service in several]
        self.tiles = [Tile(one, str(n) if n <= 9 else "") for n, one in enumerate(services, start=1)]
        self._headings = [label(topic.title.text(language()), "strong") for topic, _ in self._groups]
        self._grid = QGridLayout()
        self._grid.setSpacing(GAP)
        self._grid.setContentsMargins(0, 0, theme.px(8), 0)
        self._columns = 0
        self._arrange(COLUMNS)
        self.body.addLayout(self._grid)
        self.body.addStretch(1)
        self._search: QLineEdit | None = None
        if self.tiles:
            self._stop_at(self.tiles[0])
        for tile in self.tiles:
            tile.installEventFilter(self)
            tile.clicked.connect(lambda _on=False, service=tile.service.id: self.started.emit(service))

    def listen(self, search: QLineEdit) -> None:
        """Letters that are typed on a tile are meant for this line; from it, Down leads to the tiles."""
        self._search = search

    def of_digit(self, typed: str) -> Service | None:
        """The service whose digit is all that was typed, None for none."""
        return next((tile.service for tile in self.tiles if tile.key and tile.key == typed.strip()), None)

    def step_in(self) -> bool:
        """The keyboard goes to the tile at which Tab stops; False without any."""
        stop = next((tile for tile in self.tiles if tile.focusPolicy() == STOP), None)
        if stop is not None:
            stop.setFocus(Qt.FocusReason.TabFocusReason)
        return stop is not None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows lead from tile to tile; letters go on in the line above."""
        if isinstance(watched, Tile) and event.type() == QEvent.Type.FocusIn:
            self._stop_at(watched)
        if isinstance(watched, Tile) and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._moved(watched, event.key()) or self._typed(event)
        return super().eventFilter(watched, event)

    def _moved(self, tile: Tile, key: int) -> bool:
        """To the tile beside, above or below. At the edge the key goes nowhere."""
        way = WAYS.get(Qt.Key(key))
        if way is None:
            return False
        here, right, down = tile.geometry().center(), *way
        ahead = [
            (abs((at.y() - here.y()) if right else (at.x() - here.x())), distance, one)
            for one in self.tiles
            if (distance := right * ((at := one.geometry().center()).x() - here.x()) + down * (at.y() - here.y())) > 0
        ]
        beside = [one for one in ahead if one[0] < tile.height()] if right else ahead
        if beside:
            nearest = min(beside, key=lambda one: (one[1], one[0]))
            nearest[2].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _typed(self, event: QKeyEvent) -> bool:
        """A letter or a digit is a word that begins; Space and Enter are the tile's own."""
        if self._search is None or not event.text().strip() or not event.text().isprintable() or _is_command(event):
            return False
        self._search.setFocus(Qt.FocusReason.OtherFocusReason)
        self._search.insert(event.text())
        return True

    def _stop_at(self, stop: Tile) -> None:
        """Tab stops once among all of them, as at any list: the keyboard comes past in one step."""
        for tile in self.tiles:
            tile.setFocusPolicy(STOP if tile is stop else Qt.FocusPolicy.ClickFocus)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A small screen has fewer tiles side by side, so that their names stay whole."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._fit)  # moved while it is being laid out, they would keep their old heights

    def _fit(self) -> None:
        room = self.width() - theme.px(BESIDE)
        needed = max((tile.needed() for tile in self.tiles), default=0) + GAP
        columns = next((n for n in range(COLUMNS, 1, -1) if n * needed <= room), 1)
        self._arrange(columns)
        wide = (room - theme.px(8) - (columns - 1) * GAP) // columns
        high = max((tile.tall(wide) for tile in self.tiles), default=0)
        for tile in self.tiles:
            tile.setFixedHeight(high)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        tiles, row = iter(self.tiles), 0
        for heading, (_, several) in zip(self._headings, self._groups, strict=True):
            self._grid.addWidget(heading, row, 0, 1, COLUMNS)
            for number, tile in enumerate(islice(tiles, len(several))):
                self._grid.addWidget(tile, row + 1 + number // columns, number % columns)
            row += 2 + (len(several) - 1) // columns
        for column in range(COLUMNS):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)


def _is_command(event: QKeyEvent) -> bool:
    return bool(event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier))
