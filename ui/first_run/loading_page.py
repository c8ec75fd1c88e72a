"""What is being loaded after the first sign-in: counts, time left, a way to begin at once, and on when the line is cut.

Nothing here loads anything: the sync worker does, and goes on wherever it was, also after the window was closed.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import Signal

from fieldapp.texts import plural, tr
from sync.status import LayerComing, SyncState, SyncStatus
from ui.numbers import grouped
from ui.session import Session
from ui.unlock.pages import EntrancePage
from ui.widgets import Button, Progress
from ui.widgets.labels import set_tone

NO_RECORDS = frozenset({"forms", "ref"})  # the buckets of what is no record


class LoadingPage(EntrancePage):
    """`ready`: the person wants to begin, with all of it here or not yet."""

    ready = Signal()

    def __init__(self, session: Session, tick: Callable[[], float] = time.monotonic) -> None:
        super().__init__("refresh-cw", tr("Your work is being loaded"), _why())
        self._session = session
        self.progress = Progress(tr("Loaded so far"), tick=tick)
        self.progress.begin(self._here())
        self.body.addWidget(self.progress)
        self.go = Button(tr("Begin now"), "plain", hint=tr("Enter"))
        self.go.setAutoDefault(True)
        self.go.setDefault(True)
        self.go.clicked.connect(self.ready)
        self.again = Button(tr("Try again now"), "plain", icon="refresh-cw")
        self.again.clicked.connect(self._again)
        self.again.hide()
        self.offer(self.go, self.again)
        session.bridge.status.connect(self.show_status)
        session.bridge.touched.connect(self._touched)
        if session.courier is not None:
            self.show_status(session.courier.status)

    def enter(self) -> None:
        """Put the focus where one goes on."""
        self.go.setFocus()

    def show_status(self, status: SyncStatus) -> None:
        """How far it is, and what keeps it."""
        self._status = status
        done = bool(status.last_ok) and status.state in {SyncState.IDLE, SyncState.FILES}
        stopped = status.state.backing_off or status.state.stuck
        here = self._here()
        self.again.setVisible(status.state.backing_off)
        total = 0 if done or not status.expected else max(status.expected, here)
        self.progress.show_far(
            here, total, _done(self._records()) if done else _doing(status, here), reckon=not stopped
        )
        set_tone(self.progress.words, "ok" if done else "ink")
        self.say(_stopped(status) if stopped else "")
        self.title.setText(tr("Everything is here") if done else tr("Your work is being loaded"))
        self.go.show_as(tr("Begin"), kind="primary") if done else self.go.show_as(tr("Begin now"), kind="plain")

    def _touched(self, _touched: object) -> None:
        self.show_status(self._status)

    def _here(self) -> int:
        return sum(bucket.count for bucket in self._session.store.exchange.buckets().values())

    def _records(self) -> int:
        """Of what is here, the records: a new City has none, but its forms and tables came."""
        buckets = self._session.store.exchange.buckets()
        return sum(one.count for name, one in buckets.items() if name.partition(":")[0] not in NO_RECORDS)

    def _again(self) -> None:
        if self._session.courier is not None:
            self._session.courier.wake()


def _why() -> str:
    return tr(
        "FieldApp keeps what you need on this computer, so that you can work without a network. You may begin now: the"
        " rest comes behind your back."
    )


def _doing(status: SyncStatus, here: int) -> str:
    """What goes on, in words and numbers."""
    if status.layer is not None:
        return _of_layer(status.layer)
    if status.state is SyncState.FILES:
        return tr("Photos and files are coming.")
    if status.expected:
        return tr("{here} of {all} records are here.", here=grouped(here), all=grouped(max(here, status.expected)))
    return plural(here, "{n} record is here.", "{n} records are here.") if here else tr("Asking the City…")


def _of_layer(layer: LayerComing) -> str:
    percent = min(100, layer.done * 100 // layer.size) if layer.size else 0
    return tr("The map and the City's addresses are coming: {percent} %.", percent=percent)


def _done(here: int) -> str:
    if not here:
        return tr("You are signed in. The City has no record for you yet.")
    return plural(here, "{n} record is on this computer, and you are signed in.",
                  "{n} records are on this computer, and you are signed in.")  # fmt: skip


def _stopped(status: SyncStatus) -> str:
    """What keeps it, what is safe, and what happens next."""
    if status.state.stuck:
        return status.message
    safe = tr("What has come so far is kept, and loading goes on by itself from there.")
    return " ".join(part for part in (status.message, safe) if part)
