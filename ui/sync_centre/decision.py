"""The page on which a supervisor decides between two people's versions, and says why. It works without a network."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy

from fieldapp.actions import Clash, decide_between, to_decide, versions
from fieldapp.records import STATE
from fieldapp.store import Dispute, Touched
from fieldapp.texts import plural, tr
from ui import theme
from ui.drafts import TextDraft
from ui.session import Navigate, Session
from ui.sync_centre.clash_card import BOTH, MINE, THEIRS, Sides
from ui.sync_centre.conflict import ConflictPage
from ui.widgets import Button, Card, label

TALL = 84  # px of the reason


class DecisionPage(ConflictPage):
    """`go(dispute=..., back=...)`: the same cards, the two versions by the order in which they came, and a reason."""

    def __init__(self, session: Session, navigate: Navigate) -> None:
        self._dispute: Dispute | None = None
        super().__init__(session, navigate)
        self.why = QPlainTextEdit()
        self.why.setAccessibleName(tr("Why, in words for both authors"))
        self.why.setTabChangesFocus(True)
        self.why.setFixedHeight(theme.px(TALL))
        self._draft = TextDraft(session, self.why)
        self._beside = label("", "small", wrap=True)
        self._reason = Card(tr("Why? Both authors read it."))
        self._reason.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._reason.body.addWidget(self.why)
        self._reason.body.addWidget(self._beside)
        self.body.addWidget(self._reason)
        self.why.textChanged.connect(self._count)
        self.save_button.show_as(tr("Decide"))
        self._reason.hide()

    def go(self, **where: str) -> None:
        """Show a dispute; choices and reason that were begun come along."""
        if wanted := where.get("dispute"):
            self._dispute = next((one for one in to_decide(self.session.desk) if one.op == wanted), None)
            where = {**where, "record": self._dispute.record if self._dispute else self._record or "-"}
        super().go(**where)
        if self._dispute is not None:
            self._draft.begin(f"decision/{self._dispute.op}")
        if where.get("why"):
            self.why.setPlainText(where["why"])
        self._reason.setVisible(bool(self.cards))
        self._beside.setText(self._told())

    def where(self) -> dict[str, str]:
        """The dispute, and what was begun."""
        own = {"dispute": self._dispute.op if self._dispute else "", "why": self.why.toPlainText()}
        return {**super().where(), **own}

    def refresh(self, touched: Touched) -> None:
        """What somebody else decided meanwhile is not asked any more; newer answers are shown."""
        if self._dispute is not None and self._record in touched.records:
            wanted = self._dispute.op
            self._dispute = next((one for one in to_decide(self.session.desk) if one.op == wanted), None)
            super().refresh(touched)
            self._reason.setVisible(bool(self.cards))

    def save(self) -> None:
        """Decide; without a reason the focus goes there."""
        if self.cards and all(card.choice for card in self.cards) and not self.why.toPlainText().strip():
            self.why.setFocus()
            return
        super().save()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back, as elsewhere."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def found(self) -> list[Clash]:
        """The contested answers."""
        return versions(self._dispute) if self._dispute else []

    def send(self, chosen: dict[str, str], seen: dict[str, str]) -> None:  # noqa: ARG002  the City compares with what it told
        """The decision, with the values of what is not asked as the later version has them."""
        if self._dispute is None:
            return
        unasked = {one.path: one.mine for one in self._dispute.paths if one.path not in chosen}
        values = {**unasked, **chosen}
        self.session.saved(partial(decide_between, self.session.desk, self._dispute, values, self.why.toPlainText()))
        self._draft.done()

    def sides(self) -> Sides:
        """The version that the City has came first, the other one later."""
        return Sides(
            order=(THEIRS, MINE),
            heads={THEIRS: tr("First, at the City"), MINE: tr("Later, waiting")},
            options={THEIRS: tr("Keep the first"), MINE: tr("Keep the later"), BOTH: tr("Keep both")},
            keys={THEIRS: "f", MINE: "l", BOTH: "b"},
            told={
                THEIRS: tr("The first stands; the later one stays in the history."),
                MINE: tr("The later one is taken; the first stays in the history."),
                BOTH: tr("Both are kept in the answer: the first, then the later."),
            },
        )

    def all_buttons(self) -> tuple[Button, Button]:
        """One for each of the two."""
        return Button(tr("The later everywhere")), Button(tr("The first everywhere"))

    def none_words(self) -> tuple[str, str]:
        """What is told where there is nothing to decide."""
        return tr("Nothing to decide"), tr("This was decided, or it is not yours to decide.")

    def ready_words(self) -> str:
        """What is left to do when all is chosen."""
        if not self.why.toPlainText().strip():
            return tr("Say why, for both authors.")
        return tr("All is chosen: decide when you are ready.")

    def _told(self) -> str:
        """What comes with the later version."""
        if self._dispute is None:
            return ""
        others = self._dispute.others
        with_it = plural(others, "With the later come {n} other answer.", "With the later come {n} other answers.")
        if any(one.path == STATE for one in self._dispute.paths):
            stays = tr("Where the first state is kept, nothing of the later one is taken: it stays in the history.")
            return f"{with_it} {stays}" if others else stays
        return tr("{with_it} They are taken whatever you choose.", with_it=with_it) if others else ""
