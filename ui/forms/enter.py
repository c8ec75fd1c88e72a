"""What Enter passes by on its way to the next question: a second Enter there would change what was just answered."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton, QWidget

from ui.forms.holder import holder
from ui.forms.instance import InstanceCard
from ui.forms.opener import Opener
from ui.forms.table_row import TableRow


def passed_by(control: QWidget) -> bool:
    """Whether it is a button beside an answer (Now, +5, Map) or in the head of a card (Remove). Tab reaches those."""
    if not isinstance(control, QAbstractButton) or control.isCheckable() or isinstance(control, Opener):
        return False
    question = holder(control)
    if question is not None:
        return question.field is not None and control is not question.field.target()
    return _is_in_a_card(control)


def _is_in_a_card(control: QWidget) -> bool:
    above = control.parentWidget()
    while above is not None and not isinstance(above, InstanceCard | TableRow):
        above = above.parentWidget()
    return above is not None
