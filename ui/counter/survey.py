"""The three questions, on a screen that is turned to the resident: nothing else of the City's is on it or one key away.

Every answer may be left out, and so may all of them. What is chosen is kept only once the resident has agreed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldapp.actions.survey import Asked, Sheet, hand_in, sheet
from fieldapp.errors import FieldAppError
from fieldapp.texts import speaking, tr
from ui import theme
from ui.resident.turning import Turned
from ui.session import Session
from ui.today.detail import empty
from ui.widgets import Button, Card, Icon, Scroll, label
from ui.widgets.acts import act
from ui.widgets.flow import Flow
from ui.widgets.segmented import Option, Segmented

WIDTH = 860
WINDOW = Qt.ShortcutContext.WindowShortcut
OTHER = {"en": ("fr", "Français"), "fr": ("en", "English")}


class SurveySheet(Turned):
    """Asks in one language, and in the other at a key. `done`: back to the clerk; `kept`: whether there are answers."""

    def __init__(self, session: Session, language: str) -> None:
        super().__init__()
        self._session = session
        self.kept = False
        self.answers: dict[str, str] = {}
        self.choices: dict[str, Segmented] = {}
        card = Card(padding=28, spacing=14)
        card.setMaximumWidth(theme.px(WIDTH))
        self._body = card.body
        scroll = Scroll()
        middle = QHBoxLayout()
        middle.addWidget(card)
        scroll.body.addStretch(1)
        scroll.body.addLayout(middle)
        scroll.body.addStretch(2)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            act(self, keys, tr("I agree: give my answers"), self._agreed, context=WINDOW)
        act(self, "Esc", tr("No, thank you"), self.done.emit, context=WINDOW)
        self.speak(language)

    def speak(self, language: str) -> None:
        """Ask in this language; what is chosen stays chosen."""
        self._clear()
        made = sheet(self._session.desk, language)
        with speaking(language):
            self._head(made)
            for asked in made.asked:
                self._ask(asked)
            self._foot()
        self.setAccessibleName(made.title)
        self.enter()

    def enter(self) -> None:
        """The first question has the focus."""
        next(iter(self.choices.values())).setFocus(Qt.FocusReason.TabFocusReason)

    def _head(self, made: Sheet) -> None:
        self.language = made.language
        other, name = OTHER[made.language]
        self.other = Button(name, "quiet", icon="languages")
        self.other.clicked.connect(partial(self.speak, other))
        row = QHBoxLayout()
        row.addWidget(label(made.title, "title", wrap=True), 1)
        row.addWidget(self.other, 0, Qt.AlignmentFlag.AlignTop)
        self._body.addLayout(row)
        self._body.addWidget(label(made.notice, "sub", wrap=True))

    def _ask(self, asked: Asked) -> None:
        options = [Option(value, words, key=str(n)) for n, (value, words) in enumerate(asked.choices, start=1)]
        made = self.choices[asked.path] = Segmented(options, name=asked.title, stacks=True)
        made.choose(self.answers.get(asked.path, ""))
        made.chosen.connect(partial(self.answers.__setitem__, asked.path))
        self._body.addSpacing(8)
        self._body.addWidget(label(asked.title, "heading", wrap=True))
        self._body.addWidget(made)

    def _foot(self) -> None:
        self._body.addSpacing(12)
        self._body.addWidget(label(tr("Any answer may be left out. It changes nothing about your request."), "sub"))
        self.agree = Button(tr("I agree: give my answers"), "primary", hint=tr("Ctrl Enter"))
        self.refuse = Button(tr("No, thank you"), hint=tr("Esc"))
        self.agree.clicked.connect(self._agreed)
        self.refuse.clicked.connect(self.done)
        self._buttons(self.agree, self.refuse)

    def _agreed(self) -> None:
        """Keep the answers without a name; nothing is kept where nothing was chosen."""
        if self.kept:
            self.done.emit()
            return
        try:
            self._session.saved(partial(hand_in, self._session.desk, self.answers, self.language))
        except FieldAppError as error:
            self.done.emit()
            self._session.say(str(error))
            return
        self.kept = True
        self._thank()

    def _thank(self) -> None:
        self.answers.clear()
        self._clear()
        with speaking(self.language):
            self._body.addWidget(Icon("circle-check", "ok", 28))
            self._body.addWidget(label(tr("Thank you"), "title"))
            words = tr("Your answers are kept without your name. Please turn the screen back.")
            self._body.addWidget(label(words, "sub", wrap=True))
            self.back = Button(tr("Back to the counter"), "primary")
            self.back.clicked.connect(self.done)
            self._buttons(self.back)
        self.back.setFocus()

    def _buttons(self, *buttons: Button) -> None:
        strip, flow = QWidget(), Flow()
        strip.setLayout(flow)
        for button in buttons:
            flow.addWidget(button)
        self._body.addWidget(strip)

    def _clear(self) -> None:
        self.choices.clear()
        empty(self._body)
