"""Photos and files: what the City has, what is on its way, what cannot be read, and the room they take here."""

from __future__ import annotations

from fieldapp.texts import plural, tr
from ui.forms.fields.blob import size_of
from ui.session import Session
from ui.widgets import Card, label


class FilesCard(Card):
    """A few sentences, nothing promised that the City has not said."""

    def __init__(self, session: Session) -> None:
        super().__init__(tr("Photos and files"))
        self._session = session
        self._stored, self._waiting = label("", "body", wrap=True), label("", "body", wrap=True)
        self._trouble = label("", "body", tone="bad", wrap=True)
        self._room = label("", "small", wrap=True)
        for one in (self._waiting, self._stored, self._trouble, self._room):
            self.body.addWidget(one)
        self.body.addStretch(1)

    def refresh(self) -> None:
        """Read it anew."""
        found = self._session.store.blobs.copies.counts()
        waiting = plural(found.waiting, "{n} file waits", "{n} files wait")
        waits = tr("{files} to be sent, {size} in all.", files=waiting, size=size_of(found.waiting_bytes))
        self._waiting.setText(waits if found.waiting else tr("No file waits to be sent."))
        self._stored.setText(
            plural(found.stored, "{n} file is stored with the City.", "{n} files are stored with the City.")
        )
        self._say(found.damaged)
        self._room.setText(tr("Copies on this laptop: {size}, encrypted.", size=size_of(found.room)))

    def _say(self, damaged: int) -> None:
        courier = self._session.courier
        proof = courier.status.proof if courier else None
        said = [proof.trouble] if proof and proof.trouble else []
        if damaged:
            what = plural(damaged, "{n} file is damaged on this laptop", "{n} files are damaged on this laptop")
            said = [
                tr("{what} and cannot be sent. All others are. Attach it again where you still have it.", what=what)
            ]
        self._trouble.setText(" ".join(said))
        self._trouble.setVisible(bool(said))
