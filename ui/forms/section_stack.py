"""The sections of a form, one shown at a time, each built at its first visit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtWidgets import QApplication, QStackedWidget

from ui.forms.paging import Section
from ui.forms.section import SectionView
from ui.forms.sheet import Sheet


class SectionStack(QStackedWidget):
    """`current` is the id of the section that is shown, "" before the first."""

    def __init__(self, sheet: Sheet, sections: Sequence[Section], ended: Callable[[], None]) -> None:
        """`ended` is called where the keys have come to a section's end."""
        super().__init__()
        self._sheet, self._sections, self._ended = sheet, sections, ended
        self._views: dict[str, SectionView] = {}
        self.current = ""

    def view(self, section: str = "") -> SectionView | None:
        """What shows a section, else the one that is shown; None for one that nobody has come to yet."""
        return self._views.get(section or self.current)

    def views(self) -> Iterator[SectionView]:
        """Those that were built."""
        yield from self._views.values()

    def show_section(self, section: str) -> SectionView:
        """Show it; the focus stays in the form."""
        if section not in self._views:
            self._build(section)
        view, focused = self._views[section], QApplication.focusWidget()
        self.current = section
        if view is not self.currentWidget() and focused is not None and self.isAncestorOf(focused):
            self.setFocus()  # else the stack itself puts the focus on whatever comes first
        self.setCurrentWidget(view)
        return view

    def _build(self, section: str) -> None:
        view = SectionView(self._sheet, next(one for one in self._sections if one.id == section))
        view.ended = self._ended
        self._views[section] = view
        self.addWidget(view)
