"""FormEditor: a whole form on one page: outline, the section being filled, what is still to fix, and what helps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from fieldapp.clock import CITY_ZONE
from fieldapp.forms import FormSession, Problem
from fieldapp.records import Fields
from fieldapp.texts import language, tr
from ui import theme
from ui.forms.columns import GAP, Columns
from ui.forms.entry import Entry
from ui.forms.holder import holder
from ui.forms.host import Heading, Host
from ui.forms.keys import bind
from ui.forms.overview import Overview
from ui.forms.paging import Section, section_of, sections
from ui.forms.reveal import reveal
from ui.forms.section import SectionView
from ui.forms.section_stack import SectionStack
from ui.forms.sheet import Sheet
from ui.forms.standing import next_problem
from ui.forms.undo import Undo, take_in
from ui.widgets import Toast
from ui.widgets.sight import bring_into_sight

NARROW = 980  # px at scale 1; below it the right column moves under the outline
STACKED = 560  # px at scale 1; below it the section stands under the outline, and what is to fix below that


class FormEditor(QWidget):
    """Fills one record's form. Answers are durable when "Saved" is shown.

    `heading` is asked again after each switch of language. `kept` is what the store holds of the record now.
    Signals: `submitted` when the primary action of the last section is pressed and nothing is to fix; `secondary` for
    the secondary action; `saved` after each durable commit; `moved` with the section that one has come to.
    """

    submitted = Signal()
    secondary = Signal()
    saved = Signal(object)
    moved = Signal(str)

    def __init__(
        self,
        session: FormSession,
        host: Host,
        heading: Callable[[], Heading],
        *,
        kept: Fields | None = None,
        read_only: bool = False,
    ) -> None:
        super().__init__()
        self.session = session
        self.entry = Entry(session, host, kept or {})
        self.sheet = Sheet(self.entry, read_only=read_only)
        self.sections: list[Section] = sections(session)
        self.overview = Overview(self.sheet, self.sections, heading)
        self.standing, self.head = self.overview.standing, self.overview.head
        self.outline, self.to_fix = self.overview.outline, self.overview.to_fix
        self.last = ""  # the question that had the focus last
        self._narrow = self._stacked = False
        self.undo = Undo(self, self.sheet, self.jump_to)
        self.head.hold(self.undo.buttons)
        self.stack = SectionStack(self.sheet, self.sections, self.head.primary.setFocus)
        self._columns = Columns(self.outline, self.stack, self.to_fix, helps=not read_only)
        self._lay_out()
        self._connect()
        self._keys()
        self.overview.name()
        self._look()
        self.show_section(next(iter(self.standing.shown()), ""))

    # What the page around it uses

    def add_context(self, card: QWidget) -> None:
        """A card that helps with the work ("Last time"), below what is to fix."""
        self._columns.add(card)

    def retranslate(self) -> None:
        """Everything in the language of the moment; the focus stays where it is."""
        self.session.language = language()
        self.overview.name()
        for view in self.stack.views():
            view.retranslate()
        for block in self.sheet.all_blocks():
            block.retranslate()
        self.undo.retranslate()
        self._look()
        self.overview.show_head(self.section)

    def jump_to(self, path: str) -> bool:
        """Show the question at a path and put the focus on it; False when it is not in the form now."""
        section = section_of(self.sections, path)
        if section is None or self.entry.node(path) is None:
            return False
        self.show_section(section.id, focus=False)
        return reveal(self.sheet, self.stack.show_section(section.id), path)

    def highlight(self, path: str, reason: str) -> None:
        """Mark the answer that a record was returned for with the supervisor's words, and go there."""
        self.standing.give_back(path, reason)
        self.sheet.refresh({path})
        self._look()
        self.jump_to(path)

    def show_problems(self) -> bool:
        """Show every problem beside its question and go to the first; False when there is none."""
        self.flush()
        self.sheet.show_all = True
        self._look()
        for block in self.sheet.all_blocks():
            block.refresh()
        return bool(self.problems) and self.jump_to(self.problems[0].node.path)

    def hand_in(self) -> None:
        """Submit from wherever one is; while something is to fix, go there instead."""
        if self.overview.heading().submit and not self.sheet.read_only and not self.show_problems():
            self.submitted.emit()

    def flush(self) -> None:
        """Take in what is being typed and wait until all is on the disk; call it before the page is left."""
        take_in(self)
        self.entry.flush()

    @property
    def section(self) -> str:
        """The id of the section that is shown."""
        return self.stack.current

    def view(self) -> SectionView | None:
        """What shows the section."""
        return self.stack.view()

    @property
    def problems(self) -> Sequence[Problem]:
        """What keeps the form from being sent."""
        return self.standing.problems

    # Sections

    def show_section(self, section: str, *, focus: bool = True) -> None:
        """Show a section, building it on its first visit."""
        if not section:
            return
        moved = section != self.section
        view = self.stack.show_section(section)
        self.outline.choose(section)
        self.overview.show_progress()
        self.overview.show_head(section)
        first = view.first() if focus else None
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
            bring_into_sight(holder(first) or first)
        if moved:
            self.moved.emit(section)

    def step(self, by: int) -> None:
        """Go to the next or the previous section."""
        shown = self.standing.shown()
        place = shown.index(self.section) + by if self.section in shown else 0
        if 0 <= place < len(shown):
            take_in(self)
            self.show_section(shown[place])

    def fault(self, by: int) -> None:
        """Go to the next or the previous problem, seen from where the focus is; round at the end."""
        if not self.problems:
            return
        focus = QApplication.focusWidget()
        block = holder(focus) if focus is not None else None
        here = block.path if block else ""
        stays = by > 0 and self.sheet.was_led_to(here) and any(one.node.path == here for one in self.entry.problems())
        self.jump_to(here if stays else next_problem(self.session, self.problems, here, by))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window has the right column under the outline."""
        super().resizeEvent(event)
        narrow, stacked = self.width() < theme.px(NARROW), self.width() < theme.px(STACKED)
        if (narrow, stacked) != (self._narrow, self._stacked):
            self._narrow, self._stacked = narrow, stacked
            self._columns.place(narrow=narrow, stacked=stacked)
            self.head.show_narrow(narrow)
            self.sheet.show_narrow(narrow)

    def showEvent(self, event: QShowEvent) -> None:
        """The first question has the focus, unless one was asked for already."""
        super().showEvent(event)
        asked: object = self.stack.focusWidget()  # None, whatever Qt's own types say
        view = self.view()
        if isinstance(asked, QWidget):
            asked.setFocus(Qt.FocusReason.OtherFocusReason)
            bring_into_sight(holder(asked) or asked)  # it was scrolled to before anything had its place
        elif view is not None:
            first = view.first()
            (first or self.outline.current() or self).setFocus(Qt.FocusReason.OtherFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        """What is being typed is kept when the page is left."""
        self.flush()
        super().hideEvent(event)

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(GAP)
        outer.addWidget(self.head)
        outer.addWidget(self._columns, 1)

    def _connect(self) -> None:
        self._looking = QTimer(self, singleShot=True, interval=0)
        self._looking.timeout.connect(self._look)
        self.toast = Toast(self)
        self.sheet.toast_wanted.connect(self.entry.host.toast or self.toast.say)
        self.entry.touched.connect(self._touched)
        self.entry.saved.connect(self._saved)
        self.entry.failed.connect(self.head.show_failure)
        self.outline.chosen.connect(self._chosen)
        self.to_fix.wanted.connect(self._wanted)
        self.head.primary.clicked.connect(self._primary)
        self.head.second.clicked.connect(self.secondary)
        self.head.banner.retry.clicked.connect(self.entry.save)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    def _keys(self) -> None:
        step, fault, hand_in = self.step, self.fault, (tr("Hand in"), self.hand_in)
        sections = {
            "Ctrl+Down": (tr("Next section"), partial(step, 1)),
            "Ctrl+Up": (tr("Section before"), partial(step, -1)),
        }
        faults = {
            "F8": (tr("Next question to fix"), partial(fault, 1)),
            "Shift+F8": (tr("Question to fix before"), partial(fault, -1)),
        }
        bind(self, {**sections, **faults, "Ctrl+Return": hand_in, "Ctrl+Enter": hand_in})

    def _look(self) -> None:
        """Count anew; where an answer took away the section that is shown, go to the one before it."""
        self.overview.count()
        if not self.section:
            return
        if other := self.overview.instead_of(self.section):
            self.show_section(other)
        self.overview.show_head(self.section)

    def _touched(self, paths: frozenset[str]) -> None:
        self.sheet.refresh(paths)
        self._looking.start()

    def _saved(self, moment: datetime) -> None:
        self.head.show_saved(moment.astimezone(CITY_ZONE))
        self.saved.emit(moment)

    def _chosen(self, section: str) -> None:
        take_in(self)
        self.show_section(section)

    def _wanted(self, path: str) -> None:
        self.jump_to(path)
        self.sheet.leave(path)

    def _primary(self) -> None:
        shown = self.standing.shown()
        if shown and self.section != shown[-1]:
            self.step(1)
        else:
            self.hand_in()

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        """A question was left when the focus went to another one of this form, or to a button of it."""
        now = holder(new) if new is not None and self.isAncestorOf(new) else None
        self.last = now.path if now is not None else self.last
        if old is None or new is None or not self.isAncestorOf(old):
            return
        was = holder(old)
        if was is not None and was is not now:
            was.flush()
            self.sheet.leave(was.path)
