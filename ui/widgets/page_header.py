"""PageHeader: what this page is, one line about how things stand, and its actions at the right."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.headline import Headline
from ui.widgets.labels import Elided, label


class PageHeader(Headline):
    """Title, subtitle, actions. The primary action comes last, so it stands at the top right. With large letters on a
    small screen the actions stand below; the subtitle goes on in a next line where it has to."""

    def __init__(self, title: str = "", subtitle: str = "", actions: tuple[QWidget, ...] = ()) -> None:
        self.title = label(title, "title")
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.subtitle = Elided(subtitle, "sub")
        self.subtitle.show_whole(True)
        if not subtitle:  # shown before it is in a layout it would be a window of its own
            self.subtitle.hide()
        words = QWidget()
        column = QVBoxLayout(words)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.title)
        column.addWidget(self.subtitle)
        super().__init__(words, self._natural, self._turn)
        for action in actions:
            self.add(action)

    def say(self, title: str, subtitle: str) -> None:
        """Change both lines."""
        self.title.setText(title)
        self.subtitle.setText(subtitle)
        self.subtitle.setVisible(bool(subtitle))  # a title alone stands in the middle of its buttons
        self.arrange()

    def _natural(self) -> int:
        title = self.title.fontMetrics().horizontalAdvance(self.title.text()) + 2
        return max(title, self.subtitle.sizeHint().width()) if theme.is_large() else title

    def _turn(self, stacked: bool) -> None:
        self.title.setWordWrap(stacked)
