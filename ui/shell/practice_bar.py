"""The practice banner: practice can never be mistaken for real, and the network is pulled here."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton

from fieldapp.texts import tr
from ui import theme
from ui.widgets import Banner, KeyHint


class PracticeBar(Banner):
    """Amber, across the whole window. `switched` when the network switch was pressed."""

    switched = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumHeight(theme.px(32))
        self._switch = QPushButton()
        self._switch.setObjectName("Switch")
        self._switch.setFont(theme.font(theme.SMALL, bold=True))
        self._switch.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it has its keys; a focus that was lost must not land here
        self._switch.clicked.connect(self.switched)
        self.add(self._switch)
        self.add(KeyHint(tr("Ctrl+Shift+N")))

    def show_network(self, plugged: bool) -> None:
        """Say how the pretended network is."""
        state = tr("Network: plugged in") if plugged else tr("Network: pulled out")
        self.say(tr("PRACTICE CITY — nothing here is real · {network}", network=state))
        self._switch.setText(tr("Pull it out") if plugged else tr("Plug it in"))
        self._switch.setAccessibleName(tr("Pull the network out") if plugged else tr("Plug the network in"))
