"""InstanceCard: one instance of a repeat: a line of fields where they are few, else a small card with a head."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from fieldapp.forms import Node
from fieldapp.texts import tr
from ui.forms.grid import Grid
from ui.forms.marking import plain
from ui.forms.shape import questions
from ui.forms.sheet import Sheet
from ui.forms.words import shown
from ui.widgets import Button, Elided, label

FOLD_FROM = 3  # with so many instances, filled ones start folded to one line


class InstanceCard(QFrame):
    """`removed` asks to take this instance away."""

    removed = Signal(str)

    def __init__(
        self, sheet: Sheet, node: Node, *, removable: bool, folded: bool = False, foldable: bool = True
    ) -> None:
        super().__init__()
        self.setObjectName("Card")
        self.sheet, self.path, self._foldable = sheet, node.path, foldable
        self.title = label("", "strong")
        self.summary = Elided("", "small")
        self.fold = Button("", "quiet", icon="chevron-down", name=tr("Fold"))
        self.fold.clicked.connect(self.toggle)
        self.remove = Button("", "quiet", icon="trash-2", name=tr("Remove"))
        self.remove.clicked.connect(lambda: self.removed.emit(self.path))
        self.inside: Grid | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 12)
        column.setSpacing(8)
        column.addLayout(self._head())
        self.remove.setVisible(removable)
        self._column = column
        if not folded:
            self.open()
        self.reword(node)

    def reword(self, node: Node) -> None:
        """Number, name and summary."""
        what = plain(self.sheet.session.label(node)) or plain(self.sheet.session.label(node.parent or node))
        all_of_them = node.parent.children if node.parent else [node]
        number = all_of_them.index(node) + 1
        self.fold.setVisible(self._foldable and (len(all_of_them) >= FOLD_FROM or not self.is_open()))
        title = f"{what} {number}".strip()
        self.title.setText(title)
        self.remove.setAccessibleName(tr("Remove {what}", what=title))
        self.remove.setToolTip(tr("Remove {what}", what=title))
        state = tr("Fold {what}", what=title) if self.is_open() else tr("Open {what}", what=title)
        self.fold.show_as("", icon="chevron-down" if self.is_open() else "chevron-right")
        self.fold.setAccessibleName(state)
        self.fold.setToolTip(state)
        self.summary.setText("" if self.is_open() else self._summary(node))

    def is_open(self) -> bool:
        """Whether its questions are shown."""
        return self.inside is not None and not self.inside.isHidden()

    def open(self) -> None:
        """Show its questions."""
        if self.inside is None:
            node = self.sheet.session.node(self.path)
            self.inside = Grid(self.sheet, node.children, compact=True)
            self._column.addWidget(self.inside)
            self.sheet.grew.emit()
        self.inside.show()

    def toggle(self) -> None:
        """Fold or open."""
        if self.is_open() and self.inside is not None:
            self.inside.hide()
        else:
            self.open()
        self.reword(self.sheet.session.node(self.path))

    def focus(self) -> None:
        """Put the focus on its first question."""
        self.open()
        if self.inside is not None:
            first = next((child for child in self.inside.findChildren(QWidget) if _takes_focus(child)), None)
            if first is not None:
                first.setFocus()

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.fold)
        head.addWidget(self.title)
        head.addWidget(self.summary, 1)
        head.addWidget(self.remove)
        return head

    def _summary(self, node: Node) -> str:
        answered = [shown(self.sheet.session, child) for child in questions(node) if child.value]
        return " · ".join(answered[:4])


def _takes_focus(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and not widget.isHidden()
