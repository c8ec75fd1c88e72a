"""RecordView: one record whole. The Records page and the Review page show the same."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from fieldapp import texts
from fieldapp.access import SUPERVISOR
from fieldapp.actions import clashes, may_edit, reopening, reveal, take, undecided
from fieldapp.actions.bulk import ASSIGN
from fieldapp.actions.choosing import choices
from fieldapp.actions.sharing import fits
from fieldapp.errors import FieldAppError
from fieldapp.records import ASSIGNEE, REASON, TITLE, Record
from fieldapp.reports.standing import OPEN
from fieldapp.store import Place
from fieldapp.texts import tr
from ui.records.answers import Answer, Reader, photos
from ui.records.bookings import Bookings
from ui.records.family import Family
from ui.records.hidden import Hidden
from ui.records.missing import Missing
from ui.records.official import OfficialNumbers, filed_under
from ui.records.overpaid import PaidTooMuch
from ui.records.papers import Papers
from ui.records.photos import Photos
from ui.records.proof import ProofStrip, steps
from ui.records.told import waiting
from ui.records.trail import Trail
from ui.records.words import PLACE_CHIPS, Words, place_word
from ui.rules.why_pane import WhyPane
from ui.session import Navigate, Session
from ui.titles import title_of
from ui.widgets import Button, Chip, Elided, EmptyState, Scroll, Tabs, label, line
from ui.widgets.clearing import clear


class RecordView(QWidget):
    """`show_record(id)` shows a record; `tabs.add`/`add_first_tab` and `buttons` take what a page puts beside it."""

    closed = Signal()

    def __init__(self, session: Session, navigate: Navigate, *, closable: bool = True) -> None:
        super().__init__()
        self._session, self._navigate = session, navigate
        self._words = Words(session)
        self.record_id = ""
        self._back = "records" if closable else "review"  # the page that it stands on
        self._shown: set[str] = set()  # hidden answers that were asked for
        self._two = False  # whether two versions wait for a choice
        self._there = self._whole(closable)
        self._none = Missing(session)
        self._none.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for part in (self._there, self._none):  # no stack: the record would be as high as what is said in its place
            column.addWidget(part)

    def show_record(self, record_id: str) -> None:
        """Show a record as it stands now; the tab that is open stays open."""
        if record_id != self.record_id:
            self._shown.clear()
        self.record_id = record_id
        record = self._session.store.record(record_id)
        self._there.setVisible(record is not None)
        self._none.setVisible(record is None)
        self._none.show_record(record_id)
        if record is not None:
            self._session.looked_at = record.service
            reader = Reader(self._session, record)
            self._show_head(record)
            self._show_answers(reader)
            seen = [(path, value) for path, value in photos(record) if path in self._shown or not reader.hides(path)]
            pictures = [(reader.caption(path), value) for path, value in seen]
            self._photos.show_photos(pictures, record)
            self._papers.show_record(record)
            self.tabs.rename_pane(self._photos, tr("Photos") + (f" {len(pictures)}" if pictures else ""))
            self.trail.show_record(record, reader, self._session.store.history(record_id))
            self.rules.show_record(record)

    def enter(self) -> None:
        """Put the keys on its tabs. No focus proxy: Qt would leave out of Tab's way all that stands before them."""
        self.tabs.bar.setFocus()

    def show_paper(self, paper: str) -> None:
        """Show one of its papers as it is printed, with the keys on Print."""
        self.tabs.show_pane(self._papers)
        self._papers.look_at(paper)

    def add_first_tab(self, pane: QWidget, text: str) -> None:
        """Put a pane before the others and show it: what changed, in Review."""
        self.tabs.insert(0, pane, text)
        self.tabs.show_tab(0)

    def _whole(self, closable: bool) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(20, 14, 16, 8)
        head.setSpacing(8)
        self._title, self._below = Elided(style="heading"), Elided(style="small")
        for words in (self._title, self._below):
            words.show_whole(True)
        self._state, self._place = Chip(), Chip()
        self._add_ways()
        close = Button(kind="quiet", icon="x", name=tr("Close the record"))
        close.clicked.connect(self.closed)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        top, below = QHBoxLayout(), QHBoxLayout()
        for row in (top, below):
            row.setSpacing(8)
        top.addWidget(self._title, 1)
        top.addWidget(self._give)
        top.addWidget(self._decide)
        top.addWidget(self._trouble)
        top.addWidget(self._edit)
        top.addWidget(self._again)
        top.addLayout(self.buttons)
        if closable:
            top.addWidget(close)
        for widget in (self._state, self._place):
            below.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        below.addWidget(self._below, 1)
        head.addLayout(top)
        head.addLayout(below)
        self._add_standing(head)
        column.addLayout(head)
        column.addWidget(line())
        column.addWidget(self._tabs(), 1)
        return whole

    def _add_ways(self) -> None:
        """What leads on from the record, as buttons of its head."""
        self._edit = Button(tr("Open the form"), "primary", icon="pencil")
        self._edit.clicked.connect(lambda: self._navigate("form", record=self.record_id, back=self._back))
        self._give = Button(tr("Give…"), icon="users", name=tr("Give it to somebody"))
        self._give.clicked.connect(self._give_away)
        self._decide = Button(tr("Decide…"), "primary", icon="gavel", name=tr("Decide it in Review"))
        self._decide.clicked.connect(lambda: self._navigate("review", record=self.record_id))
        self._trouble = Button("", "primary")
        self._trouble.clicked.connect(self._to_trouble)
        self._again = Button("", "plain", icon="pencil")
        self._again.clicked.connect(self._take_up_again)

    def _add_standing(self, head: QVBoxLayout) -> None:
        """How it stands: why it came back, its official numbers, how far its newest Change has come."""
        self._reason = label("", "body", tone="bad", wrap=True)
        self._waits = label("", "body", tone="warn", wrap=True)
        self.overpaid = PaidTooMuch(self._session, self._navigate)
        self._numbers = OfficialNumbers(self._session)
        self._bookings = Bookings(self._session)
        self.family = Family(self._session, self._navigate)
        self._proof = ProofStrip()
        self._around = QWidget()  # how far it came, and what it belongs to
        around = QVBoxLayout(self._around)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(8)
        for part in (self._proof, self.family):
            around.addWidget(part)
        shown = (self.overpaid, self._numbers, self._bookings, self._around)
        for widget in (self._reason, self._waits, *shown):
            head.addWidget(widget)

    def _tabs(self) -> Tabs:
        self.tabs = Tabs(tr("Parts of the record"), side=20)
        self._answers = Scroll(margins=(20, 12, 20, 20), spacing=0)
        self._photos = Photos(self._session)
        self._papers = Papers(self._session)
        self.trail = Trail(self._session)
        self.rules = WhyPane(self._session, self._navigate, self._back)
        self.tabs.add(self._answers, tr("Whole record"))
        self.tabs.add(self._photos, tr("Photos"))
        self.tabs.add(self._papers, tr("Papers"))
        self.tabs.add(self.trail, tr("History"))
        self.tabs.add(self.rules, tr("Rules"))
        self.tabs.changed.connect(lambda _tab: self._around.setVisible(not self.tabs.shows(self._papers)))
        return self.tabs

    def _show_head(self, record: Record) -> None:
        row = self._session.store.row(record.id)
        service, _icon = self._words.service(record.service)
        known = record.service in self._session.catalogue  # a newer gateway may have services that are not known here
        self._title.setText(title_of(self._session.desk, record) if known else record.get(TITLE) or service)
        holder = self._session.name_of(record.get(ASSIGNEE)) if record.get(ASSIGNEE) else ""
        below = [
            filed_under(self._session, record),
            service,
            row.address if row and row.address not in row.title else "",
        ]
        below.append(tr("with {name}", name=holder) if holder else "")
        self._below.setText(" · ".join(part for part in below if part))
        self._state.show_as(*self._words.state(record.service, record.state))
        place = row.place if row else Place.CITY
        self._place.setVisible(place is not Place.CITY)
        self._place.show_as(place_word(place), PLACE_CHIPS[place])
        self._reason.setText(record.get(REASON))
        self._reason.setVisible(bool(record.get(REASON)))
        for widget in (self.overpaid, self._numbers, self._bookings, self.family):
            widget.show_record(record)
        self._show_waiting(record)
        self._edit.setVisible(self._editable(record))
        leads = known and SUPERVISOR in self._session.person.roles
        self._give.setVisible(leads and self._session.desk.service_of(record).state(record.state).kind in OPEN)
        self._decide.setVisible(leads and self._back == "records" and self._waits_for_me(record))
        self._show_trouble(place)
        step = reopening(self._session.desk, record) if known else None
        self._again.setText(step.title.text(texts.language()) if step else "")
        self._again.setVisible(step is not None)
        self._proof.show_steps(steps(self._session, self._session.store.proof(record.id)))

    def _waits_for_me(self, record: Record) -> bool:
        """Whether it stands in the queue of whoever looks at it."""
        desk = self._session.desk
        if desk.service_of(record).state(record.state).kind != "review":
            return False
        found = choices(desk, record)
        return bool(found.agree or found.send_back or found.others)

    def _show_trouble(self, place: Place) -> None:
        """The way to what the City did not take: both versions where there are two, else the tray."""
        troubled = place is Place.ATTENTION
        self._two = troubled and bool(clashes(self._session.desk, self.record_id))
        self._trouble.show_as(tr("Compare and choose") if self._two else tr("See what was refused"))
        self._trouble.setVisible(troubled)
        self._edit.show_as(self._edit.text(), kind="plain" if troubled else "primary")

    def _show_waiting(self, record: Record) -> None:
        """What a supervisor has to decide first: nobody else has to do anything about it."""
        found = undecided(self._session.desk, record.id)
        said = [waiting(self._session, record, one) for one in found]
        self._waits.setText(tr("{what}. A supervisor decides between them.", what="; ".join(said)) if said else "")
        self._waits.setVisible(bool(said))

    def _give_away(self) -> None:
        """To somebody who is chosen by how much they have to do."""
        self._navigate("bulk", records=self.record_id, deed=ASSIGN, back=self._back)

    def _to_trouble(self) -> None:
        if self._two:
            self._navigate("conflict", record=self.record_id, back="records")
        else:
            self._navigate("sync")

    def _editable(self, record: Record) -> bool:
        """Whether its form is offered: not to who planned a visit and could not finish it, in a form without an end."""
        desk = self._session.desk
        try:
            return may_edit(desk, record) and fits(desk, record, desk.person.roles)
        except FieldAppError:
            return False

    def _take_up_again(self) -> None:
        """Take the step that makes the record editable again, and open its form."""
        record = self._session.store.record(self.record_id)
        step = reopening(self._session.desk, record) if record else None
        if step is None:
            return
        try:
            self._session.saved(partial(take, self._session.desk, self.record_id, step.id))
        except FieldAppError as error:
            self._session.say(str(error))
            return
        self._navigate("form", record=self.record_id, back=self._back)

    def _value(self, answer: Answer) -> QWidget:
        """The answer's words, or the way to them where they are shown only when somebody asks."""
        if answer.hidden and answer.path not in self._shown:
            return Hidden(answer.label, lambda: self.reveal(answer.path))
        value = label(answer.value, "body", wrap=True)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return value

    def reveal(self, path: str) -> bool:
        """Note that it was asked for, then show it, as long as this record is open; whether it could be noted."""
        try:
            reveal(self._session.desk, self.record_id, path)
        except FieldAppError as error:
            self._session.say(str(error))
            return False
        self._shown.add(path)
        self.show_record(self.record_id)
        self.enter()  # the button that was pressed is gone
        self._session.say(tr("Shown. That you saw it is noted, here and with the City."))
        return True

    def _show_answers(self, reader: Reader) -> None:
        sections = reader.sections()
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        at = 0
        if not sections:
            nothing = EmptyState("file-text", tr("No answers yet"), tr("What is filled in appears here at once."))
            grid.addWidget(nothing, 0, 0, 1, 2)
        for section in sections:
            grid.addWidget(label(section.title, "caption"), at, 0, 1, 2)
            grid.setRowMinimumHeight(at, 28)
            for answer in section.answers:
                at += 1
                value = self._value(answer)
                level = Qt.AlignmentFlag.AlignVCenter if isinstance(value, Hidden) else Qt.AlignmentFlag.AlignTop
                grid.addWidget(label(answer.label, "sub", wrap=True), at, 0, level)
                grid.addWidget(value, at, 1, level)
            at += 1
            grid.addWidget(line(), at, 0, 1, 2)
            at += 1
        grid.setRowStretch(at, 1)
        place = self._answers.verticalScrollBar().value()
        clear(self._answers.body)
        self._answers.body.addWidget(inside)
        self._answers.verticalScrollBar().setValue(place)
