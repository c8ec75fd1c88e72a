"""Missing: what stands where a record is not on this laptop, and the way back for one that left it."""

from __future__ import annotations

from fieldapp.texts import tr
from ui.session import Session
from ui.widgets import Button, EmptyState


class Missing(EmptyState):
    """Says why, and asks the City for it where that is of use."""

    def __init__(self, session: Session) -> None:
        self.ask = Button(tr("Bring it back"), "primary", icon="download")
        super().__init__("file-x", "", "", self.ask)
        self._session, self._record = session, ""
        self.ask.clicked.connect(self._bring)
        self.show_record("")

    def show_record(self, record_id: str) -> None:
        """Say it of this record."""
        self._record = record_id
        left = bool(record_id) and self._session.store.retention.has_left(record_id)
        handed_off = record_id in self._session.store.retention.handed_off()
        self.ask.setVisible(left and not handed_off)
        self.ask.setEnabled(self._session.courier is not None)
        if handed_off:
            words = tr("Its answers are not the City's to keep any more. They left all laptops and come back to none.")
            self.say("cloud-check", tr("This record was handed off"), words)
        elif left:
            words = tr("It was closed, and its time on laptops is over. The City has all of it.")
            self.say("cloud-check", tr("This record left this laptop"), words)
        else:
            self.say("file-x", tr("This record is not here"), tr("It comes with the next sync, if it is yours."))

    def _bring(self) -> None:
        if self._session.courier is not None:
            self._session.courier.bring(self._record)
            self.ask.setEnabled(False)
            self._session.say(tr("The City is asked for it; it comes when there is a network."))
