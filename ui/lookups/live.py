"""Live times while somebody looks at a stop: asked for in a thread of their own, every half minute, never waited for.

Without a network nothing is said: the plan stands there with its date, as always."""

from __future__ import annotations

import logging
import time

from PySide6.QtCore import QObject, QTimer, Signal

from fieldapp.clock import CITY_ZONE
from fieldapp.errors import BusyError, FieldAppError, OfflineError
from fieldapp.places import Layers
from fieldapp.places.realtime import LiveFeed
from fieldapp.texts import tr
from ui.ports import Live
from ui.session import Session

EVERY = 30_000  # ms: publishers renew their feeds about as often

_log = logging.getLogger(__name__)


class LiveLook(QObject):
    """The newest live times. `ticked` when they have come, and as time goes on without them."""

    ticked = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._feed: LiveFeed | None = None
        self._fault = ""
        self._reached = False
        self._asking = False
        self._not_before = 0.0  # of the monotonic clock: a busy server says when to come back
        self._timer = QTimer(self, interval=EVERY)
        self._timer.timeout.connect(self.look)

    @property
    def feed(self) -> LiveFeed | None:
        """What the City said last, fresh or not; None for nothing."""
        return self._feed

    @property
    def note(self) -> str:
        """Why there are no live times, where a person should know; "" while all is well, or simply offline."""
        if self._fault or not self._reached or self._feed is None or self._feed.fresh(self._session.clock.now()):
            return self._fault
        if self._feed.at is None:
            return tr("The live times do not say of when they are, so they are not shown.")
        at = f"{self._feed.at.astimezone(CITY_ZONE):%H:%M}"
        return tr("The live times are of {time}, so they are not shown; or this computer's clock is wrong.", time=at)

    def start(self) -> None:
        """Somebody looks: ask now, and again and again."""
        if not self._timer.isActive():
            self._timer.start()
            self.look()

    def stop(self) -> None:
        """Nobody looks any more."""
        self._timer.stop()

    def look(self) -> None:
        """Ask now, unless an answer is still awaited."""
        live, layers = self._session.live, self._session.layers
        if live is not None and not self._asking and time.monotonic() >= self._not_before:
            self._asking = True
            self._session.bridge.follow(lambda: [_asked(live, layers)], self._came)
        self.ticked.emit()

    def _came(self, item: tuple[LiveFeed | None, bool] | BaseException | None) -> None:
        if isinstance(item, tuple):
            self._take(*item)
            return
        self._asking = False
        if isinstance(item, BaseException):
            self._failed(item)
            self.ticked.emit()

    def _take(self, feed: LiveFeed | None, fits: bool) -> None:
        self._reached, self._feed = True, feed if fits else None
        self._fault = "" if fits else tr("Live times are not shown: the timetable on this laptop is another one.")
        self.ticked.emit()

    def _failed(self, fault: BaseException) -> None:
        """What was known stays while it is fresh. That there is no network is no news."""
        if isinstance(fault, BusyError):
            self._not_before = time.monotonic() + fault.retry_after
        if isinstance(fault, OfflineError | BusyError):
            self._reached, self._fault = False, ""
            return
        _log.warning("live times: %s", fault)
        reason = str(fault) if isinstance(fault, FieldAppError) else type(fault).__name__
        self._fault = tr("There are no live times just now: {reason}", reason=reason)


def _asked(live: Live, layers: Layers) -> tuple[LiveFeed | None, bool]:
    """In another thread: the feed, and whether it is about our timetable."""
    feed = live.fetch()
    return feed, feed is None or layers.fits(feed)
