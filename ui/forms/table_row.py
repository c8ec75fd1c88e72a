"""TableRow: one instance of a repeat as a row of short fields; what they are called stands above them, once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from fieldapp.forms import Node, Question
from fieldapp.texts import tr
from ui import theme
from ui.forms.box import QuestionBox
from ui.forms.marking import plain
from ui.forms.shape import SILENT, kind_of
from ui.forms.sheet import Sheet
from ui.widgets import Button, label

GAP, END = 8, 36  # px at scale 1: between two fields, and the button at the end
NUMBER = 28  # px: the row's number
FIXED = {"date": 156, "time": 96, "integer": 104, "decimal": 104, "acknowledge": 88}  # px of short columns
SHARES = {"text": 5, "select": 4}  # of what is left, for the others


def columns_of(questions: Sequence[Question]) -> list[Question]:
    """The questions that have a column."""
    return [question for question in questions if question.kind not in SILENT]


def laid_out(first: QWidget, fields: Sequence[tuple[QWidget, str]], last: QWidget) -> QHBoxLayout:
    """Head and rows share one arrangement, so that their columns meet."""
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.px(GAP))
    first.setFixedWidth(theme.px(NUMBER))
    last.setFixedWidth(theme.px(END))
    row.addWidget(first, 0, Qt.AlignmentFlag.AlignTop)
    for widget, kind in fields:
        policy = widget.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        if kind in FIXED:
            widget.setFixedWidth(theme.px(FIXED[kind]))
        else:
            policy.setHorizontalPolicy(policy.Policy.Ignored)  # the share alone decides, in the head as in every row
        widget.setSizePolicy(policy)
        row.addWidget(widget, SHARES.get(kind, 0), Qt.AlignmentFlag.AlignTop)
    if all(kind in FIXED for _widget, kind in fields):
        row.addStretch(1)
    row.addWidget(last, 0, Qt.AlignmentFlag.AlignTop)
    return row


class TableHead(QWidget):
    """The questions' names above their columns."""

    def __init__(self, sheet: Sheet, questions: Sequence[Question]) -> None:
        super().__init__()
        self._sheet = sheet
        self._columns = columns_of(questions)
        self.names = [label("", "caption", wrap=True) for _ in self._columns]
        kinds = [question.kind for question in self._columns]
        self.setLayout(laid_out(QWidget(), list(zip(self.names, kinds, strict=True)), QWidget()))

    def reword(self, sample: Node | None) -> None:
        """Names as an instance has them, else as the form has them."""
        session = self._sheet.session
        for words, question in zip(self.names, self._columns, strict=True):
            node = sample.by_name.get(question.name) if sample is not None else None
            text = session.label(node) if node is not None else ""
            text = text or session.definition.text(
                question.label, session.definition.translations.chosen(session.language)
            )
            words.setText(plain(text) or question.name)


class TableRow(QWidget):
    """`removed` asks to take this instance away."""

    removed = Signal(str)

    def __init__(self, sheet: Sheet, node: Node, *, removable: bool) -> None:
        super().__init__()
        self.sheet, self.path = sheet, node.path
        self.number = label("", "small")
        self.number.setFixedHeight(theme.px(theme.CONTROL))
        self.remove = Button("", "quiet", icon="trash-2", name=tr("Remove"))
        self.remove.clicked.connect(lambda: self.removed.emit(self.path))
        asked = [child for child in node.children if kind_of(child) not in SILENT]
        self.boxes = [QuestionBox(sheet, child, bare=True) for child in asked]
        fields: list[tuple[QWidget, str]] = [
            (box, kind_of(child)) for box, child in zip(self.boxes, asked, strict=True)
        ]
        end = QWidget()
        inside = QHBoxLayout(end)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.remove)
        self.setLayout(laid_out(self.number, fields, end))
        self.remove.setVisible(removable)
        self.reword(node)

    def reword(self, node: Node) -> None:
        """Its number, and what its button takes away."""
        place = node.parent.children.index(node) + 1 if node.parent else 1
        what = plain(self.sheet.session.label(node.parent or node))
        self.number.setText(str(place))
        title = tr("Remove {what}", what=f"{what} {place}".strip())
        self.remove.setAccessibleName(title)
        self.remove.setToolTip(title)

    def focus(self) -> None:
        """Put the focus on its first field."""
        first = next((box for box in self.boxes if not box.isHidden()), None)
        if first is not None:
            first.focus()
