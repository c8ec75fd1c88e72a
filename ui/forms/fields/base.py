"""Field: the control of one question. It shows a node's answer and tells what a person entered; it knows no store."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from fieldapp.forms import Node
from ui import theme
from ui.forms.sheet import Sheet
from ui.widgets.labels import names

NARROW, MEDIUM, WIDE = 180, 360, 640  # px at scale 1


class Field(QWidget):
    """`entered` tells a new answer; `refused` why what stands in the control is none yet; `done` asks for the next one.

    A subclass builds its control in `__init__` with `_hold`, shows answers in `show_node`, and says what gets the focus
    and the question's name with `target`.
    """

    entered = Signal(str)
    refused = Signal(str)
    done = Signal()

    def __init__(self, sheet: Sheet, node: Node) -> None:
        super().__init__()
        self.sheet = sheet
        self.path = node.path
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._wrong = False

    def node(self) -> Node:
        """The node as it is now."""
        return self.sheet.session.node(self.path)

    def show_node(self, node: Node) -> None:
        """Show the node's answer, without telling it back."""
        raise NotImplementedError

    def target(self) -> QWidget:
        """What gets the focus and is named after the question."""
        raise NotImplementedError

    def flush(self) -> None:
        """Tell at once what was typed; nothing waits any longer."""

    def retranslate(self) -> None:
        """Show the control's own words and choices again."""

    def show_compact(self) -> None:
        """Leave out what is not needed in a cell of a table."""

    def name(self, name: str, description: str) -> None:
        """Tell screen readers the question, and its hint or what is wrong."""
        target = self.target()
        holder = target.parentWidget()
        if isinstance(target, QComboBox) and holder is not None:
            names(target, name, holder)
        target.setAccessibleName(name)
        target.setAccessibleDescription(description)

    def mark(self, wrong: bool) -> None:
        """Colour the control's edge when the answer is wrong."""
        if wrong == self._wrong:
            return
        self._wrong = wrong
        target = self.target()
        target.setProperty("wrong", wrong)
        target.style().unpolish(target)
        target.style().polish(target)

    def widen(self, most: int) -> None:
        """Bound the control's width anew (px at scale 1)."""
        self.target().setMaximumWidth(theme.px(most))

    def _hold(self, widget: QWidget, most: int = 0) -> None:
        """Put the control in; `most` bounds its width (px at scale 1)."""
        self._row.addWidget(widget, 1)
        if most:
            widget.setMaximumWidth(theme.px(most))
            self._row.addStretch(0)
