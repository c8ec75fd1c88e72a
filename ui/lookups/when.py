"""From when on something is wanted: now, which goes on with the clock, or a moment that a person chose."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QDate, QDateTime, QSignalBlocker, QTime, Signal
from PySide6.QtWidgets import QDateTimeEdit, QHBoxLayout, QWidget

from fieldapp.clock import CITY_ZONE, Clock
from fieldapp.texts import tr
from ui.widgets import Button


class WhenField(QWidget):
    """A day and a time in the City's zone. `changed` when a person chooses another moment, or now again."""

    changed = Signal()

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self._edit = QDateTimeEdit()
        self._edit.setCalendarPopup(True)
        self._edit.setDisplayFormat("yyyy-MM-dd HH:mm")
        self._edit.setAccessibleName(tr("Departures from"))
        self._now = Button(tr("Now"))
        self._chosen = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._edit)
        row.addWidget(self._now)
        self._edit.dateTimeChanged.connect(lambda _moment: self._choose(chosen=True))
        self._now.clicked.connect(lambda: self._choose(chosen=False))
        self._now.hide()
        self.tick()

    @property
    def moment(self) -> datetime:
        """From when on."""
        if not self._chosen:
            return self._clock.now()
        day, time = self._edit.date(), self._edit.time()
        return datetime(day.year(), day.month(), day.day(), time.hour(), time.minute(), tzinfo=CITY_ZONE)

    def tick(self) -> None:
        """Time goes on: without a choice the field shows now, unless somebody is about to choose."""
        if not self._chosen and not self._edit.hasFocus():
            now = self._clock.now().astimezone(CITY_ZONE)
            with QSignalBlocker(self._edit):
                self._edit.setDateTime(QDateTime(QDate(now.year, now.month, now.day), QTime(now.hour, now.minute)))

    def now(self) -> None:
        """No choice any more."""
        self._chosen = False
        self._now.hide()
        self.tick()

    def _choose(self, *, chosen: bool) -> None:
        if not chosen:
            self.now()
        self._chosen = chosen
        self._now.setVisible(chosen)
        self.changed.emit()
