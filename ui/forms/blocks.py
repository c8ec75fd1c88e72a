"""Which block shows a node: a question, a note, a group or a repeat."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from fieldapp.forms import Node
from ui.forms.shape import is_paged, is_table, kind_of
from ui.forms.sheet import Sheet


def block_for(sheet: Sheet, node: Node) -> QWidget:
    """Build the block of one node."""
    from ui.forms.box import QuestionBox  # groups hold blocks and blocks hold groups
    from ui.forms.group import GroupBlock
    from ui.forms.note import NoteBox

    if kind_of(node) == "repeat":
        return _repeat(sheet, node)
    if kind_of(node) == "group":
        return GroupBlock(sheet, node)
    return NoteBox(sheet, node) if kind_of(node) == "note" else QuestionBox(sheet, node)


def _repeat(sheet: Sheet, node: Node) -> QWidget:
    from ui.forms.repeat import RepeatBlock
    from ui.forms.repeat_pages import PagedRepeat
    from ui.forms.repeat_table import TableRepeat

    if is_table(node):
        return TableRepeat(sheet, node)
    return (PagedRepeat if is_paged(node) else RepeatBlock)(sheet, node)
