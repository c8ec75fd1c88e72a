"""What a record belongs to and what belongs to it: the visits of a complaint, and the next one."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from fieldapp.access import has_role
from fieldapp.actions import start
from fieldapp.errors import FieldAppError
from fieldapp.records import PARENT, Record
from fieldapp.services import Service, workflow
from fieldapp.store import Query
from fieldapp.texts import language, tr
from ui.records.words import Words
from ui.session import Navigate, Session
from ui.widgets import Button
from ui.widgets.clearing import clear
from ui.widgets.flow import Flow

MOST = 12  # of those that belong to it: the newest; the search finds all
BEGUN = frozenset({"review", "done"})  # before that the City does not know the case yet


class Family(QWidget):
    """A button a record, the one above first; then one for each service that may begin under this record."""

    def __init__(self, session: Session, navigate: Navigate) -> None:
        super().__init__()
        self._session, self._navigate = session, navigate
        self._words = Words(session)
        self._shown: tuple[str, list[tuple[str, str]], list[Service]] = ("", [], [])
        self._flow = Flow(8)
        self.setLayout(self._flow)

    def show_record(self, record: Record) -> None:
        """Show those around `record`; nothing where it stands alone."""
        above = self._session.store.record(record.get(PARENT)) if record.get(PARENT) else None
        below = self._session.store.find(Query(parent=record.id), MOST)
        links = [(above.id, tr("Part of {number}", number=above.reference))] if above else []
        links += [(one.id, self._named(one)) for one in below]
        beginning = self._next(record)
        self.setVisible(bool(links or beginning))
        if (record.id, links, beginning) == self._shown:
            return  # the focus stays where it is
        self._shown = (record.id, links, beginning)
        clear(self._flow)
        for record_id, text in links:
            self._flow.addWidget(self._link(record_id, text))
        for service in beginning:
            self._flow.addWidget(self._begin(service, record.id))

    def _next(self, record: Record) -> list[Service]:
        catalogue, person = self._session.catalogue, self._session.person
        if catalogue.kind(record.service, record.state) not in BEGUN:
            return []
        mine = [one for one in catalogue.children(record.service) if has_role(person, one.start_roles)]
        return [one for one in mine if workflow.may_finish(one, person)]

    def _named(self, record: Record) -> str:
        service, _icon = self._words.service(record.service)
        state, _kind = self._words.state(record.service, record.state)
        return f"{service} {record.reference} · {state}"

    def _link(self, record_id: str, text: str) -> Button:
        button = Button(text, "quiet", icon="link")
        button.clicked.connect(lambda: self._navigate("records", record=record_id))
        return button

    def _begin(self, service: Service, parent: str) -> Button:
        button = Button(service.title.text(language()), "plain", icon="plus")
        button.setToolTip(tr("Begin: {title}", title=service.title.text(language())))
        button.clicked.connect(lambda: self._start(service.id, parent))
        return button

    def _start(self, service: str, parent: str) -> None:
        try:
            record = self._session.saved(lambda: start(self._session.desk, service, parent=parent))
        except FieldAppError as error:
            self._session.say(str(error))
            return
        self._navigate("form", record=record.id, back="records", fresh="yes")
