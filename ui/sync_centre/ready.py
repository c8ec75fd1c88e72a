"""Ready to leave? in the morning, All home? in the evening: a line a thing, how it stands, what helps, the button."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from fieldapp.clock import CITY_ZONE, today
from fieldapp.machine import battery, free_bytes
from fieldapp.store import ChainReport, Place, Query
from fieldapp.texts import language, tr
from sync import homecoming, leaving
from sync.leaving import Check, Facts
from ui import theme
from ui.days import in_words
from ui.session import Navigate, Session
from ui.shell.pages import first_page
from ui.widgets import Button, Card, Chip, Skeleton, label
from ui.widgets.clearing import clear

LINES = 8  # about as many things are looked at
LONG = 56  # letters that stand on a line of their own, and wrap
EVENING = 14  # o'clock, from which one is asked whether all is home


class Ready(Card):
    """Facts read from this laptop, in a thread of their own; nothing is promised that was not looked at."""

    def __init__(self, session: Session, navigate: Navigate) -> None:
        super().__init__(tr("Ready to leave?"))
        self._session, self._navigate = session, navigate
        self._chip = Chip()
        self.evening = session.clock.now().astimezone(CITY_ZONE).hour >= EVENING
        self.other = Button("", "quiet")
        self.other.clicked.connect(self.turn)
        if self.head is not None:
            self.head.addWidget(self.other)
            self.head.addWidget(self._chip)
        self._entitle()
        self.awaited = Skeleton(tr("Looking at this laptop…"), LINES)
        self._trouble = label("", "body", tone="bad", wrap=True)
        self.body.addWidget(self.awaited)
        self.body.addWidget(self._trouble)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self.body.addLayout(self._grid)
        self.body.addStretch(1)
        self._chain: ChainReport | None = None
        self._shown: object = None
        self.found: list[Check] = []
        self.forget()
        session.bridge.work(session.store.verify_chain, self._checked)

    def turn(self) -> None:
        """From the morning's question to the evening's, and back."""
        self.ask(evening=not self.evening)
        self.refresh()

    def forget(self) -> None:
        """Nothing is known yet: the place of what is looked at."""
        clear(self._grid)
        self._shown = None
        self._chip.hide()
        self._trouble.hide()
        self.awaited.show()

    def ask(self, *, evening: bool) -> None:
        """The evening's question, or the morning's."""
        if evening != self.evening:
            self.evening = evening
            self._entitle()
            self.forget()

    def _entitle(self) -> None:
        leave, home = tr("Ready to leave?"), tr("All home?")
        self.title.setText(home if self.evening else leave)
        self.other.show_as(leave if self.evening else home)

    def refresh(self) -> None:
        """Read it anew; it is shown a moment later."""
        evening = self.evening
        self._session.bridge.work(partial(self._look, evening=evening), partial(self._came, evening=evening))

    def _came(self, found: object, *, evening: bool) -> None:
        if evening == self.evening:  # else one turned to the other question meanwhile
            self._show(found)

    def _look(self, *, evening: bool) -> list[Check]:
        session = self._session
        status = session.courier.status if session.courier else None
        standing = session.sign_in.standing() if session.sign_in else None
        facts = Facts(status, battery(), free_bytes(session.store.folder), self._chain, standing)
        wanted = homecoming.checks if evening else leaving.checks
        return wanted(session.desk, facts)

    def _show(self, found: object) -> None:
        if isinstance(found, BaseException):
            self.awaited.hide()
            self._trouble.setText(tr("This laptop could not be looked at: {why}", why=found))
            self._trouble.show()
            return
        if not isinstance(found, list) or self._shown == (found, language()):
            return  # what did not change stays, and with it the focus
        self._trouble.hide()
        self.awaited.hide()
        self._chip.show()
        self._shown, self.found = (found, language()), found
        kind = leaving.worst(found)
        self._chip.show_as(*_whole(kind, home=self.evening))
        clear(self._grid)
        at = 0
        for one in found:
            at = self._line(at, one)

    def _line(self, at: int, one: Check) -> int:
        found = in_words(one.found, today(self._session.clock))
        chip, large = Chip(_word(one.kind), one.kind), theme.scale() > 1 or len(found) > LONG
        words = label(found, "small", wrap=large)
        side = Qt.AlignmentFlag.AlignLeft if large else Qt.AlignmentFlag.AlignRight
        words.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        self._grid.setRowMinimumHeight(at, 28)
        self._grid.addWidget(chip, at, 0)
        self._grid.addWidget(label(one.what, "body", wrap=large), at, 1)
        at += 1 if large else 0
        self._grid.addWidget(words, at, 1 if large else 2)
        if one.kind in {leaving.OK, leaving.UNKNOWN}:
            return at + 1
        help_ = label(one.todo, "small", wrap=True)
        self._grid.addWidget(help_, at + 1, 1)
        if deed := self._deed(one):
            text, act = deed
            button = Button(text, name=f"{text}: {one.what}")
            button.clicked.connect(act)
            where = (at + 2, 1) if large else (at + 1, 2)
            self._grid.addWidget(button, *where, side | Qt.AlignmentFlag.AlignTop)
        return at + 3

    def _deed(self, one: Check) -> tuple[str, Callable[[], object]] | None:
        """The button that helps, where one does."""
        courier = self._session.courier
        deeds: dict[str, tuple[str, Callable[[], object]]] = {
            leaving.TODAY: self._begun(),
            leaving.TROUBLE: (tr("Show the first"), self._show_trouble),
            leaving.LAYERS: (tr("Look-ups"), lambda: self._navigate("lookups")),
            leaving.COPIES: (tr("Copies"), lambda: self._navigate("copies")),
        }
        if courier is not None:
            deeds[leaving.SYNC] = (tr("Sync now"), courier.wake)
        return deeds.get(one.action)

    def _begun(self) -> tuple[str, Callable[[], object]]:
        """Where what was begun goes on: for a clerk that is the counter."""
        if first_page(self._session.person) == "counter":
            return tr("Open the counter"), lambda: self._navigate("counter")
        return tr("Open today"), lambda: self._navigate("today")

    def _show_trouble(self) -> None:
        """The first record that needs a person."""
        store = self._session.store
        first = store.rows(store.ids(Query(places=(Place.ATTENTION,)))[:1])
        self._navigate("records", **({"record": first[0].id} if first else {}))

    def _checked(self, report: object) -> None:
        self._chain = report if isinstance(report, ChainReport) else ChainReport(0, str(report))
        self.refresh()


def _word(kind: str) -> str:
    return {
        leaving.OK: tr("Yes"),
        leaving.WARN: tr("Look"),
        leaving.BAD: tr("No"),
    }.get(kind, tr("Not known"))


def _whole(kind: str, *, home: bool) -> tuple[str, str]:
    return {
        leaving.OK: (tr("All home") if home else tr("Ready"), "ok"),
        leaving.WARN: (tr("Almost"), "warn"),
    }.get(kind, (tr("Not yet"), "bad"))
