"""The Form page: one record's form, opened where it is to be worked on, and closed when it is submitted."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout

from fieldapp.actions import catch_up, discard, lacks_form, may_edit, open_form, take
from fieldapp.counter import visit as visits
from fieldapp.errors import FieldAppError
from fieldapp.records import AUTHOR, REASON, REASON_FIELD, Record
from fieldapp.services import Service, Transition
from fieldapp.store import Touched
from fieldapp.texts import tr
from ui.filling.across import Across
from ui.filling.arrival import note_place
from ui.filling.beside import Beside
from ui.filling.discarding import DiscardCard
from ui.filling.heading import awaited, heading_of, ways_out
from ui.filling.host import host_of
from ui.filling.kept_place import keep_place, kept_place
from ui.filling.telling import next_record, paper_made, told
from ui.filling.turned import held, say_turned
from ui.forms import FormEditor, Heading, return_to, take_photos, whereabouts
from ui.page import Page
from ui.review.reason_panel import ReasonPanel
from ui.session import Navigate, Session
from ui.shell.pages import title
from ui.titles import title_of
from ui.widgets import Banner, Button, Card, EmptyState, label
from ui.widgets.acts import act


class FormPage(Page):
    """`go(record=..., field=..., back=..., fresh=...)` opens a form; when it is done, the page `back` is shown again.

    It opens at the `field`, else at the `section`, else where one was in it last.
    `why` says what the City refused the answer at `field` for.
    `fresh` says that the record was made just now: left without an answer, it is taken away again.
    """

    def __init__(self, session: Session, navigate: Navigate) -> None:
        super().__init__(session, navigate)
        self._record: Record | None = None
        self._back = "today"
        self._why = ""  # why the City refused the answer at which the form opens
        self._untouched: dict[str, str] | None = None  # a new record's answers before anybody gave one
        self.editor: FormEditor | None = None
        self._beside: Beside | None = None
        self.back_button = Button("", "quiet", icon="arrow-left", hint="Alt ←")
        self.back_button.clicked.connect(self.leave)
        self.reason = ReasonPanel(session)
        self._reason_card = Card()
        self._reason_card.body.addWidget(self.reason)
        self._reason_card.hide()
        self.reason.left.connect(self._reason_card.hide)
        self.reason.decided.connect(self._take)
        self._returned = Banner()
        self._returned.hide()
        self._none = Card()
        words = tr("Choose a visit, a service or a record, and its form opens here.")
        self._none.body.addWidget(EmptyState("file-text", tr("No form is open"), words))
        top = QHBoxLayout()
        top.addWidget(self.back_button)
        top.addStretch(1)
        self.news = label("", "small", tone="pri")
        top.addWidget(self.news)
        self.discarding = DiscardCard()
        self.discarding.confirmed.connect(self._discard)
        top.addWidget(self.discarding.button)
        self.body.setSpacing(8)
        self.body.setContentsMargins(24, 8, 24, 24)
        self.body.addLayout(top)
        self.body.addWidget(self._returned)
        self.body.addWidget(self._none, 1)
        self.body.addWidget(self._reason_card)
        self.body.addWidget(self.discarding)
        act(self, "Alt+Left", tr("Back; every answer is kept"), self.leave)
        self.across = Across(self)

    def go(self, **where: str) -> None:
        """Open a record's form; without `record` the one that is open stays. A visit that waits goes on at the counter:
        its form is for nobody's eyes."""
        if where.get("record") and self._is_waiting_visit(where["record"]):
            self.navigate("counter", visit=where["record"])
            return
        self._none.setVisible(self.editor is None)
        self._back = where.get("back") or self._back
        self.back_button.show_as(title(self._back))
        if where.get("record"):
            self._why = where.get("why", "")
            self._open(where["record"], where.get("field", ""), where.get("section", ""))
            self._note_fresh(fresh="fresh" in where)

    def _is_waiting_visit(self, record_id: str) -> bool:
        record = self.session.store.record(record_id)
        mine = record is not None and record.get(AUTHOR) == self.session.person.id
        return record is not None and mine and record.service == visits.SERVICE and record.state == visits.WAITING

    def where(self) -> dict[str, str]:
        """The open record, where one is in it, and where one goes back to."""
        section = self.editor.section if self.editor else ""
        return {"record": self._record.id if self._record else "", "back": self._back, "section": section}

    def take_pictures(self, files: list[Path]) -> bool:
        """Photos that fell beside their place go to it, where it is plain which one is meant; else that is said."""
        if self.editor is None:
            return False
        if not take_photos(self.editor, files):
            self.session.say(tr("Drop a photo on its own place: where the form says “or drop it here”."))
        return True

    @property
    def service(self) -> Service | None:
        """What the open form is for."""
        return self.session.desk.service_of(self._record) if self._record is not None else None

    def refresh(self, touched: Touched) -> None:
        """The City changed the record under the form: it stays as the person has it, and that is said once, quietly."""
        if self._record is None or self.editor is None or self._record.id not in touched.records:
            return
        now = self.session.store.record(self._record.id)
        if now is None or (now.rev == self._record.rev and now.state == self._record.state):
            return
        if now.answers != self._record.answers or now.state != self._record.state:
            self._tell_news()
        self._record = now

    def _tell_news(self) -> None:
        """One line in the page's head; the answers are merged in the store and are shown at the next opening."""
        if self.news.text():
            return
        self.news.setText(tr("The City has newer answers: shown when you close"))
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.news, self.news.text()))

    def leave(self) -> None:
        """Go back. Every answer is kept; a new draft without a single answer is taken away."""
        back, record = self._back, self._record
        self._close()
        if record is not None and self._is_blank(record):
            self.session.saved(partial(discard, self.session.desk, record.id))
            words = tr("{title} · nothing was answered, so nothing was kept", title=title_of(self.session.desk, record))
            self.session.say(words)
            record = None
        self.navigate(back, **({"record": record.id} if record and back == "today" else {}))

    def _discard(self) -> None:
        record, back = self._record, self._back
        if record is None:
            return
        self._close()
        try:
            self.session.saved(partial(discard, self.session.desk, record.id))
        except FieldAppError as error:
            self.session.say(str(error))
        else:
            self.session.say(tr("{title} · discarded", title=title_of(self.session.desk, record)))
        self.navigate(back)

    def _open(self, record_id: str, field: str, section: str) -> None:
        self._close()
        desk = self.session.desk
        try:
            record = self.session.saved(lambda: catch_up(desk, record_id))
            host = host_of(self.session, record_id)
            form = open_form(desk, record, locate=host.locate or str)
        except FieldAppError as error:
            self.session.say(str(error))
            return
        self._record = record
        self.across.opened(record_id)
        self.editor = FormEditor(form, host, self._heading, kept=record.answers, read_only=not may_edit(desk, record))
        self.editor.submitted.connect(self._submit)
        self.editor.secondary.connect(self._other_step)
        self.editor.saved.connect(lambda _moment: self._saved())
        note_place(self.editor, record)
        self._beside = Beside(self.session, self.navigate, self.editor, record)
        self._none.hide()
        self.discarding.offer(desk, record)
        self.body.insertWidget(2, self.editor, 1)
        self._show_reason(record)
        self._resume(self.editor, record, field or record.get(REASON_FIELD), section)
        if lacks_form(desk.service_of(record), record):
            self.session.say(tr("This record was made with a newer form, which comes with the next sync or update."))

    def _resume(self, editor: FormEditor, record: Record, field: str, section: str) -> None:
        """Go to what the record was returned for, else to where one was in it; and note from now on where one goes."""
        why = self._why or record.get(REASON) if field else ""
        if why:
            editor.highlight(field, why)
        elif not section:
            section = kept_place(self.session, record.id)
        return_to(editor, section)
        if field and not why:
            editor.jump_to(field)
        if not field and not editor.sheet.read_only and (asked := awaited(self.session, record)):
            editor.jump_to(asked)  # that is what the form is opened for
        if not editor.sheet.read_only:
            editor.moved.connect(partial(keep_place, self.session, record.id))

    def _show_reason(self, record: Record) -> None:
        """What a record was returned for stands on top, unless it stands beside the answer that is meant."""
        back = self.session.desk.service_of(record).state(record.state).kind == "returned"
        why = record.get(REASON) if back and not record.get(REASON_FIELD) else ""
        self._returned.say(tr("Returned: {reason}", reason=why))
        self._returned.setVisible(bool(why))

    def _note_fresh(self, *, fresh: bool) -> None:
        """Keep what the form fills in by itself now, to know later whether anybody answered anything."""
        self._untouched = None
        if fresh and self.editor is not None and self._record is not None:
            self.editor.entry.flush()
            record = self.session.store.record(self._record.id)
            self._untouched = record.answers if record else None

    def _close(self) -> None:
        editor, self.editor = self.editor, None
        record, self._record = self._record, None
        self._beside = None
        self._reason_card.hide()
        self.discarding.offer(None, None)
        self._returned.hide()
        self.news.setText("")
        self._none.show()
        if editor is not None:
            editor.flush()
            if record is not None and not editor.sheet.read_only:
                keep_place(self.session, record.id, whereabouts(editor))
            self.body.removeWidget(editor)
            editor.hide()
            editor.deleteLater()

    def _heading(self) -> Heading:
        return heading_of(self.session, self._record) if self._record is not None else Heading("")

    def _steps(self) -> tuple[Transition | None, Transition | None]:
        return ways_out(self.session, self._record.id if self._record else "")

    def _submit(self) -> None:
        if self.editor is not None:
            self.editor.entry.begin()
            self.editor.flush()  # the answers may decide which step it is
        submit, _other = self._steps()
        if submit is not None:
            self._take(submit.id, "", "")

    def _other_step(self) -> None:
        _submit, other = self._steps()
        if other is not None and other.needs_reason:
            self._reason_card.show()
            self.reason.begin(other, self._record.id if self._record else "", [])
        elif other is not None:
            self._take(other.id, "", "")

    def _take(self, step: str, reason: str, field: str) -> None:
        if self._record is None or self.editor is None:
            return
        self.editor.entry.begin()
        self.editor.flush()
        record_id, back = self._record.id, self._back
        before = self.session.store.record(record_id) or self._record
        try:
            way = partial(take, self.session.desk, record_id, step, reason=reason, field=field)
            done = held(self.session, record_id, way) if reason else self.session.saved(way)
        except FieldAppError as error:
            self.session.say(str(error))
            return
        if reason:
            self.reason.draft.done()
        self._close()
        self._none.hide()  # what comes next is being made: nobody is to be told that no form is open
        keep_place(self.session, record_id, "")
        if reason:
            say_turned(self, before, done, step, reason, back)
        else:
            self.session.say(told(self.session, done))
        if paper := paper_made(self.session, before, done):
            self.navigate("records", record=record_id, paper=paper)  # who was ordered to do something waits for it
            return
        if begun := next_record(self.session, done, step):
            self.navigate("form", record=begun.id, back=back, fresh="yes")
            return
        self.navigate(back, **({"receipt": record_id} if back == "counter" else {}))

    def _saved(self) -> None:
        record = self.session.store.record(self._record.id) if self._record else None
        if record is not None and self._beside is not None:
            self._record = record
            self._beside.show(record)

    def _is_blank(self, record: Record) -> bool:
        """Whether nobody has answered anything yet in a record that began here."""
        now = self.session.store.record(record.id)
        return now is not None and now.rev == 0 and now.answers == self._untouched
