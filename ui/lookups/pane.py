"""What the look-ups share: a search line with what it finds, the answer with its source, and the map beside them."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from fieldapp.clock import today
from fieldapp.texts import tr
from sync.status import LayerComing, SyncStatus
from ui.lookups.sources import how_to, loaded, on_its_way, sources
from ui.map.caption import caption
from ui.map.view import MapView
from ui.session import Session
from ui.widgets import Beside, Card, EmptyState, ListCard, Row, SearchField, label

RESULTS = 12  # found at the most
SHOWN = 6  # of them without scrolling


class Pane(QWidget):
    """A look-up, or how to load its layers. A subclass fills `answer` before `_lay_out`, looks up and takes.

    `layers` are those that the source names; the look-up works as soon as one of `needed` is on this laptop.
    """

    layers: tuple[str, ...]
    needed: tuple[str, ...]

    def __init__(self, session: Session, search: SearchField, results: str, ground: str) -> None:
        super().__init__()
        self._session = session
        self.search = search
        self.results = ListCard(results, flat=True)
        self.nothing = label("", "sub", wrap=True)
        self.first = EmptyState("search", "")  # what to do, before anything was looked up
        self.map = MapView(session.layers, ground)
        self.answer = QVBoxLayout()
        self._beside: list[QWidget] = []
        self._source = label("", "small", wrap=True)
        self._stack = QStackedWidget()
        self._nothing, self._missing = EmptyState("map", ""), ("map", "")
        self._coming: LayerComing | None = None
        session.bridge.status.connect(self._follow)

    def look_up(self, text: str) -> list[Row]:
        """What `text` may mean."""
        raise NotImplementedError

    def take(self, row_id: str) -> None:
        """Answer for one of the rows that were looked up; another id does nothing."""
        raise NotImplementedError

    def source(self) -> str:
        """The line that says where the answers come from."""
        return sources(self._session, self.layers)

    def show_layers(self) -> None:
        """The layers are here, or not, or anew."""
        self._stack.setCurrentIndex(0 if any(loaded(self._session, layer) for layer in self.needed) else 1)
        self._say_source()
        self.map.say(caption(self._session.layers, today(self._session.clock)))
        self.map.forget_ground()
        self.map.show_all()

    def _say_source(self) -> None:
        """Where answers come from; without a layer, how to get one, or how far it is that comes now."""
        self._source.setText(self.source())
        icon, missing = self._missing
        self._nothing.say(icon, missing, on_its_way(self._session, self.layers) or how_to(self.needed[0]))

    def _follow(self, status: SyncStatus | None) -> None:
        coming = status.layer if status else None
        if coming != self._coming:
            self._coming = coming
            self._say_source()

    def search_for(self, text: str) -> None:
        """Show what `text` may mean."""
        rows = self.look_up(text) if text.strip() else []
        self.nothing.setText(tr("Nothing here is called that. Try fewer letters, or another spelling."))
        self.nothing.setVisible(bool(text.strip()) and not rows)
        self.show_results(rows)
        if text.strip():
            self.first.hide()

    def show_results(self, rows: list[Row]) -> None:
        """Show these, the first one chosen."""
        self.results.show_rows(rows)
        self.results.fit(SHOWN)
        self.results.setVisible(bool(rows))
        if rows:
            self.nothing.hide()
            self.results.choose(rows[0].id)

    def _below_search(self, widget: QWidget) -> None:
        """One more thing between the search line and what is found; before `_lay_out`."""
        self._beside.append(widget)

    def _lay_out(self, icon: str, missing: str) -> None:
        """Put everything in its place; `icon` and `missing` stand there while no layer is loaded."""
        both = QWidget()
        columns = Beside()
        both.setLayout(columns)
        columns.addWidget(self._left(), 1)
        columns.addWidget(self.map, 1)
        nothing = Card()
        self._missing = icon, missing
        nothing.body.addWidget(self._nothing)
        self._stack.addWidget(both)
        self._stack.addWidget(nothing)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 16, 0, 0)
        whole.addWidget(self._stack)
        self.results.hide()
        self.nothing.hide()
        self._connect()
        self.show_layers()

    def _left(self) -> Card:
        left = Card(padding=0, spacing=0)
        top = QVBoxLayout()
        top.setContentsMargins(16, 16, 16, 8)
        top.setSpacing(8)
        top.addWidget(self.search)
        top.addWidget(self.nothing)
        for widget in self._beside:
            top.addWidget(widget)
        left.body.addLayout(top)
        left.body.addWidget(self.results)
        self.answer.insertWidget(0, self.first, 1)
        left.body.addLayout(self.answer, 1)
        left.foot().addWidget(self._source, 1)
        return left

    def _took(self, row_id: str) -> None:
        """Answer; the list goes, and the keys are where the next question is typed."""
        self.take(row_id)
        self.search.setFocus()
        self.search.selectAll()

    def _connect(self) -> None:
        self.search.textChanged.connect(self.search_for)
        self.search.down.connect(self.results.setFocus)
        self.search.returnPressed.connect(lambda: self.take(self.results.current()))
        self.results.opened.connect(self._took)
        self.results.clicked.connect(lambda _index: self._took(self.results.current()))
