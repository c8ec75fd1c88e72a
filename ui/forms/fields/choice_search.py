"""One of many choices, up to hundreds of thousands: type any of its words, or open the list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from fieldapp.forms import Choice, Node
from fieldapp.texts import tr
from ui.forms.fields.base import MEDIUM, WIDE, Field
from ui.forms.fields.offer import Found, Offer
from ui.forms.fields.suggestions import NOTE, Suggestions
from ui.forms.sheet import Sheet
from ui.numbers import grouped
from ui.widgets import icons

MOST = 100  # choices listed at a time; the last line says how many more there are
LONG_LABEL = 36  # letters from which on the line is wide
FEW = 7  # choices that are seen at a glance when the list opens
AT_ONCE = 5_000  # choices that are searched at each key; of more, when one pauses
PAUSE = 40  # ms without typing
Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()


class SearchField(Field):
    """A line that shows the choice. Typing opens the list of what matches; Alt+Down opens it whole."""

    def __init__(self, sheet: Sheet, node: Node) -> None:
        super().__init__(sheet, node)
        self.offer = Offer()
        self.line = PickLine()
        self.line.typed.connect(self._look)
        self.line.picked.connect(self._picked)
        self.line.settled.connect(self.done)
        self.line.left.connect(self._left)
        self.line.forgotten.connect(lambda: self.show_node(self.node()))
        self.line.opened.connect(lambda: self._look(""))
        self._hold(self.line, MEDIUM)
        self.show_node(node)

    def target(self) -> QWidget:
        """The line."""
        return self.line

    def show_node(self, node: Node) -> None:
        """Show the choice; a filter may have changed the list."""
        if self.offer.refresh(self.sheet.session, node):
            longest = max((len(item.label) for item in self.offer.choices[:MOST]), default=0)
            self.line.patient = len(self.offer.choices) > AT_ONCE
            self.widen(WIDE if longest > LONG_LABEL else MEDIUM)
        self.line.invite(tr("Choose…") if len(self.offer.choices) <= FEW else tr("Type to search…"))
        choice = self.offer.named(node.value)
        if not self.line.is_busy():
            self.line.show_text(choice.label if choice else node.value)

    def retranslate(self) -> None:
        """The choices' words."""
        self.show_node(self.node())

    def flush(self) -> None:
        """Take what was typed, when it means one choice."""
        if self.line.is_busy():
            self._left()

    def _look(self, typed: str) -> None:
        self.line.offer(self.offer.find(typed, MOST))

    def _picked(self, name: str) -> None:
        choice = self.offer.named(name)
        if choice is not None:
            self.line.show_text(choice.label)
            if self.line.hasFocus():
                self.line.selectAll()  # what is typed next begins anew, and is not put before the words
            self.entered.emit(name)

    def _left(self) -> None:
        """Words that mean one choice and no other choose it. Others are no answer: after Enter the list still asks,
        and who goes away finds again what is chosen."""
        typed, node = self.line.text(), self.node()
        meant = self.offer.meant(typed)
        if typed.strip() and meant is None and self.line.hasFocus():
            self._look(typed)
            return
        self.line.rest()
        if not typed.strip() and node.value:
            self.entered.emit("")
        elif meant is not None and meant.name != node.value:
            self._picked(meant.name)
        else:
            self.show_node(node)


class PickLine(QLineEdit):
    """The line with its list. It tells what was typed, what was picked, and that it was left; it knows no form. After
    Enter has picked from the list, or a click, it is `settled`: the next question may come.

    `patient` waits for a pause in typing, for lists that take a moment to search.
    """

    typed = Signal(str)
    picked = Signal(str)
    opened = Signal()
    left = Signal()
    settled = Signal()
    forgotten = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._busy, self.patient = False, False
        self._model = Matches()
        self._completer = QCompleter(self._model, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(8)
        self.popup = Suggestions(tr("Choices that match"))
        self.popup.serve(self._completer)
        self.popup.taken.connect(self._taken)
        self.setCompleter(self._completer)
        self.popup.installEventFilter(self)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(lambda: self.typed.emit(self.text()))
        self.textEdited.connect(self._edited)
        self.editingFinished.connect(self._finished)
        self._arrow = QAction(icons.icon("chevron-down"), "", self)
        self._arrow.triggered.connect(self.open)
        self.addAction(self._arrow, QLineEdit.ActionPosition.TrailingPosition)

    def invite(self, words: str) -> None:
        """What stands there while nothing is chosen."""
        self.setPlaceholderText(words)
        self._arrow.setText(tr("Open the list"))
        self._arrow.setToolTip(tr("Open the list (Alt+↓)"))

    def show_text(self, text: str) -> None:
        """Show a choice's words as if they had not been typed."""
        self.rest()
        if text != self.text():
            self.setText(text)
            self.setCursorPosition(0)
        self.setToolTip(text)

    def is_busy(self) -> bool:
        """Whether something was typed that is no choice yet."""
        return self._busy

    def rest(self) -> None:
        """Forget that something was typed."""
        self._pause.stop()
        self._busy = False

    def open(self) -> None:
        """Open the whole list."""
        self.setFocus()
        self.selectAll()
        self.opened.emit()

    def offer(self, found: Found) -> None:
        """List what matches; say how many more there are, or that there is none."""
        self._model.show_found(found)
        if self.hasFocus():
            self._completer.complete()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+Down, or Down alone in a line at rest, opens the list; Escape forgets what was typed."""
        if event.key() == Qt.Key.Key_Down and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.open() if not self._busy else self.typed.emit(self.text())
        elif event.key() == Qt.Key.Key_Escape and self._busy:
            self.rest()
            self.forgotten.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click into a line at rest opens the list, as in any list that opens."""
        super().mousePressEvent(event)
        if not self._busy and event.button() == Qt.MouseButton.LeftButton:
            self.open()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """What stands there is marked: typing replaces it."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in the open list, with nothing marked in it, takes what the typed words mean."""
        enter = isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.type() == QEvent.Type.KeyPress and not self.popup.currentIndex().isValid():
            self.popup.hide()
            self.left.emit()
            if not self._busy:
                self.settled.emit()
            return True
        return super().eventFilter(watched, event)

    def _edited(self, _text: str) -> None:
        self._busy = True
        if self.patient:
            self._pause.start()
        else:
            self.typed.emit(self.text())

    def _finished(self) -> None:
        if self._busy and not self.popup.isVisible():
            self.left.emit()

    def _taken(self, row: int) -> None:
        name = self._model.index(row).data(Qt.ItemDataRole.UserRole)
        if name:
            self.rest()
            self.picked.emit(str(name))
            self.settled.emit()


class Matches(QAbstractListModel):
    """What the list shows: some choices, and a last line with how many more there are."""

    def __init__(self) -> None:
        super().__init__()
        self._choices: Sequence[Choice] = ()
        self._note = ""

    def show_found(self, found: Found) -> None:
        """Other matches."""
        self.beginResetModel()
        self._choices = found.choices
        more = found.total - len(found.choices)
        self._note = tr("and {n} more: type on", n=grouped(more)) if more else ""
        if not found.total:
            self._note = tr("No choice has these words")
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        """The choices and the note."""
        return 0 if parent.isValid() else len(self._choices) + bool(self._note)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words, and the name of the choice."""
        if not index.isValid():
            return None
        note = index.row() >= len(self._choices)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._note if note else self._choices[index.row()].label
        if role == Qt.ItemDataRole.UserRole:
            return "" if note else self._choices[index.row()].name
        return note if role == NOTE else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The note cannot be picked."""
        return super().flags(index) if index.row() < len(self._choices) else Qt.ItemFlag.NoItemFlags
