"""The Review page: the queue, the record beside it, and the decision. A approves, R returns to a field."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from fieldapp.access import SUPERVISOR
from fieldapp.actions import to_decide
from fieldapp.actions.bulk import AGREE, Piece, carry_out, undo
from fieldapp.clock import today
from fieldapp.services import Transition
from fieldapp.store import Touched
from fieldapp.texts import language, plural, tr
from ui import theme
from ui.concern import concerns, kind_of
from ui.drafts import DRAFT
from ui.held import say_with_undo
from ui.page import Page
from ui.records.view import RecordView
from ui.review.alarms import alarm_lines
from ui.review.changed_pane import ChangedPane
from ui.review.queue import Waiting, alarmed, pressing, queue, row, summary
from ui.review.reason_panel import FIELD, ReasonPanel
from ui.review.standing_in import standing_in_lines
from ui.review.steps import Steps
from ui.review.wording import Wording
from ui.session import Navigate, Session
from ui.titles import title_of
from ui.widgets import Beside, Button, Card, EmptyState, ListCard, PageHeader, label
from ui.widgets.acts import act

SMALL = 680  # px of page height


class ReviewPage(Page):
    """One decides where one reads, and the next record comes by itself."""

    def __init__(self, session: Session, navigate: Navigate) -> None:
        super().__init__(session, navigate)
        self._queue: list[Waiting] = []
        self._look = pressing(session)
        self._shown: Waiting | None = None
        self._two = Button("", icon="gavel")
        self._two.clicked.connect(lambda: navigate("decision", dispute=to_decide(session.desk)[0].op, back="review"))
        board = Button(tr("Dashboard"), icon="layout-dashboard")
        board.clicked.connect(lambda: navigate("dashboard"))
        stand_ins = Button(icon="user-check", name=tr("Stand-ins"))
        stand_ins.clicked.connect(lambda: navigate("stand-ins"))
        self._several = several = Button(tr("Several at once"), icon="list-checks", hint="Ctrl G")
        several.clicked.connect(self.do_several)
        self._head = PageHeader(tr("Review"), "", (board, stand_ins, self._two, several))
        for button in (board, stand_ins, several):  # in their place: shown before, they would be windows
            button.setVisible(SUPERVISOR in session.person.roles)
        self.list = ListCard(tr("Waiting for a decision"))
        self.view = RecordView(session, navigate, closable=False)
        self.changed = ChangedPane(session)
        self.view.add_first_tab(self.changed, tr("What changed"))
        self.panel = ReasonPanel(session)
        self.steps = Steps(session)
        self.agree, self.send_back, self.more = self.steps.agree, self.steps.send_back, self.steps.more
        self.alarms = label("", "body", tone="bad", wrap=True)
        self.standing_in = label("", "body", wrap=True)
        self._lay_out()
        self._connect()
        self.show_queue()

    def refresh(self, touched: Touched) -> None:
        """Follow what sync brings; what one is reading stays, unless it was decided."""
        shown = {one.id for one in self._queue}
        if concerns(self.session, touched, shown, lambda line: kind_of(self.session, line) == "review"):
            self.show_queue()
        elif touched.journal and self._shown is not None:
            self.view.show_record(self._shown.id)  # a photo may have come
            self.changed.look_for_photos()

    def go(self, **where: str) -> None:
        """`record` chooses one. One stands in the queue."""
        self.show_queue()
        if where.get("record"):
            self.list.choose(where["record"])
        self.list.setFocus()

    def where(self) -> dict[str, str]:
        """The chosen record."""
        return {"record": self.list.current()}

    def show_queue(self) -> None:
        """Read the queue again; a record that was decided gives way to the one after it."""
        place = next((n for n, one in enumerate(self._queue) if one.id == self.list.current()), 0)
        self._look.alarmed = alarmed(self.session)
        self._queue = queue(self.session, self._look)
        self._head.say(tr("Review"), summary(self._queue, today(self.session.clock)))
        alarms = alarm_lines(self.session)
        self.alarms.setText("\n".join(alarms))
        self.alarms.setVisible(bool(alarms))
        absences = standing_in_lines(self.session)
        self.standing_in.setText("\n".join(absences))
        self.standing_in.setVisible(bool(absences))
        self.list.show_rows([row(self.session, one) for one in self._queue])
        two = len(to_decide(self.session.desk))
        self._two.show_as(plural(two, "{n} record with two versions", "{n} records with two versions"))
        self._two.setVisible(bool(two))
        self._both.setVisible(bool(self._queue))
        self._nothing.setVisible(not self._queue)
        self._several.setEnabled(bool(self._queue))
        if self.chosen() is None and self._queue:
            self.list.choose(self._queue[min(place, len(self._queue) - 1)].id)
        self._show_chosen()

    def chosen(self) -> Waiting | None:
        """The record that is read."""
        current = self.list.current()
        return next((one for one in self._queue if one.id == current), None)

    def do_several(self) -> None:
        """Choose among all that wait, and decide them together."""
        if self._queue:
            waiting = " ".join(one.id for one in self._queue)
            self.navigate("bulk", records=waiting, deed=AGREE, back="review", none="yes")

    def approve(self) -> None:
        """Take the agreeing step, unless it is refused."""
        self.steps.take_agreed()

    def begin_return(self) -> None:
        """Ask for field and reason, below the record."""
        if self.steps.found.send_back is not None:
            self._ask(self.steps.found.send_back)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a small screen the record keeps its room."""
        super().resizeEvent(event)
        self.panel.compact(self.height() < theme.px(SMALL))

    def _lay_out(self) -> None:
        self._card = Card(padding=0)
        self._card.body.addWidget(self.view, 1)
        foot = self._card.foot()
        foot.addWidget(self.steps, 1)
        foot.addWidget(self.panel, 1)
        self.panel.hide()
        self._both = QWidget()
        columns = Beside()
        self._both.setLayout(columns)
        columns.addWidget(self.list, 5)
        columns.addWidget(self._card, 6)
        self._nothing = Card()
        words = tr("What staff submit comes here with the next sync.")
        self._nothing.body.addWidget(EmptyState("circle-check", tr("Nothing waits for you"), words))
        self.body.addWidget(self._head)
        self.body.addWidget(self.standing_in)
        self.body.addWidget(self.alarms)
        for part in (self._both, self._nothing):  # no stack: the empty page would be as high as a record
            part.hide()
            self.body.addWidget(part, 1)

    def _connect(self) -> None:
        self.list.chosen.connect(lambda _id: self._show_chosen())
        self.list.opened.connect(lambda _id: self.view.enter())
        self.send_back.clicked.connect(self.begin_return)
        self.steps.chosen.connect(self._choose)
        self.panel.left.connect(self._close_panel)
        self.panel.decided.connect(self._decide)
        self.changed.asked.connect(self._reveal)
        act(self, "A", tr("Approve"), self.approve).setAutoRepeat(False)  # held down, it would go through the queue
        act(self, "Ctrl+G", tr("Several at once"), self.do_several)
        act(self, "R", tr("Return with a reason"), self.begin_return)

    def _reveal(self, path: str) -> None:
        """Show a hidden answer where one reads what changed; that it was asked for is noted."""
        waiting = self.chosen()
        if waiting is not None and self.view.reveal(path):
            self.changed.reveal(path)
            self.changed.show_record(waiting)
            self.list.setFocus()  # the button that was pressed is gone

    def _show_chosen(self) -> None:
        waiting = self.chosen()
        if waiting is None or waiting == self._shown:
            return
        if self._shown is None or waiting.id != self._shown.id:
            self._show_panel(False)
        self._shown = waiting
        self.view.show_record(waiting.id)
        self.changed.show_record(waiting)
        self.steps.show_record(waiting.record)

    def _choose(self, step: Transition, to: str) -> None:
        if step.needs_reason:
            self._ask(step)
        else:
            self._decide(step.id, to=to)

    def _ask(self, step: Transition) -> None:
        waiting = self.chosen()
        if waiting is not None:
            self._show_panel(True)
            back = self.session.desk.service_of(waiting.record).state(step.to).kind == "returned"
            asked = Wording(self.session, waiting.record).questions() if back else []
            self.panel.begin(step, waiting.record.id, asked)

    def _show_panel(self, shown: bool) -> None:
        self.panel.setVisible(shown)
        self.steps.setVisible(not shown)

    def _close_panel(self) -> None:
        self._show_panel(False)
        self.list.setFocus()

    def _decide(self, step: str, reason: str = "", field: str = "", to: str = "") -> None:
        waiting = self.chosen()
        if waiting is None:
            return
        desk, service = self.session.desk, self.session.desk.service_of(waiting.record)
        piece = Piece(waiting.record, to, step)
        done_pieces = self.session.saved(partial(carry_out, desk, [piece], reason=reason, field=field))
        if refusal := done_pieces[0].refusal:
            self.session.say(refusal)
            return
        self._look.knew(service.id, waiting.by)
        done = service.state(service.transition(step).to).title.text(language())
        if reason:
            self.panel.draft.done()
        self._show_panel(False)
        self.show_queue()
        self._go_on(waiting.id)
        self.view.tabs.show_tab(0)  # what changed comes first, of the next one too
        name = self.session.name_of(to) if to else ""
        words = " · ".join(filter(None, (done, name, title_of(desk, waiting.record))))
        say_with_undo(self, self.session, words, partial(self._undo, done_pieces, reason, field))
        self.list.setFocus()

    def _go_on(self, decided: str) -> None:
        """What waits for its next step already stays in the queue, but the next key is not for it: nobody has made
        the visit that was assigned a moment ago."""
        if self.list.current() != decided:
            return
        place = next(n for n, one in enumerate(self._queue) if one.id == decided)
        others = [*self._queue[place + 1 :], *reversed(self._queue[:place])]
        if others:
            self.list.choose(others[0].id)

    def _undo(self, done: list[Piece], reason: str, field: str) -> None:
        """It was a slip: nothing of it has left yet. The record is chosen again, and its reason there to go on with."""
        left = self.session.saved(partial(undo, self.session.desk, done))
        one = done[0]
        if left:
            self.session.say(left[0].refusal)
        elif reason:
            about = ReasonPanel.about(one.record.id, one.step)
            keep = self.session.store.keep_setting
            self.session.saved(partial(keep, DRAFT + about, reason))
            self.session.saved(partial(keep, FIELD + about, field))
        self._look = pressing(self.session)  # what was taken back taught nothing about its author
        if not left:
            self.session.say(tr("Taken back: {title}", title=title_of(self.session.desk, one.record)))
        self.show_queue()
        self.list.choose(one.record.id)
        self.list.setFocus()
