"""From a widget to the question that it belongs to."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.forms.box import QuestionBox
from ui.forms.check_line import CheckLine

Question = QuestionBox | CheckLine


def holder(widget: QWidget) -> Question | None:
    """The question that a control belongs to."""
    above: QWidget | None = widget
    while above is not None:
        if isinstance(above, QuestionBox | CheckLine):
            return above
        above = above.parentWidget()
    return None
