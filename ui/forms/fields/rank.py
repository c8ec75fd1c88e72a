"""Rank: choices put in order: by dragging, with Alt+Up and Alt+Down, or with the arrows at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from fieldapp.forms import Node
from fieldapp.texts import tr
from ui import theme
from ui.forms.fields.base import Field
from ui.forms.fields.rank_row import RankRow
from ui.forms.sheet import Sheet
from ui.widgets import Button

ROW, MOST_ROWS = 40, 10  # px at scale 1; more rows than this scroll
MOST_WIDE = 520  # px at scale 1
NAME = int(Qt.ItemDataRole.UserRole)
PLACE = NAME + 1  # the row's number in the answer, 0 while nothing was put in order


class RankField(Field):
    """Nothing is answered until a person moves a choice, or takes the order as it stands. Delete clears."""

    def __init__(self, sheet: Sheet, node: Node) -> None:
        super().__init__(sheet, node)
        self.list = RankList()
        self.list.reordered.connect(lambda: self.entered.emit(" ".join(self.list.names())))
        self.list.cleared.connect(lambda: self.entered.emit(""))
        self.keep = Button("")
        self.keep.clicked.connect(lambda: self.entered.emit(" ".join(self.list.names())))
        self.up = Button("", "quiet", icon="arrow-up", name=tr("Move up"))
        self.down = Button("", "quiet", icon="arrow-down", name=tr("Move down"))
        self.up.clicked.connect(lambda: self.list.move_by(-1))
        self.down.clicked.connect(lambda: self.list.move_by(1))
        self._hold(self._inside(), MOST_WIDE)
        self.retranslate()

    def target(self) -> QWidget:
        """The list."""
        return self.list

    def show_node(self, node: Node) -> None:
        """Show the order, or the list's own while there is none; a filter may have changed the list."""
        labels = {choice.name: choice.label for choice in self.sheet.session.choices(node)}
        order = [name for name in node.value.split() if name in labels]
        rest = [name for name in labels if name not in order]
        self.list.show_rows([(name, labels[name]) for name in order + rest], ranked=len(order))
        self.keep.setVisible(not node.value and bool(labels))
        many = len(labels) > 1
        self.up.setEnabled(many)
        self.down.setEnabled(many)

    def retranslate(self) -> None:
        """The buttons' words and the choices'."""
        self.keep.show_as(tr("Take this order"))
        for button, words in ((self.up, tr("Move up")), (self.down, tr("Move down"))):
            button.setAccessibleName(words)
            button.setToolTip(f"{words} (Alt+{'↑' if button is self.up else '↓'})")
        self.show_node(self.node())

    def mark(self, wrong: bool) -> None:
        """The message below says it."""

    def _inside(self) -> QWidget:
        inside = QWidget()
        moves = QVBoxLayout()
        moves.setSpacing(4)
        moves.addWidget(self.up)
        moves.addWidget(self.down)
        moves.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.list, 1)
        row.addLayout(moves)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignLeft)
        return inside


class RankList(QListWidget):
    """`reordered` tells that a person moved a row; the rows follow the mouse while one is dragged."""

    reordered = Signal()
    cleared = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("RankList")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setItemDelegate(RankRow(self))
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self._dragged = False

    def show_rows(self, rows: list[tuple[str, str]], *, ranked: int) -> None:
        """Names and labels in order; the first `ranked` have a place."""
        if rows == self._rows() and ranked == sum(bool(self.item(row).data(PLACE)) for row in range(self.count())):
            return
        here = self.names()[self.currentRow()] if self.currentRow() >= 0 else ""
        self.clear()
        for number, (name, label) in enumerate(rows):
            item = QListWidgetItem(label)
            item.setData(NAME, name)
            item.setData(PLACE, number + 1 if number < ranked else 0)
            self.addItem(item)
        names = [name for name, _label in rows]
        if names:
            self.setCurrentRow(names.index(here) if here in names else 0)
        self.setFixedHeight(theme.px(ROW) * max(1, min(len(rows), MOST_ROWS)) + 4)

    def names(self) -> list[str]:
        """The names in the order that is shown."""
        return [name for name, _label in self._rows()]

    def move_by(self, step: int) -> None:
        """Move the marked row up or down by one."""
        here = self.currentRow()
        if 0 <= here + step < self.count():
            self._move(here, here + step)
            self._tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+Up and Alt+Down move the row; Delete takes the order back."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.move_by(step)
        elif step and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()  # the form's own keys
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.cleared.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A dragged row takes the place of the one that it is over."""
        if not event.buttons() & Qt.MouseButton.LeftButton or self.currentRow() < 0:
            super().mouseMoveEvent(event)
            return
        over = self.indexAt(event.position().toPoint()).row()
        if over >= 0 and over != self.currentRow():
            self._move(self.currentRow(), over)
            self._dragged = True

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Where a drag ends is the answer."""
        super().mouseReleaseEvent(event)
        if self._dragged:
            self._dragged = False
            self._tell()

    def _move(self, here: int, there: int) -> None:
        item = self.takeItem(here)
        self.insertItem(there, item)
        self.setCurrentRow(there)

    def _tell(self) -> None:
        row = self.currentRow()
        words = tr("{what}: place {n} of {all}", what=self.item(row).text(), n=row + 1, all=self.count())
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))
        self.reordered.emit()

    def _rows(self) -> list[tuple[str, str]]:
        return [(str(self.item(row).data(NAME)), self.item(row).text()) for row in range(self.count())]
