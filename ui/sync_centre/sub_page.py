"""A page behind the Sync page: with the way back, one thing to do, and room that is not wider than one reads."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from fieldapp.texts import tr
from ui import theme
from ui.page import Page
from ui.session import Navigate, Session
from ui.widgets import Button, PageHeader, Scroll
from ui.widgets.acts import act

WIDE = 880  # px of the column


class SubPage(Page):
    """`column` takes the cards; `head` says what the page is."""

    def __init__(
        self, session: Session, navigate: Navigate, title: str, about: str, actions: tuple[QWidget, ...] = ()
    ) -> None:
        super().__init__(session, navigate)
        self.back_button = Button(tr("Sync"), "quiet", icon="arrow-left", hint="Alt ←")
        self.back_button.clicked.connect(self.leave)
        self.head = PageHeader(title, about, actions)
        self.title_text = title
        self.head.setMaximumWidth(theme.px(WIDE))  # its buttons stand over the cards' edge
        top, heads = QHBoxLayout(), QHBoxLayout()
        heads.addWidget(self.head, 1)
        heads.addStretch()
        top.addWidget(self.back_button)
        top.addStretch(1)
        self.body.setSpacing(12)
        self.body.setContentsMargins(24, 8, 24, 24)
        self.body.addLayout(top)
        self.body.addLayout(heads)
        scroll = Scroll()
        self.column = scroll.body
        scroll.inside.setMaximumWidth(theme.px(WIDE))
        self.scroll_to_end(scroll)
        act(self, "Alt+Left", tr("Back"), self.leave)

    def leave(self) -> None:
        """Back to the Sync page."""
        self.navigate("sync")
