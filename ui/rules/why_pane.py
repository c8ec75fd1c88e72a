"""The pane “Rules” of a record: which rule says what of it, and why, in words. Enter goes to the answer."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldapp.access import SUPERVISOR
from fieldapp.actions import open_form
from fieldapp.clock import today
from fieldapp.errors import FieldAppError
from fieldapp.records import Record
from fieldapp.rules.told import Told, all_told, day_of
from fieldapp.texts import tr
from ui import days
from ui.forms.marking import plain
from ui.session import Navigate, Session
from ui.widgets import Button, ListCard, Row, Scroll, label, line
from ui.widgets.labels import set_tone

KINDS = {
    "required": lambda: tr("Needed"),
    "relevant": lambda: tr("Asked"),
    "fee": lambda: tr("Fee"),
    "clock": lambda: tr("Clock"),
}


class WhyPane(QWidget):
    """Reads the record's form when it is looked at first: nobody waits for it who does not ask."""

    asked = Signal(str)  # the path of an answer to go to

    def __init__(self, session: Session, navigate: Navigate, back: str) -> None:
        """`back` is the page that it stands on."""
        super().__init__()
        self._session, self._navigate, self._back = session, navigate, back
        self._record: Record | None = None
        self._read = False
        self.told: list[Told] = []
        self.list = ListCard(tr("Rules"), flat=True)
        self.words = label("", "body", wrap=True)
        self.more = label("", "small", wrap=True)
        self.go_there = Button(tr("Go to the answer"), hint=tr("Enter"))
        self.try_other = Button(tr("Try another rule…"), icon="scale")
        self._lay_out()
        self.list.chosen.connect(lambda _id: self._show_chosen())
        self.list.opened.connect(lambda _id: self._jump())
        self.go_there.clicked.connect(self._jump)
        self.try_other.clicked.connect(self._try)

    def show_record(self, record: Record) -> None:
        """Tell the rules of this record, at once where the pane is in sight."""
        if record == self._record:
            return
        self._record, self._read = record, False
        if self.isVisible():
            self.read()

    def showEvent(self, event: object) -> None:  # noqa: ARG002  only that it is shown counts
        """Somebody looks at it."""
        self.read()

    def read(self) -> None:
        """Look at the record's form, unless that was done."""
        if self._read or self._record is None:
            return
        self._read = True
        record, desk = self._record, self._session.desk
        try:
            service = desk.service_of(record)
            self.told = all_told(service, record, open_form(desk, record), day_of(record, today(desk.clock)))
        except FieldAppError as error:
            self.told = []
            self.words.setText(str(error))
        day = today(desk.clock)
        self.list.show_rows([_row(number, one, day) for number, one in enumerate(self.told)])
        if self.told:
            self.list.choose("0")
        self._show_chosen()

    def chosen(self) -> Told | None:
        """The rule that is looked at."""
        current = self.list.current()
        return self.told[int(current)] if current.isdecimal() and int(current) < len(self.told) else None

    def _show_chosen(self) -> None:
        one = self.chosen()
        if one is not None:
            self.words.setText(days.in_words(one.words, today(self._session.clock)))
            set_tone(self.words, "ink" if one.met else "bad")
        elif not self.words.text():
            self.words.setText(tr("No rule speaks about this record."))
        self.more.setText(days.in_words("\n".join(one.more), today(self._session.clock)) if one else "")
        self.go_there.setVisible(one is not None and bool(one.path))
        form_rule = one is not None and one.kind in {"constraint", "required", "relevant"}
        self.try_other.setVisible(form_rule and SUPERVISOR in self._session.person.roles)

    def _jump(self) -> None:
        one = self.chosen()
        if one is not None and one.path and self._record is not None:
            self._navigate("form", record=self._record.id, field=one.path, back=self._back)

    def _try(self) -> None:
        one = self.chosen()
        if one is not None and self._record is not None:
            self._navigate("rules", service=self._record.service, question=one.question, kind=one.kind)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.list, 3)
        column.addWidget(line())
        said = Scroll(margins=(20, 10, 20, 10), spacing=6)
        said.body.addWidget(self.words)
        said.body.addWidget(self.more)
        said.body.addStretch(1)
        column.addWidget(said, 2)
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 6, 20, 12)
        foot.setSpacing(12)
        foot.addStretch(1)
        foot.addWidget(self.try_other)
        foot.addWidget(self.go_there)
        column.addLayout(foot)
        for one in (self.words, self.more):
            one.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)


def _row(number: int, one: Told, day: date) -> Row:
    chip = (tr("Late"), "bad") if one.kind == "clock" and not one.met else (_kind(one), "ok" if one.met else "bad")
    return Row(str(number), plain(one.about), days.in_words(one.words, day), chip=chip)


def _kind(one: Told) -> str:
    if one.kind == "constraint":
        return tr("In order") if one.met else tr("Not in order")
    return KINDS[one.kind]()
