"""The window in which a service's author tries its form: in both languages, through to the last step."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldapp.forms import FormSession
from fieldapp.services import Service
from fieldapp.texts import language, tr
from ui import speaking, theme
from ui.forms import FormEditor, Heading
from ui.trying.notebook import Notebook
from ui.widgets import Banner, Button

WIDE, HIGH = 1180, 800


class TrialWindow(QWidget):
    """One service's form over a notebook. Trying it again begins with nothing answered."""

    def __init__(self, service: Service) -> None:
        super().__init__()
        self.service = service
        self.notebook = Notebook()
        self.editor: FormEditor | None = None
        self.other, self.again = Button(), Button()
        self.other.clicked.connect(self._switch)
        self.again.clicked.connect(self.begin)
        self.banner = Banner("", air=6)
        self.banner.add(self.other)
        self.banner.add(self.again)
        whole, self._page = QVBoxLayout(self), QVBoxLayout()
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.banner)
        whole.addLayout(self._page, 1)
        self._page.setContentsMargins(24, 16, 24, 24)
        self.resize(theme.px(WIDE), theme.px(HIGH))
        self.begin()

    def begin(self) -> None:
        """A form that nobody has answered."""
        self.notebook = Notebook()
        self._open()

    def _open(self) -> None:
        title = self.service.title.text(language())
        self.setWindowTitle(tr("Trying: {title}", title=title))
        self.other.show_as("Français" if language() == "en" else "English")
        self.again.show_as(tr("Begin again"))
        self.banner.say(tr("You are trying this service: nothing is kept, and nothing is sent."))
        if self.editor is not None:
            self._page.removeWidget(self.editor)
            self.editor.deleteLater()
        self.editor = FormEditor(self._session(), self.notebook.host(), self._heading, kept=self.notebook.fields)
        self.editor.submitted.connect(self._ended)
        self._page.addWidget(self.editor, 1)

    def _session(self) -> FormSession:
        clock, service = self.notebook.clock, self.service
        context = {"username": tr("You"), "deviceid": "TRIAL", "case_ref": "TRIAL-001", "service_code": service.code}
        return FormSession(
            service.form(),
            self.notebook.fields,
            language=language(),
            clock=clock,
            reference=service.reference_data(None, clock),
            functions=service.functions(),
            context=context,
        )

    def _heading(self) -> Heading:
        first = next((step for step in self.service.transitions if self.service.first_state in step.from_), None)
        submit = first.title.text(language()) if first else ""
        return Heading(self.service.title.text(language()), self.service.summary.text(language()), submit)

    def _switch(self) -> None:
        speaking.other()
        self._open()

    def _ended(self) -> None:
        """The step at the form's end: what would be handed in now, or what is still missing (the editor says that)."""
        if self.editor is not None and not self.editor.session.problems():
            self.banner.say(tr("The form is complete: a clerk would hand it in now. Nothing was sent."))
