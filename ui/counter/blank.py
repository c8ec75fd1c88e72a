"""Forms on paper, at the counter: a blank one is printed or saved in either language, a filled one comes back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from fieldapp.errors import FieldAppError
from fieldapp.services import Service
from fieldapp.services.topics import Topic
from fieldapp.texts import language, tr
from ui.choosing import where_to_save_pdf
from ui.printing import print_out
from ui.records.pdf_file import write_pdf
from ui.session import Session

Groups = Sequence[tuple[Topic, Sequence[Service]]]


class PaperForms(QMenu):
    """What is done with paper; for a blank form the services by topic, behind its language. It is there until it was
    used. `came_back`: a filled form is to be taken in."""

    came_back = Signal()

    def __init__(self, session: Session, groups: Groups, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._groups = session, groups
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.addAction(tr("Take in a filled form…")).triggered.connect(self._came_back)
        self.addSeparator()
        deeds = (
            (tr("Print a blank form in English"), "en", self.print),
            (tr("Print a blank form in French"), "fr", self.print),
            (tr("Save a blank form in English"), "en", self.ask_where),
            (tr("Save a blank form in French"), "fr", self.ask_where),
        )
        for title, spoken, deed in deeds:
            inside = self.addMenu(title)
            for topic, services in groups:
                below = inside.addMenu(topic.title.text(language()))
                for service in services:
                    below.addAction(service.title.text(language())).triggered.connect(partial(deed, service, spoken))

    def _came_back(self) -> None:
        self.came_back.emit()

    def print(self, service: Service, spoken: str, _checked: bool = False) -> None:
        """Print the form; where there is no printer, that is said."""
        if data := self._made(service, spoken):
            print_out(self._session, data)

    def ask_where(self, service: Service, spoken: str, _checked: bool = False) -> None:
        """Ask where the form is to be saved, and save it there."""
        if chosen := where_to_save_pdf(self._session, self, f"{service.code}-{service.id}-{spoken}"):
            self.save(service, spoken, chosen)

    def save(self, service: Service, spoken: str, path: Path) -> None:
        """Save the form."""
        if data := self._made(service, spoken):
            try:
                write_pdf(data, path)
            except FieldAppError as error:
                self._session.say(str(error))
                return
            self._session.say(tr("Saved as {name}", name=path.name))

    def _made(self, service: Service, spoken: str) -> bytes:
        """The form as PDF, b"" where it cannot be made: that is said."""
        from fieldapp.documents.blank.composing import paper_of  # sets papers: nothing that a start needs
        from fieldapp.documents.blank.making import blank_form

        try:
            return blank_form(paper_of(service, spoken))
        except FieldAppError as error:
            self._session.say(str(error))
            return b""
