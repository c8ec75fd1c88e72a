"""The pane “What changed”: why the record is here, each changed answer with its old value struck out, the photos."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from fieldapp.actions import last_look
from fieldapp.records import REASON, Record
from fieldapp.texts import tr
from ui import theme
from ui.records.answers import photos
from ui.records.photos import HIGH, Photos
from ui.review.changes import NOTHING, Line, lines
from ui.review.queue import Waiting
from ui.review.wording import Wording
from ui.session import Session
from ui.today.detail import empty
from ui.widgets import Chip, Scroll, label, line


class ChangedPane(QWidget):
    """Everything a decision needs, on one screen."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._photos = Photos(session)
        self._photos.setFixedHeight(theme.px(HIGH + 64))
        self._answers = QVBoxLayout()
        self._answers.setSpacing(8)
        scroll = Scroll(margins=(20, 12, 20, 12), spacing=8)
        scroll.body.addLayout(self._answers)
        scroll.body.addWidget(self._photos)
        scroll.body.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll)
        self.lines: list[Line] = []
        self._pictures: list[tuple[str, str]] = []

    def show_record(self, waiting: Waiting) -> None:
        """Show another record, or this one as it is now."""
        record = waiting.record
        before = last_look(self._session.desk, record.id)
        self.lines = lines(self._session, record, before)
        empty(self._answers)
        self._answers.addLayout(self._why(waiting, record, first=before is None))
        self._answers.addLayout(_grid(self.lines, first=before is None))
        reader = Wording(self._session, record)
        self._pictures = [(reader.subject(path), value) for path, value in photos(record)]
        self._photos.show_photos(self._pictures)
        self._photos.setVisible(bool(self._pictures))

    def look_for_photos(self) -> None:
        """Photos that were still with the City may have come."""
        self._photos.show_photos(self._pictures)

    def _why(self, waiting: Waiting, record: Record, *, first: bool) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        for words, kind in waiting.why:
            row.addWidget(Chip(words, kind))
        told = tr("Submitted for the first time: everything is new.") if first else tr("Since you last decided:")
        if not first and not self.lines:
            told = tr("Nothing changed since you last decided.")
        if record.get(REASON):
            told = record.get(REASON)
        row.addWidget(label(told, "small", wrap=True), 1)
        return row


def _grid(found: list[Line], *, first: bool) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(7)
    columns = 2 if first else 3
    grid.setColumnStretch(0, 2)
    grid.setColumnStretch(1, 3 if first else 2)
    if not first:
        grid.setColumnStretch(2, 2)
    for number, one in enumerate(found):
        for column, widget in enumerate(_cells(one, first=first)):
            grid.addWidget(widget, 2 * number, column, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(line(), 2 * number + 1, 0, 1, columns)
    return grid


def _cells(one: Line, *, first: bool) -> list[QLabel]:
    after = label(one.after, "strong", tone=one.tone, wrap=True)
    after.setAccessibleName(tr("{label}: now {value}", label=one.label, value=one.after))
    if first:
        return [label(one.label, "sub", wrap=True), after]
    before = label(one.before, "sub", wrap=True) if one.before == NOTHING else _struck(one.before)
    before.setAccessibleName(tr("{label}: before {value}", label=one.label, value=one.before))
    return [label(one.label, "strong", wrap=True), before, after]


def _struck(text: str) -> QLabel:
    """What was there before. Its font is set before the style sheet sees it, which would bring the plain one back."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setFont(theme.font(strike=True))
    made.setProperty("tone", "ink2")
    made.setWordWrap(True)
    return made
