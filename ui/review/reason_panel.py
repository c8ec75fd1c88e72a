"""ReasonPanel: which answer is meant, found by typing, and why, in words for its author. Inline; Escape closes it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from fieldapp.places.words import words
from fieldapp.services import Transition
from fieldapp.texts import language, tr
from ui import theme
from ui.drafts import TextDraft
from ui.review.wording import Given
from ui.session import Session
from ui.widgets import Button, ListCard, Row, SearchField, label
from ui.widgets.acts import act
from ui.widgets.room import TOGETHER

FIELD = "field."  # how the settings begin that hold which answer a reason is about
WHOLE = "*"  # the row that means the record as a whole
LINES, FEW = 3, 2  # answers in sight; on a small screen
TALL, SHORT = 148, 84  # px of the reason


class ReasonPanel(QWidget):
    """`decided` tells step, reason and the answer's path ("" for the whole record); `left` that one gave up."""

    decided = Signal(str, str, str)
    left = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setProperty(TOGETHER, True)
        self._session = session
        self._step = self._about = ""
        self._given: list[Given] = []
        self.search = SearchField(tr("Type a question's words"), name=tr("Find the answer that is meant"))
        self.answers = ListCard(tr("Answers"), flat=True)
        self.reason = QPlainTextEdit()
        self.reason.setAccessibleName(tr("What is to be done, in words for the author"))
        self.reason.setTabChangesFocus(True)
        self.draft = TextDraft(session, self.reason)
        self.confirm = Button("", "primary", hint=tr("Ctrl Enter"))
        self.cancel = Button(tr("Cancel"), hint="Esc")
        self._missing = label("", "small", tone="bad", wrap=True)
        self._lay_out()
        self._connect()
        self.compact(False)

    def begin(self, step: Transition, record: str, given: list[Given], path: str = "") -> None:
        """Ask for the reason of `step`; `path` is the answer that is looked at already. What was begun is there again;
        `draft.done()` says that it was taken."""
        self._step = step.id
        self._given = given
        self.confirm.show_as(step.title.text(language()), hint=tr("Ctrl Enter"))
        self.draft.begin(self.about(record, step.id))
        self._missing.setText("")
        self.search.clear()
        self._show("")
        self._about = self.about(record, step.id)
        self.answers.choose(path or self._session.store.setting(FIELD + self._about) or WHOLE)
        self.search.setVisible(bool(given))
        self.answers.setVisible(bool(given))
        self._row.setStretch(0, 1 if given else 0)
        happened = tr("What happened? Whoever goes on with it reads this.")
        to_do = tr("What is to be done? The author reads this on top of the form.")
        self.reason.setPlaceholderText(to_do if given else happened)
        self.reason.setAccessibleName(tr("What is to be done, in words for the author") if given else happened)
        (self.search if given else self.reason).setFocus()

    @staticmethod
    def about(record: str, step: str) -> str:
        """Under what a reason that was begun is kept."""
        return f"reason/{record}/{step}"

    def compact(self, small: bool) -> None:
        """Take less height on a small screen."""
        self.answers.setFixedHeight(theme.px(60 * (FEW if small else LINES)))
        self.reason.setFixedHeight(theme.px(SHORT if small else TALL))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape gives up."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        which = QVBoxLayout()
        which.setSpacing(4)
        which.addWidget(self.search)
        which.addWidget(self.answers)
        which.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.confirm)
        why = QVBoxLayout()
        why.setSpacing(8)
        why.addWidget(self.reason)
        why.addWidget(self._missing)
        why.addStretch(1)
        why.addLayout(buttons)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(16)
        for column in (which, why):  # equally wide: an answer's words need as much room as the reason
            part = QWidget()
            part.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            part.setLayout(column)
            column.setContentsMargins(0, 0, 0, 0)
            self._row.addWidget(part, 1)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._show)
        self.search.down.connect(self._to_answers)
        self.search.returnPressed.connect(self._to_reason)
        self.answers.opened.connect(lambda _path: self._to_reason())
        self.cancel.clicked.connect(self.left)
        self.confirm.clicked.connect(self._decide)
        act(self, "Ctrl+Return", tr("Take the step with this reason"), self._decide)

    def _show(self, text: str) -> None:
        """The answers whose question or text has words that begin as typed; the first of them is meant."""
        asked = words(text)
        rows = [_row(one) for one in self._given if _speaks_of(one, asked)]
        if not asked:
            rows.insert(0, Row(WHOLE, tr("The whole record"), tr("No answer in particular")))
        self.answers.show_rows(rows)
        self._missing.setText("" if rows else tr("No question has these words. Nothing typed means the whole record."))
        if rows and not self.answers.current():
            self.answers.choose(rows[0].id)

    def _to_answers(self) -> None:
        """Down from what is typed: to the row below the marked one, as from any row."""
        self.answers.setFocus()
        row = self.answers.currentIndex().row() + 1
        if row < self.answers.model().rowCount():
            self.answers.setCurrentIndex(self.answers.model().index(row, 0))

    def _to_reason(self) -> None:
        """The answer is meant: kept with the words, until they are handed in. One goes on behind what is there."""
        self._keep_answer(self.answers.current())
        self.reason.moveCursor(QTextCursor.MoveOperation.End)
        self.reason.setFocus()

    def _keep_answer(self, path: str) -> None:
        if self._about:
            self._session.saved(partial(self._session.store.keep_setting, FIELD + self._about, path))

    def _decide(self) -> None:
        reason, path = self.reason.toPlainText().strip(), self.answers.current()
        if not reason:
            self._missing.setText(tr("Please give a reason: the author reads it."))
            self.reason.setFocus()
            return
        if self._given and not path:
            self.search.setFocus()  # it says already that no question has these words
            return
        self._keep_answer("")
        self.decided.emit(self._step, reason, "" if path == WHOLE else path)


def _row(one: Given) -> Row:
    """What is asked comes first: of a checklist's item several questions are, and its name would push them out."""
    item, _, asked = one.label.rpartition(" · ")
    return Row(one.path, asked, " · ".join(filter(None, (item, one.text or tr("No answer")))))


def _speaks_of(one: Given, asked: list[str]) -> bool:
    known = words(f"{one.label} {one.text}")
    return all(any(word.startswith(typed) for word in known) for typed in asked)
