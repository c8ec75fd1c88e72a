"""ResidentView: what was recorded, in large type and in the resident's language, and their agreement to it.

It holds nothing of the clerk's: it is made from a ReadBack alone, and speaks its own language."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from fieldapp.clock import moment_of
from fieldapp.counter.agreement import CLERK, RESIDENT
from fieldapp.counter.reading import ReadBack
from fieldapp.documents.city import city
from fieldapp.texts import speaking, tr
from ui import theme
from ui.resident.asking import AGREES, KEY, SPEAKS
from ui.resident.lines import HEADING, LARGE, TITLE, Given, asked, case_card, large
from ui.resident.turning import Turned
from ui.today.detail import empty
from ui.widgets import Button, Icon, Scroll, label
from ui.widgets.acts import act

OTHER = {"en": ("fr", "Français"), "fr": ("en", "English")}
PAGE = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
HIGH = 52  # px of a button that is touched


class ResidentView(Turned):
    """`agreed` tells by whose hand, and what was chosen of the consents; `spoke` the language that is wanted now."""

    agreed = Signal(str, object)  # str, Given
    spoke = Signal(str)

    def __init__(self, *, turned: bool = False) -> None:
        """`turned`: on the clerk's own window, which is turned back afterwards."""
        super().__init__()
        self.setObjectName("Page")
        self._turned = turned
        self.given: Given = {}  # what was chosen of the consents, not kept yet
        self.language = ""
        self.other = _tall("", "quiet", icon="languages")
        self.agree = _tall("", "primary")
        self._city, self.words = large("", bold=True), large("")
        self.reading = Scroll(margins=(0, 0, 0, 0), spacing=16)
        self._foot, self._staff = QFrame(), label("", "small")
        self._lay_out()
        self.other.clicked.connect(lambda: self.spoke.emit(OTHER[self.language][0]))
        self.agree.clicked.connect(partial(self.tell, RESIDENT))
        whole = Qt.ShortcutContext.WindowShortcut  # also where somebody clicked into the second screen
        act(self, KEY, tr("Turn the screen back"), self.done.emit, context=whole)
        act(self, AGREES, tr("The resident agrees, as they tell you"), partial(self.tell, CLERK), context=whole)
        act(self, SPEAKS, tr("The resident's other language"), self.other.click, context=whole)

    def enter(self) -> None:
        """The resident's first key changes the language; Tab goes on to what is asked."""
        self.other.setFocus(Qt.FocusReason.TabFocusReason)

    def tell(self, by: str) -> None:
        """The resident agrees, by this hand."""
        if self.agree.isVisibleTo(self):
            self.agreed.emit(by, dict(self.given))

    def welcome(self, language: str) -> None:
        """Between two residents: nothing of anybody."""
        self._begin(language)
        self.given.clear()
        greeting = large("Welcome · Bienvenue", TITLE, bold=True)
        greeting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.reading.body.addStretch(1)
        self.reading.body.addWidget(greeting)
        self.reading.body.addStretch(2)
        self._foot.hide()
        self.other.hide()

    def show_read(self, read: ReadBack) -> None:
        """What was recorded, as it stands now; what was chosen stays chosen, and the place where one reads stays."""
        at = self.reading.verticalScrollBar().value() if read.language == self.language else 0
        agreeing = self.agree.hasFocus()
        self._begin(read.language)
        with speaking(read.language):
            self._read(read)
            self._ask(read)
        self.reading.body.addStretch(1)
        self.reading.verticalScrollBar().setValue(at)
        if agreeing and not self.agree.isVisibleTo(self):
            self.other.setFocus()

    def say(self, words: str) -> None:
        """A line in the place of what is asked: why it could not be kept."""
        self.words.setText(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page keys turn over; nothing passes through."""
        bar = self.reading.verticalScrollBar()
        bar.setValue(bar.value() + PAGE.get(Qt.Key(event.key()), 0) * bar.pageStep())
        super().keyPressEvent(event)

    def _begin(self, language: str) -> None:
        self.language = language
        empty(self.reading.body)
        self.other.show()
        self.other.show_as(OTHER[language][1])
        with speaking(language):
            self._city.setText(city().name.text(language))
            self.setAccessibleName(tr("For the resident"))
            self._staff.setText(tr("Staff: {key}", key=KEY))

    def _read(self, read: ReadBack) -> None:
        body = self.reading.body
        body.addWidget(large(tr("This is what was recorded for you"), TITLE, bold=True))
        body.addWidget(large(tr("Please check it. Tell us what is wrong or missing: it is corrected at once.")))
        for case in read.cases:
            body.addWidget(case_card(case))
        if len(read.cases) > 1 and read.due:
            body.addWidget(large(tr("To be paid for everything: {amount}", amount=read.due), HEADING, bold=True))

    def _ask(self, read: ReadBack) -> None:
        """What they agree to: the notices beside the answers, the sentence itself beside the button."""
        body, said = self.reading.body, read.words.split("\n\n")
        for notice in said[:-1]:
            body.addWidget(large(notice))
        for words, choices in (line for case in read.cases for line in asked(case, self.given)):
            body.addWidget(words)
            body.addWidget(choices)
        self._foot.setVisible(bool(read.cases))
        self.agree.setVisible(read.agreed is None)
        self.agree.show_as(tr("I agree"))
        self.words.setText(said[-1] if read.agreed is None else self._thanks(read))

    def _thanks(self, read: ReadBack) -> str:
        at = f"{moment_of(read.agreed.at):%H:%M}" if read.agreed else ""
        thanks = tr("Thank you. You agreed at {time}.", time=at)
        return f"{thanks} {tr('Please turn the screen back.')}" if self._turned else thanks

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(32, 20, 32, 20)
        outer.setSpacing(16)
        head = QHBoxLayout()
        head.addWidget(Icon("building-2", "pri", 28))
        head.addWidget(self._city, 1)
        head.addWidget(self.other)
        outer.addLayout(head)
        outer.addWidget(self.reading, 1)
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(24)
        foot.addWidget(self.words, 1)
        foot.addWidget(self.agree)
        outer.addWidget(self._foot)
        outer.addWidget(self._staff, 0, Qt.AlignmentFlag.AlignRight)
        self._staff.setVisible(self._turned)


def _tall(text: str, kind: str, *, icon: str = "") -> Button:
    made = Button(text, kind, icon=icon)
    made.setFont(theme.font(LARGE, bold=True))
    made.setMinimumHeight(theme.px(HIGH))
    return made
