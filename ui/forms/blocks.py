"""Which block shows a node: a question, a note, a group or a repeat."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from fieldapp.forms import Node
from ui.forms.shape import kind_of
from ui.forms.sheet import Sheet


def block_for(sheet: Sheet, node: Node) -> QWidget:
    """Build the block of one node."""
    from ui.forms.box import QuestionBox  # groups hold blocks and blocks hold groups
    from ui.forms.group import GroupBlock
    from ui.forms.note import NoteBox
    from ui.forms.repeat import RepeatBlock

    if kind_of(node) == "repeat":
        return RepeatBlock(sheet, node)
    if kind_of(node) == "group":
        return GroupBlock(sheet, node)
    return NoteBox(sheet, node) if kind_of(node) == "note" else QuestionBox(sheet, node)
