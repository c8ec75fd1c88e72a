"""The program itself on this laptop: which version runs, which is on its way or ready, and what was left and why."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QGridLayout

from fieldapp import __version__
from fieldapp.clock import today
from fieldapp.store import Touched
from fieldapp.texts import language, tr
from fieldapp.updates import words
from fieldapp.updates.place import Installed, running
from fieldapp.updates.state import State, read
from sync.updates.news import News, read_news, read_notes
from ui import days
from ui.session import Navigate, Session
from ui.sync_centre.sub_page import SubPage
from ui.widgets import Button, Card, Chip, Progress, label
from ui.widgets.clearing import clear

MEGA = 1 << 20
APART = 8  # px between two lines
Line = tuple[str, str, str, str]  # chip, its kind, what is so, what that means


class ProgramPage(SubPage):
    """A new version is never taken while one works: this page says what the next start does."""

    def __init__(self, session: Session, navigate: Navigate) -> None:
        self.look = Button(tr("Look for a new version"), icon="refresh-cw")
        self.close_now = Button(tr("Close FieldApp now"), "primary", icon="rotate-ccw")
        super().__init__(session, navigate, tr("FieldApp on this laptop"), "", (self.look, self.close_now))
        self.look.clicked.connect(self._look)
        self.close_now.clicked.connect(QApplication.closeAllWindows)
        card = Card()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        card.body.addLayout(self._grid)
        self._progress = Progress(tr("The newer version"), cancel=True)
        self._progress.cancelled.connect(self._put_off)
        card.body.addWidget(self._progress)
        self._comes = ""
        self.column.addWidget(card)
        safe = tr(
            "A new version is signed by the City and tried on a copy of your work before it takes effect. If it does"
            " not start, FieldApp goes back to the version before by itself: all work is kept, sent or not."
        )
        self.column.addWidget(label(safe, "sub", wrap=True))
        self.column.addStretch(1)
        self.lines: list[Line] = []
        self.reload()

    def go(self, **_where: str) -> None:
        """Read it anew."""
        self.reload()

    def refresh(self, touched: Touched) -> None:
        """Follow what comes."""
        if touched.layers:
            self.reload()

    def reload(self) -> None:
        """Show what there is."""
        state, news = read(Installed.here()), read_news(self.session.store)
        self.head.say(self.title_text, tr("Version {version}", version=__version__))
        self.look.setVisible(self.session.courier is not None and running() is not None)
        self.close_now.setVisible(bool(state.waiting))
        self._show_coming(news)
        lines = list(told(state, news, self.session))
        if lines == self.lines:
            return
        self.lines = lines
        clear(self._grid)
        for at, (chip, kind, what, more) in enumerate(lines):
            self._grid.addWidget(Chip(chip, kind), 3 * at, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(label(what, "body", wrap=True), 3 * at, 1)
            if more:
                self._grid.addWidget(label(more, "sub", wrap=True), 3 * at + 1, 1)
            self._grid.setRowMinimumHeight(3 * at + 2, APART if at + 1 < len(lines) else 0)

    def _show_coming(self, news: News | None) -> None:
        """How far the version is that is on its way, and how long it will still take."""
        comes = news.version if news is not None and not news.put_off else ""
        self._progress.setVisible(bool(comes))
        if news is not None and comes:
            if comes != self._comes:
                self._progress.begin(news.done)
                self._progress.stop.setEnabled(True)
            self._progress.show_far(*((0, 0) if news.trying else (news.done, news.size)))
        self._comes = comes

    def _put_off(self) -> None:
        """Stop it; what came stays, and nothing of it takes effect."""
        if self.session.courier is not None:
            self._progress.stop.setEnabled(False)
            self.session.courier.put_off_update()

    def _look(self) -> None:
        if self.session.courier is not None:
            self.session.courier.look_for_update()
            self.session.say(tr("Looking…"))


def told(state: State, news: News | None, session: Session, own: str = __version__) -> Iterator[Line]:
    """What there is to say, the most important first; `own` is the version that runs."""
    if state.waiting:
        safe = tr("Everything is saved: you may close at any moment.")
        yield tr("Ready"), "ok", words.waiting(state.waiting), _with_notes(session, state.waiting, safe)
    if news is not None and news.version:
        yield _coming(news)
    if state.returned:
        yield tr("Left"), "warn", words.returned(state), tr("It is not taken again. IT can publish a newer one.")
    if news is not None and news.why:
        yield tr("Not taken"), "warn", news.why, tr("Nothing was changed. It is looked for again by itself.")
    if news is None:
        yield tr("By IT"), "plain", tr("New versions of this FieldApp are installed by IT."), ""
    elif not (state.waiting or news.version or news.why):
        when = tr("Looked {when}.", when=days.moment(news.looked_at, today(session.clock)))
        yield tr("Newest"), "ok", tr("There is no newer version for this laptop."), _with_notes(session, own, when)


def _coming(news: News) -> Line:
    if news.put_off:
        about = tr("What came of it stays. It goes on at the next start, or when you look for it.")
        return tr("Put off"), "warn", tr("You stopped FieldApp {version} on its way.", version=news.version), about
    if news.trying:
        about = tr("It is being tried on a copy of your work.")
    else:
        words_ = {"done": round(news.done / MEGA), "size": round(news.size / MEGA)}
        about = tr("{done} of {size} MB are here. It goes on whenever there is a network.", **words_)
    return tr("Coming"), "pri", tr("FieldApp {version} is on its way.", version=news.version), about


def _with_notes(session: Session, version: str, also: str) -> str:
    notes = read_notes(session.store, version, language())
    return f"{tr('New in it: {notes}', notes=notes)}\n{also}" if notes else also
