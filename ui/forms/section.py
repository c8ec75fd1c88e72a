"""SectionView: the card of one section: its head, and its questions in a column that scrolls."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QVBoxLayout, QWidget

from fieldapp.forms import FormSession, Node
from fieldapp.texts import tr
from ui.forms.blocks import block_for
from ui.forms.box import QuestionBox
from ui.forms.check_line import CheckLine
from ui.forms.enter import passed_by
from ui.forms.grid import Grid
from ui.forms.holder import holder
from ui.forms.later import Later
from ui.forms.matrix import Matrix
from ui.forms.paging import Section, title_of
from ui.forms.repeat import RepeatBlock
from ui.forms.shape import CONTAINERS, SILENT, is_check, is_checklist, is_matrix, kind_of, letters, visible
from ui.forms.sheet import Sheet
from ui.forms.tab_order import put_in_order
from ui.widgets import Card, Elided, Scroll, Segmented

AT_ONCE = 9  # questions built before the rest waits for an idle moment
SIDE = 16


class SectionView(Card):
    """Built when it is first shown. Enter goes to the next question; `ended` is called after the last one."""

    def __init__(self, sheet: Sheet, section: Section) -> None:
        super().__init__(" ", padding=0, spacing=0)
        self.sheet, self.section = sheet, section
        self.ended: Callable[[], None] = lambda: None
        self.keys = Elided("", "small")
        self.title.setWordWrap(True)  # a long name makes the head higher, never the page wider
        if self.head is not None:
            self.head.addWidget(self.keys)
            self.head.setStretchFactor(self.title, 1)
            self.head.setStretch(1, 0)
        self.pane = Scroll(spacing=0)
        self.pane.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)  # nothing is out of reach
        self.inside = self.pane.widget() or self.pane  # what scrolls
        self.body.addWidget(self.pane)
        self._run: Grid | None = None
        self._pieces_put = 0
        self._checks: Node | None = None
        self._matrix: Matrix | None = None  # a section that is nothing but a table of choices
        sheet.done.connect(self._go_on)
        self._ordering = QTimer(self, singleShot=True, interval=0)
        self._ordering.timeout.connect(self._order)
        sheet.grew.connect(self._ordering.start)
        self._following = QTimer(self, singleShot=True, interval=0)  # once what appeared only now has its place
        self._following.timeout.connect(self._follow)
        self._later = Later(self, self._building())
        self._later.start(AT_ONCE)
        self.pane.body.addStretch(1)
        self.retranslate()

    def retranslate(self) -> None:
        """The head's words."""
        title = title_of(self.sheet.session, self.section)
        self.title.setText(title)
        self.pane.setAccessibleName(title)
        self.keys.setText(self._keys())
        if self._matrix is not None:
            self._matrix.reword()

    def finish(self) -> None:
        """Build all questions now."""
        self._later.finish()

    def settle(self) -> None:
        """Lay out now what was built just now: whoever scrolls has to know where things are."""
        for part in self.inside.findChildren(QWidget):
            QCoreApplication.sendPostedEvents(part, QEvent.Type.MetaCall)  # what was added is shown by such a call
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)

    def first(self) -> QWidget | None:
        """The first control of a question, else the first one that takes the focus."""
        controls = self.controls()
        return next((control for control in controls if holder(control)), next(iter(controls), None))

    def controls(self) -> list[QWidget]:
        """Everything in it that Tab reaches, in order."""
        inside, found = self.inside, []
        widget = inside.nextInFocusChain()
        while widget is not None and widget is not inside:
            if inside.isAncestorOf(widget) and _takes_focus(widget, inside):
                found.append(widget)
            widget = widget.nextInFocusChain()
        return found

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter moves on, or presses the button that has the focus."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or event.modifiers():
            super().keyPressEvent(event)
            return
        focus = QApplication.focusWidget()
        if isinstance(focus, QAbstractButton) and not focus.isCheckable():
            focus.click()
        else:
            self._move_on(focus)

    def _order(self) -> None:
        if self.isVisible():
            put_in_order(self.inside, self.controls())

    def _go_on(self, path: str) -> None:
        """A quick choice was made: the next question has the focus."""
        block = self.sheet.block(path)
        if block is not None and self.isAncestorOf(block):
            inside = [found for found in self.controls() if block.isAncestorOf(found)]
            self._move_on(inside[-1] if inside else None)

    def _move_on(self, focus: QWidget | None) -> None:
        controls = self.controls()
        here = _stop(focus) if focus is not None else None
        place = controls.index(here) + 1 if here in controls else 0
        following = next((control for control in controls[place:] if not passed_by(control)), None)
        if following is not None:
            following.setFocus(Qt.FocusReason.TabFocusReason)
            self._following.start()
        else:
            self.ended()

    def _follow(self) -> None:
        """Scroll to the question that has the focus: Qt does so for Tab alone."""
        focus = QApplication.focusWidget()
        if focus is None or not self.inside.isAncestorOf(focus):
            return
        box: QWidget | None = focus
        while box is not None and not isinstance(box, QuestionBox):
            box = box.parentWidget()
        if box is not None:
            self.pane.ensureWidgetVisible(box, 0, SIDE)  # its name and its hint too
        self.pane.ensureWidgetVisible(focus, 0, SIDE)

    def _building(self) -> Iterator[Callable[[], None]]:
        session = self.sheet.session
        for path in self.section.paths:
            node = session.node(path)
            if is_matrix(node):
                yield partial(self._add_matrix, node)
                continue
            children = node.children if kind_of(node) == "group" else [node]
            yield from self._pieces([child for child in children if kind_of(child) not in SILENT])

    def _pieces(self, nodes: Sequence[Node]) -> Iterator[Callable[[], None]]:
        session, number = self.sheet.session, 0
        while number < len(nodes):
            node = nodes[number]
            number += 1
            if is_check(session, node):
                details = []
                while number < len(nodes) and _is_detail(session, nodes[number]):
                    details.append(nodes[number])
                    number += 1
                yield partial(self._add_line, node, details)
            elif kind_of(node) == "repeat" and _makes_lines(self.sheet, node):
                yield partial(self._add_lines, node)
            elif visible(node.question):
                yield partial(self._add_question, node)

    def _add_line(self, node: Node, details: list[Node]) -> None:
        self._checks = self._checks or node
        self._put(CheckLine(self.sheet, node, details))

    def _add_lines(self, node: Node) -> None:
        first = node.children[0].children if node.children else []
        self._checks = self._checks or next((child for child in first if kind_of(child) not in SILENT), None)
        self._put(RepeatBlock(self.sheet, node))

    def _add_matrix(self, group: Node) -> None:
        self._matrix = Matrix(self.sheet, group)
        self._put(_room(self._matrix))

    def _add_question(self, node: Node) -> None:
        if kind_of(node) == "repeat":
            self._put(_room(block_for(self.sheet, node)))
            return
        if self._run is None or self._run.is_long:
            grid, follows = Grid(self.sheet, []), self._run is not None
            self._put(_room(grid, top=4 if follows else 14))
            self._run = grid
        self._run.add([node])

    def _put(self, widget: QWidget) -> None:
        """Add to the column, before the stretch at its end; what follows starts a new run of questions."""
        self.pane.body.insertWidget(self._pieces_put, widget)
        self._pieces_put += 1
        self._run = None

    def _keys(self) -> str:
        if self._checks is None or self.sheet.read_only:
            return ""
        choices = self.sheet.session.choices(self._checks)
        keys = letters(choices)
        said = [f"{keys[item.name]} {item.label.lower()}" for item in choices if keys[item.name]]
        return " · ".join([*said, tr("↓ next")])


def _is_detail(session: FormSession, node: Node) -> bool:
    """Whether a question below a line of a checklist belongs to it."""
    return kind_of(node) not in CONTAINERS and not is_check(session, node)


def _makes_lines(sheet: Sheet, repeat: Node) -> bool:
    if repeat.children:
        return is_checklist(sheet.session, repeat.children[0])
    return "checklist" in repeat.question.appearance


def _room(widget: QWidget, top: int = 14) -> QWidget:
    """A stretch of the column with the card's side margins."""
    box = QWidget()
    room = QVBoxLayout(box)
    room.setContentsMargins(SIDE, top, SIDE, 8)
    room.addWidget(widget)
    return box


def _takes_focus(widget: QWidget, inside: QWidget) -> bool:
    part = isinstance(widget.parentWidget(), Segmented)  # Qt itself decides which of them Tab reaches
    reached = part or bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return reached and widget.isEnabled() and widget.isVisibleTo(inside) and _stop(widget) is widget


def _stop(widget: QWidget) -> QWidget:
    """Where Enter stops: a segmented control is one stop, not one for each of its parts."""
    above = widget.parentWidget()
    if isinstance(above, Segmented):
        return above.focusProxy() or widget
    if isinstance(above, QComboBox):
        return above
    return widget
