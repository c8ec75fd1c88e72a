"""Head: where one is, what was saved when, and the page's actions; a failed save is said below, not in a dialog."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldapp.texts import tr
from ui import theme
from ui.forms.failure import Failure
from ui.forms.host import Heading
from ui.widgets import Button, Chip, Elided
from ui.widgets.headline import Headline

LEAST = 200  # px at scale 1 that the title keeps beside the actions


class Head(QWidget):
    """Breadcrumb and title at the left; "Saved", the secondary and the primary action at the right."""

    def __init__(self) -> None:
        super().__init__()
        self.crumbs = Elided("", "small")
        self.title = Elided("", "title")
        self.saved = Chip("", "ok")
        self.saved.hide()
        self.second = Button("")
        self.primary = Button("", "primary")
        self.banner = Failure()
        self._tools = QWidget()
        self._held = QHBoxLayout(self._tools)
        self._held.setContentsMargins(0, 0, 0, 0)
        self._moment: datetime | None = None
        self._failure = ""
        self._narrow = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._row())
        column.addWidget(self.banner)

    def show_heading(self, heading: Heading, *, last: bool, read_only: bool) -> None:
        """The words of the moment; `last` = the last section is shown, so the primary action submits."""
        self.crumbs.setText(heading.breadcrumb)
        self.crumbs.setVisible(bool(heading.breadcrumb))
        self.title.setText(heading.title)
        self.second.show_as(heading.secondary)
        self.second.setVisible(bool(heading.secondary))
        if last:
            self.primary.show_as(heading.submit, hint=tr("Ctrl Enter"))
        else:
            self.primary.show_as(tr("Next section"), hint="Ctrl ↓")
        self.primary.setVisible(not last or (bool(heading.submit) and not read_only))
        self._say()

    def hold(self, tools: QWidget) -> None:
        """Small tools of the page, between what is said and what is done."""
        self._held.addWidget(tools)

    def show_saved(self, moment: datetime) -> None:
        """The answers are durable since `moment`."""
        self._moment, self._failure = moment, ""
        self._say()

    def show_narrow(self, narrow: bool) -> None:
        """Say it shorter where there is little room."""
        self._narrow = narrow
        self._say()

    def show_failure(self, why: str) -> None:
        """A save did not happen: what happened, what is safe, what to do."""
        self._failure = why
        self._say()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.banner, self.banner.words.text()))

    def _say(self) -> None:
        self.banner.say(self._failure)
        self.saved.setVisible(self._moment is not None and not self._failure)
        if self._moment is not None:
            time = self._moment.strftime("%H:%M:%S")
            words = tr("Saved {time}", time=time) if self._narrow else tr("Saved on this laptop {time}", time=time)
            self.saved.show_as(words, "ok")

    def _row(self) -> Headline:
        words = QWidget()
        column = QVBoxLayout(words)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.crumbs)
        column.addWidget(self.title)
        row = Headline(words, lambda: theme.px(LEAST), lambda _stacked: None)
        for widget in (self.saved, self._tools, self.second, self.primary):
            row.add(widget)
        return row
