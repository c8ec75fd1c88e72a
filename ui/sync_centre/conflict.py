"""The page on which a person ends a conflict: answer by answer, or all at once. It comes only when it is asked for."""

from __future__ import annotations

import json
from functools import partial

from PySide6.QtWidgets import QHBoxLayout

from fieldapp.actions import Clash, clashes, settle
from fieldapp.errors import FieldAppError
from fieldapp.store import Touched
from fieldapp.texts import plural, tr
from ui.page import Page
from ui.session import Navigate, Session
from ui.shell.pages import title
from ui.sync_centre.clash_card import MINE, THEIRS, ClashCard, Sides, own_sides
from ui.sync_centre.versions import Versions
from ui.titles import title_of
from ui.widgets import Button, EmptyState, PageHeader, Scroll, label
from ui.widgets.acts import act
from ui.widgets.clearing import clear


class ConflictPage(Page):
    """`go(record=..., back=...)` shows a record's clashes; when all are chosen it goes to the City as one Change."""

    def __init__(self, session: Session, navigate: Navigate) -> None:
        super().__init__(session, navigate)
        self._record, self._back = "", "sync"
        self._found: list[Clash] = []
        self.cards: list[ClashCard] = []
        self.back_button = Button("", "quiet", icon="arrow-left", hint="Alt ←")
        self.back_button.clicked.connect(self.leave)
        self.save_button = Button(tr("Save and send"), "primary", hint=tr("Ctrl Enter"))
        self.save_button.clicked.connect(self.save)
        self._head = PageHeader()
        self.mine, self.theirs = self.all_buttons()
        self.mine.clicked.connect(lambda: self._all(MINE))
        self.theirs.clicked.connect(lambda: self._all(THEIRS))
        self._news = label("", "body", tone="warn", wrap=True)
        self._news.hide()
        self._scroll = Scroll()
        self._none = EmptyState("shield-check", *self.none_words())
        self._lay_out()
        act(self, "Alt+Left", tr("Back"), self.leave)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            act(self, keys, tr("Keep what is chosen"), self.save)

    def go(self, **where: str) -> None:
        """Show a record's clashes; `chosen` holds choices that were made before."""
        self._back = where.get("back") or self._back
        self.back_button.show_as(title(self._back))
        if where.get("record"):
            self._record = where["record"]
            self._show(json.loads(where.get("chosen") or "{}"))
        if self.cards:
            self.cards[0].choices.setFocus()

    def where(self) -> dict[str, str]:
        """The record, the choices so far, and where one goes back to."""
        return {"record": self._record, "back": self._back, "chosen": json.dumps(self._choices())}

    def refresh(self, touched: Touched) -> None:
        """The City has newer values: show them, and ask again only where they differ. A choice made stays."""
        if self._record not in touched.records or self._found == (now := self.found()):
            return
        same = {one.path for one in now if one in self._found}
        self._show({path: choice for path, choice in self._choices().items() if path in same})
        self._news.setText(tr("The City has newer answers; they are shown now."))
        self._news.setVisible(bool(now))

    def leave(self) -> None:
        """Go back; nothing is lost, the record waits as before."""
        self.navigate(self._back, **({"record": self._record} if self._back == "records" else {}))

    def save(self) -> None:
        """Send what was chosen. While a choice is missing, the focus goes there."""
        missing = next((card for card in self.cards if not card.choice), None)
        if missing is not None:
            missing.choices.setFocus()
            self._scroll.ensureWidgetVisible(missing)
            return
        if not self.cards:
            return
        chosen = {card.clash.path: card.value for card in self.cards}
        seen = {card.clash.path: card.clash.theirs.value for card in self.cards}
        try:
            self.send(chosen, seen)
        except FieldAppError as error:
            self.session.say(str(error))
            self._show(self._choices())
            return
        self.session.say(tr("Your choice is saved and goes to the City."))
        self.leave()

    def found(self) -> list[Clash]:
        """The clashes to show."""
        return clashes(self.session.desk, self._record)

    def send(self, chosen: dict[str, str], seen: dict[str, str]) -> None:
        """Let what was `chosen` go to the City; `seen` has its values as they were shown."""
        self.session.saved(partial(settle, self.session.desk, self._record, chosen, seen))

    def sides(self) -> Sides:
        """What the two versions are called."""
        return own_sides()

    def none_words(self) -> tuple[str, str]:
        """What is told where there is nothing to choose."""
        return tr("Nothing to choose"), tr("This record has one version only.")

    def ready_words(self) -> str:
        """What is left to do when all is chosen."""
        return tr("All is chosen: send it when you are ready.")

    def all_buttons(self) -> tuple[Button, Button]:
        """One to choose mine everywhere, one for theirs."""
        return Button(tr("Mine everywhere")), Button(tr("The City's everywhere"))

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.back_button)
        top.addStretch()
        for side in self.sides().order:
            self._head.add(self.mine if side == MINE else self.theirs)
        self._head.add(self.save_button)
        self.body.setSpacing(12)
        self.body.setContentsMargins(24, 8, 24, 24)
        self.body.addLayout(top)
        self.body.addWidget(self._head)
        self.body.addWidget(self._news)
        self.body.addWidget(self._none, 1)
        self.body.addWidget(self._scroll, 1)

    def _show(self, chosen: dict[str, str]) -> None:
        record = self.session.store.record(self._record)
        self._found = self.found() if record is not None else []
        self._news.hide()
        clear(self._scroll.body)
        self.cards = []
        if record is not None and self._found:
            versions = Versions(self.session, record, self._found)
            asked = [clash for clash in self._found if versions.asked(clash)]  # the rest follows from what is chosen
            self.cards = [ClashCard(clash, versions, self.sides()) for clash in asked or self._found]
        for card in self.cards:
            card.choose(chosen.get(card.clash.path, ""))
            card.chosen.connect(self._count)
            self._scroll.body.addWidget(card)
        self._scroll.body.addStretch(1)
        for widget in (self._scroll, self.mine, self.theirs, self.save_button):
            widget.setVisible(bool(self.cards))
        self._none.setVisible(not self.cards)
        self._count()

    def _count(self) -> None:
        record = self.session.store.record(self._record)
        known = record is not None and record.service in self.session.catalogue
        name = title_of(self.session.desk, record) if known and record is not None else ""
        left = sum(not card.choice for card in self.cards)
        told = plural(left, "{n} answer is left to choose.", "{n} answers are left to choose.") if left else ""
        ready = self.ready_words() if self.cards and not left else told
        self._head.say(name or tr("Two versions"), ready)

    def _all(self, choice: str) -> None:
        for card in self.cards:
            card.choose(choice)
        self._count()
        self.save_button.setFocus()

    def _choices(self) -> dict[str, str]:
        return {card.clash.path: card.choice for card in self.cards if card.choice}
