"""Page: what the window expects of a workplace. Built at its first visit, rebuilt when the language changes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldapp.store.touched import Touched
from ui.session import Navigate, Session
from ui.widgets.scroll import Scroll


class Page(QWidget):
    """A workplace. `body` is its layout, with the margins that all pages share."""

    def __init__(self, session: Session, navigate: Navigate) -> None:
        super().__init__()
        self.session = session
        self.navigate = navigate
        self.setObjectName("Page")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(24, 20, 24, 24)
        self.body.setSpacing(16)

    def scroll_to_end(self, scroll: Scroll) -> None:
        """What scrolls goes on to the window's edge, with the page's room below it: no card is cut above a strip of
        nothing."""
        edges = self.body.contentsMargins()
        inner = scroll.body.contentsMargins()
        scroll.body.setContentsMargins(inner.left(), inner.top(), inner.right(), edges.bottom())
        self.body.setContentsMargins(edges.left(), edges.top(), edges.right(), 0)
        self.body.addWidget(scroll, 1)

    def refresh(self, touched: Touched) -> None:
        """Something was committed, perhaps by sync; show it if it concerns this page, without moving the focus."""

    def go(self, **where: str) -> None:
        """Show what `navigate` asked for: record="..." and the like. Called with nothing at a plain visit."""

    def show_start(self) -> None:
        """Its entry in the rail was pressed while it is shown already: back to its beginning."""

    def take_pictures(self, _files: list[Path]) -> bool:
        """Pictures were dropped where no field took them; False where the page has no use for them."""
        return False

    def where(self) -> dict[str, str]:
        """Where one is, to be given to `go` after a rebuild."""
        return {}
