"""Undo: Ctrl+Z takes back the last answer with all that followed from it, Ctrl+Shift+Z or Ctrl+Y brings it again.

What is typed and is no answer yet is the field's own to take back; every answer is the session's. What changed comes
into view, with the focus on it, and is said to a screen reader: nobody takes back what they do not see.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from fieldapp.forms import Node
from fieldapp.texts import tr
from ui.forms.holder import holder
from ui.forms.shape import NOT_ANSWERED, kind_of
from ui.forms.sheet import Sheet
from ui.forms.undo_buttons import UndoButtons
from ui.forms.undo_keys import KEYS, OWN


class Undo(QObject):
    """Listens to the keys of whatever has the focus in `editor`; `go` shows the question at a path."""

    def __init__(self, editor: QWidget, sheet: Sheet, go: Callable[[str], bool]) -> None:
        super().__init__(editor)
        self._editor, self._sheet, self._go = editor, sheet, go
        self._heard: QWidget | None = None
        self.buttons = UndoButtons()
        self.buttons.back.clicked.connect(self.undo)
        self.buttons.again.clicked.connect(self.redo)
        sheet.entry.touched.connect(self._show_state)
        self._show_state()
        app = QApplication.instance()
        if isinstance(app, QApplication) and not sheet.read_only:
            app.focusChanged.connect(self._focus_moved)

    def retranslate(self) -> None:
        """The buttons' words."""
        self.buttons.retranslate()

    def undo(self) -> None:
        """Take back the last answer."""
        take_in(self._editor)
        if self._sheet.session.can_undo:
            self._follow(self._sheet.entry.undo(), tr("Undone: {what}"))

    def redo(self) -> None:
        """Bring again what was taken back last."""
        take_in(self._editor)
        if self._sheet.session.can_redo:
            self._follow(self._sheet.entry.redo(), tr("Redone: {what}"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys, before the widget with the focus has them: a line of text would keep them to itself."""
        if isinstance(event, QKeyEvent) and isinstance(watched, QWidget):
            act = KEYS.get((event.key(), event.modifiers()), "")
            if act and event.type() == QEvent.Type.ShortcutOverride:
                event.accept()  # it comes again as a key
                return True
            if act and event.type() == QEvent.Type.KeyPress:
                take_in(self._editor)  # what is being typed is an answer now, or refused as none
                return not self._is_its_own(watched, act) and self._do(act)
        return super().eventFilter(watched, event)

    def _show_state(self) -> None:
        session, fixed = self._sheet.session, self._sheet.read_only
        self.buttons.show_state(back=session.can_undo, again=session.can_redo, fixed=fixed)

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._heard is not None:
            self._heard.removeEventFilter(self)
            self._heard = None
        if new is not None and self._editor.isAncestorOf(new):
            self._heard = new
            new.installEventFilter(self)
            new.destroyed.connect(self._forget)

    def _forget(self) -> None:
        self._heard = None

    def _do(self, act: str) -> bool:
        (self.undo if act == "undo" else self.redo)()
        return True

    def _is_its_own(self, widget: QWidget, act: str) -> bool:
        """Whether the widget holds strokes or words that are no answer, and can take them back."""
        if widget.property(OWN):
            return True
        box = holder(widget)
        refused = box is not None and bool(self._sheet.entry.refused(box.path))
        if not isinstance(widget, QLineEdit | QPlainTextEdit) or not refused:
            return False
        return _can(widget, act)

    def _follow(self, changed: frozenset[str], words: str) -> None:
        """Bring what changed into view and say it; an offer to take back something else is out of date."""
        self._sheet.undoable("")
        nodes = [node for path in changed if (node := self._sheet.entry.node(path)) and _is_answered(node)]
        focus = QApplication.focusWidget()
        box = holder(focus) if focus is not None else None
        here = next((node for node in nodes if box is not None and node.path == box.path), None)
        node = here or _first(nodes)
        if node is None:
            return
        if node is not here:
            self._go(node.path)
        what = self._sheet.session.label(node) or node.question.name
        said = QAccessibleAnnouncementEvent(self._editor, words.format(what=what))
        QAccessible.updateAccessibility(said)


def take_in(inside: QWidget) -> None:
    """What is being typed in a question of the form becomes an answer now."""
    focus = QApplication.focusWidget()
    box = holder(focus) if focus is not None and inside.isAncestorOf(focus) else None
    if box is not None:
        box.flush()


def _can(widget: QLineEdit | QPlainTextEdit, act: str) -> bool:
    if isinstance(widget, QLineEdit):
        return widget.isUndoAvailable() if act == "undo" else widget.isRedoAvailable()
    document = widget.document()
    return document.isUndoAvailable() if act == "undo" else document.isRedoAvailable()


def _is_answered(node: Node) -> bool:
    """Whether a person answers it: what follows by calculation is not where one looks."""
    return (
        node.relevant and not node.readonly and kind_of(node) not in NOT_ANSWERED and not node.question.bind.calculate
    )


def _first(nodes: list[Node]) -> Node | None:
    """The first in the form's order."""
    if len(nodes) < 2:
        return nodes[0] if nodes else None
    wanted = {node.path for node in nodes}
    root = nodes[0]
    while root.parent is not None:
        root = root.parent
    return next((node for node in root.walk() if node.path in wanted), None)
