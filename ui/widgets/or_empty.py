"""OrEmpty: a list, or while it has no rows what to do instead."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractItemView, QStackedWidget

from ui.widgets.empty import EmptyState


class OrEmpty(QStackedWidget):
    """Follows the list's model by itself."""

    def __init__(self, view: QAbstractItemView, nothing: EmptyState) -> None:
        super().__init__()
        self._view = view
        self.addWidget(view)
        self.addWidget(nothing)
        model = view.model()
        for changed in (model.modelReset, model.rowsInserted, model.rowsRemoved):
            changed.connect(self._turn)
        self._turn()

    def _turn(self, *_what: object) -> None:
        self.setCurrentIndex(0 if self._view.model().rowCount() else 1)
