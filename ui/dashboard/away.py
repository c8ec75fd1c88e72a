"""Somebody is away: whose work, and who would get each piece of it. Enter passes a piece to the next colleague; all of
it is given at once, and can be taken back. Escape goes back to the Dashboard."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QComboBox, QStackedWidget

from fieldapp.actions.sharing import Proposal, Share, give_out, proposal
from fieldapp.clock import today
from fieldapp.errors import FieldAppError
from fieldapp.records import ADDRESS, DUE, WARD
from fieldapp.reports.board import ward_name
from fieldapp.store import Touched
from fieldapp.texts import plural, tr
from ui import days
from ui.page import Page
from ui.session import Navigate, Session
from ui.titles import title_of
from ui.widgets import Button, Card, EmptyState, ListCard, PageHeader, Row
from ui.widgets.acts import act
from ui.widgets.labels import names


class AwayPage(Page):
    """The proposal is a preview: nothing is given before the button is pressed."""

    def __init__(self, session: Session, navigate: Navigate) -> None:
        super().__init__(session, navigate)
        self.shares: list[Share] = []
        self._others: Mapping[str, Sequence[str]] = {}
        self.who = QComboBox()
        self.who.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)  # names come later
        names(self.who, tr("Who is away"), self)
        self.give = Button(tr("Give out all of it"), "primary", hint="Ctrl Enter")
        self.back = Button(tr("Dashboard"), "quiet", icon="arrow-left", hint="Esc")
        self.head = PageHeader(tr("Somebody is away"), "", (self.back, self.who, self.give))
        self.list = ListCard(tr("Who would get what"))
        nothing = Card()
        self._choose = tr("Choose somebody else, or go back.")
        self.nothing = EmptyState("circle-check", "", self._choose)
        nothing.body.addWidget(self.nothing)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(nothing)
        self.body.addWidget(self.head)
        self.body.addWidget(self._stack, 1)
        self.who.activated.connect(lambda _index: self.propose())
        self.list.opened.connect(self.pass_on)
        self.give.clicked.connect(self.give_all)
        self.back.clicked.connect(lambda: self.navigate("dashboard", panel="people"))
        act(self, "Ctrl+Return", tr("Give out all of it"), self.give_all)
        act(self, "Escape", tr("Dashboard"), self.back.click)

    def refresh(self, touched: Touched) -> None:
        """Work that was given or settled meanwhile: the proposal is made anew."""
        if self.isVisible() and not touched.records.isdisjoint(share.record.id for share in self.shares):
            self.propose()

    def go(self, **where: str) -> None:
        """`person` chooses who is away."""
        self.who.setFocus()
        self.propose(where.get("person", ""))

    def where(self) -> dict[str, str]:
        """Who is away."""
        return {"person": str(self.who.currentData() or "")}

    def propose(self, person: str = "") -> None:
        """Share the person's work out anew."""
        away = person or str(self.who.currentData() or "")
        job = partial(proposal, self.session.desk, away)
        self.session.bridge.work(job, partial(self._came, away))

    def pass_on(self, record_id: str) -> None:
        """Propose the next colleague for a piece."""
        for number, share in enumerate(self.shares):
            if share.record.id == record_id and len(self._others[record_id]) == 1:
                self.session.say(tr("Nobody else could take it over."))
            elif share.record.id == record_id:
                others = self._others[record_id]
                after = others[(others.index(share.to) + 1) % len(others)]
                self.shares[number] = replace(share, to=after)
        self._show()

    def give_all(self) -> None:
        """Give out what is proposed; the toast takes it back."""
        if not self.shares:
            return
        try:
            before = self.session.saved(partial(give_out, self.session.desk, self.shares))
        except FieldAppError as error:
            self.session.say(str(error))
            return
        self.propose()
        done = plural(len(before), "{n} piece of work given out", "{n} pieces of work given out")
        self.session.say(done, partial(self._take_back, before))

    def _take_back(self, before: list[Share]) -> None:
        self.session.saved(partial(give_out, self.session.desk, before))
        self.propose()

    def _came(self, away: str, outcome: Proposal | BaseException) -> None:
        if isinstance(outcome, BaseException):
            self.session.say(str(outcome))
            return
        self.who.clear()
        for person in sorted({*outcome.holders, away} - {""}, key=self.session.name_of):
            self.who.addItem(self.session.name_of(person), person)
        self.who.setCurrentIndex(max(0, self.who.findData(away)))
        if not away and outcome.busiest:  # nobody was named: who has most to give away
            self.propose(outcome.busiest)
            return
        self.shares, self._others = list(outcome.shares), outcome.colleagues
        held = tr("What this person has waits for somebody else's decision, or has nobody who could take it over")
        none = tr("This person has no open work here")
        self.nothing.say("circle-check", held if away in outcome.holders else none, self._choose)
        self._show()
        if self.shares and self.who.hasFocus():
            self.list.setFocus()

    def _show(self) -> None:
        self.list.show_rows([self._row(share) for share in self.shares])
        self._stack.setCurrentIndex(0 if self.shares else 1)
        self.give.setEnabled(bool(self.shares))
        counts = Counter(share.to for share in self.shares)
        each = ", ".join(f"{self.session.name_of(to)} +{n}" for to, n in counts.most_common())
        self.head.say(
            tr("Somebody is away"), tr("{each} · Enter gives a line to the next colleague", each=each) if each else ""
        )

    def _row(self, share: Share) -> Row:
        record = share.record
        parts = (record.get(ADDRESS), record.reference, ward_name(record.get(WARD)))
        below, chip = " · ".join(filter(None, parts)), days.due(record.get(DUE), today(self.session.clock))
        to = tr("to {name}", name=self.session.name_of(share.to))
        return Row(record.id, title_of(self.session.desk, record), below, chip=chip, trailing=to)
