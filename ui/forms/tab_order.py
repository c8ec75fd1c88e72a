"""The order in which Tab goes through a section: as one reads, also after parts of it were added or opened."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from ui.forms.holder import holder


def put_in_order(inside: QWidget, controls: Sequence[QWidget]) -> None:
    """Chain the controls of a section by where they stand. Qt itself appends what comes later at the end."""
    ordered = sorted(controls, key=lambda control: _place(inside, control))
    if ordered == list(controls):
        return
    for before, after in pairwise(ordered):
        QWidget.setTabOrder(before, after)


def _place(inside: QWidget, control: QWidget) -> tuple[int, int, int, int]:
    """Question by question in reading order, and the controls of each in theirs."""
    anchor = _question(inside, control)
    first, own = anchor.mapTo(inside, QPoint(0, 0)), control.mapTo(inside, QPoint(0, 0))
    return first.y(), first.x(), own.y(), own.x()


def _question(inside: QWidget, control: QWidget) -> QWidget:
    """The question that a control belongs to; itself where it stands between questions."""
    found = holder(control)
    return found if found is not None and inside.isAncestorOf(found) else control
