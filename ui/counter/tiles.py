"""Tiles: the services by topic, as many side by side as there is room for; digits begin the first nine."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
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
        for tile in self.tiles:
            tile.clicked.connect(lambda _on=False, service=tile.service.id: self.started.emit(service))

    def press(self, typed: str) -> bool:
        """Begin the service of this digit; False where none has it."""
        tile = next((one for one in self.tiles if one.key and one.key == typed), None)
        if tile is not None:
            self.started.emit(tile.service.id)
        return tile is not None

    def listen(self, search: QLineEdit) -> None:
        """In this line, while it is empty, a digit begins a service: no service's name begins with one."""
        search.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Digits of an empty line."""
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if pressed and isinstance(watched, QLineEdit) and isinstance(event, QKeyEvent) and not watched.text():
            return self.press(event.text())
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A small screen has fewer tiles side by side, so that their names stay whole."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._fit)  # moved while it is being laid out, they would keep their old heights

    def _fit(self) -> None:
        room = self.width() - theme.px(BESIDE)
        needed = max((tile.needed() for tile in self.tiles), default=0) + GAP
        self._arrange(next((n for n in range(COLUMNS, 1, -1) if n * needed <= room), 1))

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
