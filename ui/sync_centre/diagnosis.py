"""The diagnosis for IT: shown whole before it is saved or copied. It goes nowhere by itself."""

from __future__ import annotations

from PySide6.QtCore import qVersion
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QStackedWidget

from fieldapp.clock import today
from fieldapp.recent import watch
from fieldapp.texts import language, tr
from sync.diagnosis import diagnosis
from ui import theme
from ui.choosing import where_to_save
from ui.session import Navigate, Session
from ui.sync_centre.sub_page import SubPage
from ui.sync_centre.writing import write_copy
from ui.widgets import Button, Skeleton

LINES = 14  # of the place of the text
LEAST = 88  # px of the text, which takes all the room there is


class DiagnosisPage(SubPage):
    """What it says is made anew at each visit, in a thread of its own."""

    def __init__(self, session: Session, navigate: Navigate) -> None:
        self.copy, self.save = Button(tr("Copy"), icon="copy"), Button(tr("Save…"), "primary", icon="download")
        about = tr("No personal data is in it. Read it whole, then give it to IT: it goes nowhere by itself.")
        super().__init__(session, navigate, tr("Diagnosis for IT"), about, (self.copy, self.save))
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(tr("Diagnosis for IT"))
        letters = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        letters.setPixelSize(theme.px(theme.SMALL))
        self.text.setFont(letters)
        self.text.setMinimumHeight(theme.px(LEAST))
        self.text.setTabChangesFocus(True)
        self.stack = QStackedWidget()
        self.stack.addWidget(Skeleton(tr("Looking at this laptop…"), LINES))
        self.stack.addWidget(self.text)
        self.column.addWidget(self.stack, 1)
        self.copy.clicked.connect(self._copy)
        self.save.clicked.connect(self._ask_where)

    def go(self, **_where: str) -> None:
        """Look anew."""
        lines = _of_screen()
        self._turn(there=False)
        self.session.bridge.work(lambda: self._made(lines), self._show)

    def _made(self, lines: list[str]) -> str:
        session = self.session
        status = session.courier.status if session.courier else None
        steps = session.network.last if session.network else ()
        return diagnosis(session.desk, status, watch().events(), more=lines, steps=steps)

    def _show(self, text: object) -> None:
        self.text.setPlainText(text if isinstance(text, str) else type(text).__name__)

        self._turn(there=True)

    def _turn(self, *, there: bool) -> None:
        """To the text, or to the place of it while it is made; what is not there cannot be given away."""
        self.stack.setCurrentIndex(int(there))
        for button in (self.copy, self.save):
            button.setEnabled(there)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.session.say(tr("Copied."))

    def _ask_where(self) -> None:
        name = f"fieldapp-diagnosis-{today(self.session.clock):%Y%m%d}.txt"
        kinds = f"{tr('Text')} (*.txt)"
        if chosen := where_to_save(self.session, self, tr("Save the diagnosis"), name, kinds):
            write_copy(self.session, chosen, self.text.toPlainText())


def _of_screen() -> list[str]:
    """What only the screen knows."""
    screen = QGuiApplication.primaryScreen()
    size = screen.size()
    drawn = f"{size.width()} x {size.height()} at {screen.devicePixelRatio():.2f}"
    dressed = f"{theme.look()}, letters at {theme.scale():.0%}"
    return [f"Qt {qVersion()} on {QGuiApplication.platformName()}, {drawn}", f"screens speak {language()}, {dressed}"]
