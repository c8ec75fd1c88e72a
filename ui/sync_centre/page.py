"""The Sync page: one look says whether one may close the lid."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout

from fieldapp.store import Touched
from fieldapp.texts import tr
from sync.status import SyncStatus
from ui import theme
from ui.page import Page
from ui.session import Navigate, Session
from ui.sync_centre.came import Came
from ui.sync_centre.compared import Compared
from ui.sync_centre.files import FilesCard
from ui.sync_centre.layers import LayersCard
from ui.sync_centre.left import Left
from ui.sync_centre.ready import Ready
from ui.sync_centre.sign_in import SignInButton
from ui.sync_centre.tools import Tools
from ui.sync_centre.troubles import Troubles
from ui.sync_centre.versions_told import Outcomes, ToDecide
from ui.sync_centre.waiting import Waiting
from ui.sync_centre.words import is_working, sentence
from ui.widgets import Button, PageHeader, Scroll, Told

TWO = 1000  # px of page width from which cards stand in two columns
PAUSE = 300  # ms
EVENING = "evening"  # of `ready`: whether all is home


class SyncPage(Page):
    """Eight cards: waiting, needs you, ready to leave, last complete sync, what came, photos and files, layers, and
    what else one can do."""

    def __init__(self, session: Session, navigate: Navigate) -> None:
        super().__init__(session, navigate)
        self._test = Button(tr("Test the network"), icon="activity")
        self._test.clicked.connect(lambda: navigate("network"))
        self._try = Button(tr("Try now"), "primary", icon="refresh-cw")
        self._try.clicked.connect(self._try_now)
        self._try.setEnabled(session.courier is not None)
        self._sign_in = SignInButton(session)
        self._told = Told()
        self._sign_in.told.connect(self._told.say)
        self._sign_in.ended.connect(self.reload)
        self._head: PageHeader = PageHeader(tr("Sync"), "", (self._test, self._try, self._sign_in))
        self.waiting = Waiting(session)
        self.troubles = Troubles(session, navigate)
        self.compared, self.ready = Compared(session), Ready(session, navigate)
        self.came, self.tools = Came(session), Tools(navigate)
        self._files, self.layers = FilesCard(session), LayersCard(session)
        for listed in (self.waiting.list, self.came.list):
            listed.opened.connect(lambda record: navigate("records", record=record))
        self.left = Left(session)
        self.left.list.opened.connect(lambda record: navigate("records", record=record))
        self.to_decide, self.outcomes = ToDecide(session, navigate), Outcomes(session, navigate)
        self.body.addWidget(self._head)
        self.body.addWidget(self._told)
        scroll = Scroll()
        self._grid = QGridLayout()
        self._grid.setSpacing(16)
        scroll.body.addWidget(self.to_decide)
        scroll.body.addLayout(self._grid)
        scroll.body.addWidget(self.outcomes)
        scroll.body.addStretch(1)
        self.scroll_to_end(scroll)
        self._columns = 0
        self._arrange()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.reload)
        session.bridge.status.connect(self._heard)
        self.reload()

    def refresh(self, touched: Touched) -> None:
        """Follow at a calm pace."""
        if (touched.journal or touched.layers) and not self._pause.isActive():
            self._pause.start()

    def go(self, *, ready: str = "", **_where: str) -> None:
        """Read everything anew at each visit; `ready` asks the morning's or the evening's question."""
        if ready:
            self.ready.ask(evening=ready == EVENING)
        self.reload()

    def reload(self) -> None:
        """Read everything anew."""
        self._status(self.session.courier.status if self.session.courier else None)
        own = (self.to_decide, self.outcomes)
        for card in (
            self.waiting,
            self.troubles,
            self.compared,
            self.ready,
            self.came,
            self._files,
            self.left,
            self.layers,
            *own,
        ):
            card.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column or two, as there is room."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        columns = 2 if self.width() >= theme.px(TWO) else 1
        if columns == self._columns:
            return
        self._columns = columns
        left = (self.waiting, self.ready)
        right = (self.troubles, self.compared, self._files, self.came, self.left, self.layers, self.tools)
        if columns == 2:
            for row, card in enumerate(right):
                self._grid.addWidget(card, row, 1)
            self._grid.addWidget(self.waiting, 0, 0)
            self._grid.addWidget(self.ready, 1, 0, len(right) - 1, 1)
        else:
            for row, card in enumerate((*left[:1], *right[:1], *left[1:], *right[1:])):
                self._grid.addWidget(card, row, 0)
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def _status(self, status: SyncStatus | None) -> None:
        self._sign_in.follow(status)
        self._head.say(tr("Sync"), sentence(status, self.session.clock))
        self._try.setVisible(self._sign_in.isHidden())
        self.layers.follow(status)
        working = is_working(status)
        self._try.show_as(tr("Talking…") if working else tr("Try now"))
        self._try.setEnabled(self.session.courier is not None and not working)

    def _heard(self, status: SyncStatus | None) -> None:
        self._status(status)
        if not is_working(status) and not self._pause.isActive():
            self._pause.start()

    def _try_now(self) -> None:
        if self.session.courier is not None:
            self.session.courier.wake()
