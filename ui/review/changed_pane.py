"""The pane “What changed”: why the record is here, each changed answer with its old value struck out, the photos."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from fieldapp.actions import last_look
from fieldapp.actions.disputes import UNDONE
from fieldapp.clock import today
from fieldapp.records import REASON, REASON_FIELD, Fields, Record
from fieldapp.texts import language, tr
from ui import theme
from ui.days import moment
from ui.records.answers import photos
from ui.records.hidden import HIDDEN, Hidden
from ui.records.photos import HIGH, Photos
from ui.review.changes import NOTHING, Line, lines
from ui.review.queue import Waiting, explained
from ui.review.wording import Wording
from ui.session import Session
from ui.today.detail import empty
from ui.widgets import Chip, Scroll, label, line
from ui.widgets.flow import Flow


class ChangedPane(QWidget):
    """Everything a decision needs, on one screen. `asked` tells the path of an answer that is hidden."""

    asked = Signal(str)

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
        self._shown: tuple[str, set[str]] = ("", set())  # the record, and hidden answers of it that were asked for
        self._pictures: list[tuple[str, str]] = []

    def show_record(self, waiting: Waiting) -> None:
        """Show another record, or this one as it is now."""
        record = waiting.record
        if self._shown[0] != record.id:
            self._shown = (record.id, set())
        before = last_look(self._session.desk, record.id)
        self.lines = lines(self._session, record, before, self._shown[1])
        empty(self._answers)
        self._answers.addLayout(self._why(waiting, record, first=before is None))
        self._answers.addLayout(_grid(self.lines, self.asked.emit, first=before is None))
        self._pictures = self._compared(record, before)
        self._photos.show_photos(self._pictures)
        self._photos.setVisible(bool(self._pictures))

    def reveal(self, path: str) -> None:
        """Show a hidden answer, as long as this record is looked at."""
        self._shown[1].add(path)

    def look_for_photos(self) -> None:
        """Photos that were still with the City may have come."""
        self._photos.show_photos(self._pictures)

    def _why(self, waiting: Waiting, record: Record, *, first: bool) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(6)
        chips = QWidget()
        line_of_chips = Flow()
        chips.setLayout(line_of_chips)
        said = [explained(one) for one in waiting.reasons] or [""] * len(waiting.why)
        for (words, kind), why in zip(waiting.why, said, strict=True):
            made = Chip(words, kind)
            made.setToolTip(why)
            made.setAccessibleDescription(why)
            line_of_chips.addWidget(made)
        column.addWidget(chips)
        if waiting.reasons:
            because = waiting.reasons[0].rule.why.text(language())
            column.addWidget(label(tr("Why it stands here: {reasons}", reasons=because), "small", wrap=True))
        for told in filter(None, (self._returned(record), self._handed_in(waiting), self._told(first=first))):
            column.addWidget(label(told, "sub", wrap=True))
        return column

    def _handed_in(self, waiting: Waiting) -> str:
        """Who brought it here, and when it last changed; on which laptop, only the City's history tells."""
        line = self._session.store.row(waiting.id)
        if not waiting.by or line is None or not line.updated:
            return ""
        when = moment(line.updated, today(self._session.clock))
        return tr("Handed in by {who}, last changed {at}.", who=self._session.name_of(waiting.by), at=when)

    def _told(self, *, first: bool) -> str:
        """What one reads below: since when what is shown is new."""
        if first:
            return tr("Submitted for the first time: everything is new.")
        return tr("Since you last decided:") if self.lines else tr("Nothing changed since you last decided.")

    def _returned(self, record: Record) -> str:
        """For what this person sent it back last, to be compared with what came of it."""
        sent = (one for one in self._session.store.history(record.id) if one.state not in UNDONE)
        mine = [one.change for one in sent if one.change.edits.get(REASON)]
        last = next((one for one in reversed(mine) if one.transition), None)
        if last is None:
            return tr("Returned for: {reason}", reason=record.get(REASON)) if record.get(REASON) else ""
        when = moment(last.at, today(self._session.clock))
        field = last.edits.get(REASON_FIELD) or ""
        about = Wording(self._session, record).about(field) if field else tr("the whole record")
        return tr("You sent it back {at} for “{field}”: {reason}", at=when, field=about, reason=last.edits[REASON])

    def _compared(self, record: Record, before: Fields | None) -> list[tuple[str, str]]:
        """The pictures with what they are about: new ones first, then what is not there any more, then the rest."""
        now = Wording(self._session, record)
        new = [(now.subject(path), value) for path, value in photos(record)]
        if before is None:
            return new
        seen = replace(record, fields=dict(before))
        then = Wording(self._session, seen)
        old = [(then.subject(path), value) for path, value in photos(seen)]
        kept, here = {value for _, value in old}, {value for _, value in new}
        added = [(tr("Now: {what}", what=about), value) for about, value in new if value not in kept]
        gone = [(tr("Then: {what}", what=about), value) for about, value in old if value not in here]
        return [*added, *gone, *(one for one in new if one[1] in kept)]


def _grid(found: list[Line], ask: Callable[[str], None], *, first: bool) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(7)
    columns = 2 if first else 3
    grid.setColumnStretch(0, 2)
    grid.setColumnStretch(1, 3 if first else 2)
    if not first:
        grid.setColumnStretch(2, 2)
    for number, one in enumerate(found):
        for column, widget in enumerate(_cells(one, ask, first=first)):
            grid.addWidget(widget, 2 * number, column, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(line(), 2 * number + 1, 0, 1, columns)
    return grid


def _cells(one: Line, ask: Callable[[str], None], *, first: bool) -> list[QWidget]:
    after: QWidget
    if one.after == HIDDEN:
        after = Hidden(one.label, partial(ask, one.path))
    else:
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
