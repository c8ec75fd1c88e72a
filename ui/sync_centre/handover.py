"""Carrying work by hand: all unsent work into one encrypted file, and taking such a file in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit

from fieldapp.clock import today
from fieldapp.handover import Bundle, export, take_in
from fieldapp.handover.taking import Taken
from fieldapp.store.wrap import SHORTEST
from fieldapp.texts import plural, tr
from ui import theme
from ui.choosing import where_to_save, which_file
from ui.long_work import LongWork
from ui.session import Navigate, Session
from ui.sync_centre.sub_page import SubPage
from ui.widgets import Button, Card, FieldBox, label

KIND = "*.handover"
RECEIPT = 190  # px of the receipt


class HandOverPage(SubPage):
    """Two cards: give, and take. What takes long is done in a thread of its own."""

    def __init__(self, session: Session, navigate: Navigate) -> None:
        about = tr("When there is no network for long, or this laptop has to be given away")
        super().__init__(session, navigate, tr("Carry work by hand"), about)
        self.give, self.take = GiveCard(session), TakeCard(session)
        self.column.addWidget(self.give)
        self.column.addWidget(self.take)
        self.column.addStretch(1)

    def go(self, **_where: str) -> None:
        """Count anew what there is to give."""
        self.give.refresh()


class _Working(Card):
    """A card whose deed runs in a thread of its own, can be stopped, and then changed nothing; `outcome` says how it
    went."""

    def __init__(self, session: Session, title: str, about: str) -> None:
        super().__init__(title, spacing=12)
        self.session = session
        self.work = LongWork(session.bridge, title, self)
        self.about = label(about, "sub", wrap=True)
        self.outcome = label("", "body", wrap=True)
        self.body.addWidget(self.about)
        self.outcome.hide()

    def secret(self, name: str, hint: str = "") -> tuple[FieldBox, QLineEdit]:
        """A field for a passphrase, added to the card."""
        typed = QLineEdit()
        typed.setEchoMode(QLineEdit.EchoMode.Password)
        box = FieldBox(name, typed, hint=hint)
        self.body.addWidget(box)
        return box, typed

    def button(self, text: str, icon: str, deed: Callable[[], None], kind: str = "plain") -> Button:
        """The card's one button."""
        made = Button(text, kind, icon=icon)
        made.clicked.connect(deed)
        row = QHBoxLayout()
        row.addWidget(made)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addWidget(self.work.progress)
        self.body.addWidget(self.outcome)
        return made

    def tell(self, words: str) -> None:
        """Say how it went."""
        self.outcome.setText(words)
        self.outcome.setVisible(bool(words))


class GiveCard(_Working):
    """Unsent work into a file, under a passphrase that is typed twice."""

    def __init__(self, session: Session) -> None:
        about = tr("It also stays here, unsent, until the City has taken it. The same work never counts twice.")
        super().__init__(session, tr("Give: all unsent work in one encrypted file"), about)
        self._count = label("", "strong")
        self.body.addWidget(self._count)
        hint = tr("At least {n} characters. Tell it in person or by phone, never in the file's own e-mail.", n=SHORTEST)
        self.box, self.passphrase = self.secret(tr("Passphrase of the file"), hint)
        self.again_box, self.again = self.secret(tr("The same passphrase again"))
        self.write = self.button(tr("Choose where, and write it…"), "upload", self._ask_where, "primary")
        self.receipt = QPlainTextEdit()
        self.receipt.setReadOnly(True)
        self.receipt.setAccessibleName(tr("Receipt"))
        self.receipt.setFixedHeight(theme.px(RECEIPT))
        self.receipt.hide()
        self.body.addWidget(self.receipt)
        self.refresh()

    def refresh(self) -> None:
        """How much there is to give."""
        n = self.session.store.counts().waiting
        files = len(self.session.store.blobs.queue())
        photos = plural(files, "{n} photo", "{n} photos")
        self._count.setText(
            plural(
                n,
                "{n} change and {photos} are not with the City yet.",
                "{n} changes and {photos} are not with the City yet.",
                photos=photos,
            )
        )

    def _ask_where(self) -> None:
        if self.passphrase.text() != self.again.text():
            self.again_box.show_error(tr("That was not the same passphrase twice."))
            self.again.setFocus()
            return
        self.again_box.show_error("")
        name = f"fieldapp-{today(self.session.clock):%Y%m%d}.handover"
        title, kinds = tr("Write the hand-over file"), f"{tr('Hand-over')} ({KIND})"
        if chosen := where_to_save(self.session, self, title, name, kinds):
            self.export_to(chosen)

    def export_to(self, path: Path) -> None:
        """Write the file; the receipt is shown when it has been read back."""
        session, secret = self.session, self.passphrase.text()
        self.write.setEnabled(False)
        self.tell("")
        person = session.person.id
        self.work.begin(
            lambda far: export(session.store, person, path, secret, session.clock, far),
            tr("The file is written, and then read back."),
            self._written,
        )

    def _written(self, done: str | BaseException) -> None:
        self.write.setEnabled(True)
        self.receipt.setVisible(isinstance(done, str))
        if isinstance(done, str):
            self.passphrase.clear()
            self.again.clear()
            self.receipt.setPlainText(done)
            self.tell(tr("Written, and read back whole. The receipt lies beside the file:"))
        else:
            self.tell(str(done))


class TakeCard(_Working):
    """A file that was brought: into this laptop, to be sent with its next sync."""

    def __init__(self, session: Session) -> None:
        about = tr(
            "Only your own work is taken in here; it is sent with the next sync. The same file may be taken twice."
        )
        super().__init__(session, tr("Take in: a file that was brought here"), about)
        self.box, self.passphrase = self.secret(tr("Passphrase of the file"))
        self.choose = self.button(tr("Choose the file…"), "download", self._ask_which)

    def _ask_which(self) -> None:
        kinds = f"{tr('Hand-over')} ({KIND});;* (*)"
        if chosen := which_file(self.session, self, tr("Hand-over"), kinds):
            self.import_from(chosen)

    def import_from(self, path: Path) -> None:
        """Take the file in."""
        session, secret = self.session, self.passphrase.text()
        self.choose.setEnabled(False)
        self.tell("")
        person = session.person.id
        self.work.begin(
            lambda far: take_in(Bundle(path, secret), session.store, person, far),
            tr("The file is read whole, and then taken in."),
            self._taken,
        )

    def _taken(self, done: Taken | BaseException) -> None:
        self.choose.setEnabled(True)
        if isinstance(done, BaseException):
            self.tell(str(done))
            return
        self.passphrase.clear()
        self.tell(tr("Changes taken in: {new}, here already: {known}, files: {files}", **vars(done)))
        if self.session.courier is not None:
            self.session.courier.wake()
