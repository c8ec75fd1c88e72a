"""From a question's path to its widget, opening what is folded on the way."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from ui.forms.box import QuestionBox
from ui.forms.check_line import CheckLine
from ui.forms.group import GroupBlock
from ui.forms.instance import InstanceCard
from ui.forms.repeat import RepeatBlock
from ui.forms.section import SectionView
from ui.forms.sheet import Sheet

ABOVE = 24  # px left free around what is scrolled to


def reveal(sheet: Sheet, view: SectionView, path: str) -> bool:
    """Build, open and scroll to the question at `path`, and put the focus on it."""
    view.finish()
    for place in _ancestors(path):
        block = sheet.block(place)
        if isinstance(block, GroupBlock):
            block.open()
        elif isinstance(block, RepeatBlock):
            block.finish()
            card = next((block.card(deeper) for deeper in _ancestors(path) if block.card(deeper)), None)
            if isinstance(card, InstanceCard) and not card.is_open():
                card.toggle()
    found = sheet.block(path)
    if found is None or found.isHidden():
        return False
    if isinstance(found, QuestionBox | CheckLine):
        found.focus()
    _scroll_to(view, found)
    return True


def _scroll_to(view: SectionView, found: QWidget) -> None:
    view.settle()
    top = found.mapTo(view.inside, QPoint(0, 0)).y()
    bar = view.pane.verticalScrollBar()
    room = view.pane.viewport().height()
    if top - ABOVE < bar.value() or top + found.height() + ABOVE > bar.value() + room:
        bar.setValue(max(0, top - ABOVE))


def _ancestors(path: str) -> list[str]:
    """Every container's path on the way, repeats as well as their instances, then the question itself."""
    found, parts = [], path.split("/")
    for number in range(1, len(parts) + 1):
        way = "/".join(parts[:number])
        if way.endswith("]"):
            found.append(way.rpartition("[")[0])
        found.append(way)
    return found
