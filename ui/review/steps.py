"""Steps: what may be done with the record that is read, as buttons below it, and why something may not."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from fieldapp.actions.choosing import Choices, choices, takers
from fieldapp.records import Record
from fieldapp.services import Transition
from fieldapp.texts import language, tr
from ui import theme
from ui.session import Session
from ui.widgets import Button, label
from ui.widgets.button import Deciding
from ui.widgets.headline import Headline

WORDS = 120  # px at scale 1 that what comes next keeps beside the buttons


class Steps(QWidget):
    """`chosen` carries a Transition and the user id of whom the record goes to with it, "" for nobody in particular."""

    chosen = Signal(object, str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._record: Record | None = None
        self.found = Choices()
        self.words = label("", "small", wrap=True)
        self.agree = Deciding("", "primary", hint="A")
        self.send_back = Deciding("", hint="R")
        self.more = Deciding(tr("More"))
        self._strip = Headline(self.words, self._wanted, lambda _stacked: None)
        for button in (self.more, self.send_back, self.agree):
            self._strip.add(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._strip)
        self.agree.clicked.connect(self.take_agreed)
        self.more.clicked.connect(self._show_more)

    def show_record(self, record: Record) -> None:
        """Offer what may be done with it."""
        self._record = record
        self.found = found = choices(self._session.desk, record)
        self.agree.setVisible(found.agree is not None)
        self.agree.setEnabled(not found.refusal)
        self.send_back.setVisible(found.send_back is not None)
        self.more.setVisible(bool(found.others))
        if found.agree is not None:
            self.agree.show_as(_title(found.agree))
        if found.send_back is not None:
            self.send_back.show_as(
                tr("Return to a field…") if found.send_back.id == "return" else f"{_title(found.send_back)}…"
            )
        after = self._next_state()
        self.words.setText(found.refusal or (tr("Next: {state}", state=after) if after else ""))
        self._strip.arrange()

    def take_agreed(self) -> None:
        """Take the agreeing step, unless it is refused."""
        if self.found.agree is not None and not self.found.refusal:
            self.take(self.found.agree, self.agree)

    def take(self, step: Transition, above: Button) -> None:
        """Take it; where it goes to somebody, ask to whom first."""
        people = takers(self._session.desk, self._record, step) if step.gives and self._record is not None else []
        if people:
            self._ask_whom(step, people, above)
        else:
            self.chosen.emit(step, "")

    def _wanted(self) -> int:
        """px: why something is refused is read whole, what comes next may take two lines."""
        whole = self.words.fontMetrics().horizontalAdvance(self.words.text())
        return whole if self.found.refusal else theme.px(WORDS)

    def _next_state(self) -> str:
        if self._record is None or self.found.agree is None:
            return ""
        service = self._session.desk.service_of(self._record)
        return service.state(self.found.agree.to).title.text(language())

    def _show_more(self) -> None:
        menu = QMenu(self)
        for step in self.found.others:
            menu.addAction(_title(step)).triggered.connect(lambda _on=False, one=step: self.take(one, self.more))
        _open_above(menu, self.more)

    def _ask_whom(self, step: Transition, people: list[str], above: Button) -> None:
        menu = QMenu(self)
        menu.setAccessibleName(tr("To whom?"))
        for person in people:
            line = menu.addAction(tr("To {name}", name=self._session.name_of(person)))
            line.triggered.connect(lambda _on=False, to=person: self.chosen.emit(step, to))
        _open_above(menu, above)
        menu.setActiveAction(menu.actions()[0])


def _title(step: Transition) -> str:
    """A step's title; three dots tell that something is asked first."""
    title = step.title.text(language())
    return f"{title}…" if step.gives else title


def _open_above(menu: QMenu, button: Button) -> None:
    menu.popup(button.mapToGlobal(QPoint(0, -menu.sizeHint().height())))
