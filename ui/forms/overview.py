"""What stands around the section that is filled: head, outline and what is to fix, counted anew after each answer."""

from __future__ import annotations

from collections.abc import Callable

from ui.forms.head import Head
from ui.forms.host import Heading
from ui.forms.outline import Outline
from ui.forms.paging import Section, title_of
from ui.forms.sheet import Sheet
from ui.forms.standing import Standing
from ui.forms.to_fix import ToFix


class Overview:
    """Keeps the three in step with the form. `heading` is asked again after each switch of language."""

    def __init__(self, sheet: Sheet, sections: list[Section], heading: Callable[[], Heading]) -> None:
        self._sheet, self._sections, self.heading = sheet, sections, heading
        self.standing = Standing(sheet, sections)
        self.head, self.outline, self.to_fix = Head(), Outline(sections), ToFix()
        self._names: dict[str, str] = {}

    def name(self) -> None:
        """The sections' titles, in the language of the moment."""
        session = self._sheet.entry.session
        self._names = {section.id: title_of(session, section) for section in self._sections}
        self.outline.show_titles(self._names)

    def count(self) -> None:
        """What is done, what is missing, what is wrong."""
        self.standing.count()
        self.show_progress()
        self.to_fix.show_faults(self.standing.faults(self._names))

    def show_progress(self) -> None:
        """The marks in the outline."""
        self.outline.show_progress(self.standing.states, loud=self._sheet.show_all, quiet=self._sheet.read_only)

    def show_head(self, current: str) -> None:
        """Title and buttons, as they are in the section that is shown."""
        last = self.standing.shown()[-1:] == [current]
        self.head.show_heading(self.heading(), last=last, read_only=self._sheet.read_only)

    def instead_of(self, current: str) -> str:
        """The section to go to where an answer took away the one that is shown: the one before it; "" to stay."""
        order = [section.id for section in self._sections]
        shown = self.standing.shown()
        if not shown or current in shown:
            return ""
        before = [section for section in shown if order.index(section) < order.index(current)]
        return before[-1] if before else shown[0]
