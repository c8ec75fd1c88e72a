"""The list of notices: Enter goes to where one is dealt with, and reads it."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QStackedWidget

from fieldapp.errors import FieldAppError
from fieldapp.notices import Notice, mark_read, notices
from fieldapp.store import Touched
from fieldapp.texts import plural, tr
from ui.notices.words import follow, row_of
from ui.page import Page
from ui.session import Navigate, Session
from ui.widgets import Button, Card, EmptyState, ListCard, PageHeader
from ui.widgets.acts import act


class NoticesPage(Page):
    """They are there as long as their records want somebody; reading one only takes it out of the bell's number."""

    def __init__(self, session: Session, navigate: Navigate) -> None:
        super().__init__(session, navigate)
        self._notices: list[Notice] = []
        self.all_read = Button(tr("All are read"), hint="Ctrl R")
        self.head = PageHeader(tr("Notices"), "", (self.all_read,))
        self.list = ListCard(tr("Notices"))
        nothing = Card()
        words = tr("What is returned or given to you, and what the City could not take, stands here.")
        nothing.body.addWidget(EmptyState("bell", tr("Nothing waits for you"), words))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(nothing)
        self.body.addWidget(self.head)
        self.body.addWidget(self._stack, 1)
        self.list.opened.connect(self.open_notice)
        self.all_read.clicked.connect(self.read_all)
        act(self, "Ctrl+R", tr("All are read"), self.read_all)

    def refresh(self, touched: Touched) -> None:
        """Something was committed: it may have come, or be dealt with."""
        if self.isVisible() and (touched.records or touched.journal):
            self.show_notices()

    def go(self, **_where: str) -> None:
        """One stands in the list."""
        self.show_notices()
        self.list.setFocus()

    def show_notices(self) -> None:
        """Read them anew."""
        self._notices = notices(self.session.desk)
        by_kind = sorted(self._notices, key=lambda one: (one.read, one.kind))
        met: set[tuple[bool, str]] = set()
        rows = []
        for one in by_kind:
            rows.append(row_of(self.session, one, first=(one.read, one.kind) not in met))
            met.add((one.read, one.kind))
        self.list.show_rows(rows)
        held = self.list.hasFocus()
        self._stack.setCurrentIndex(0 if rows else 1)
        if held and not rows:  # the last one went: the keyboard stays on the page
            self.setFocus()
        unread = sum(not one.read for one in self._notices)
        said = plural(unread, "{n} is new", "{n} are new") if unread else tr("All are read")
        self.head.say(tr("Notices"), said if rows else "")
        self.all_read.setEnabled(unread > 0)

    def open_notice(self, key: str) -> None:
        """Read it, and go there."""
        chosen = next((one for one in self._notices if one.key == key), None)
        if chosen is not None:
            self._mark({key})
            follow(self.session, self.navigate, chosen)

    def read_all(self) -> None:
        """None of them is new any more."""
        self._mark({one.key for one in self._notices})
        self.show_notices()

    def _mark(self, keys: set[str]) -> None:
        try:
            self.session.saved(partial(mark_read, self.session.desk, keys))
            self.session.bridge.ring(Touched())  # the bell counts anew
        except FieldAppError as error:  # a full disk: they stay new
            self.session.say(str(error))
