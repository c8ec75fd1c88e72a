"""Asked: a question's text with the mark of what is required right behind its last word."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel

from ui import theme
from ui.forms.marking import plain, rich


class Asked(QLabel):
    """Strong for what is asked, small and quiet for what is only shown."""

    def __init__(self) -> None:
        super().__init__()
        self._words, self._required, self._quiet = "", False, False
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)  # words stand at their control
        self.setFont(theme.font(bold=True))
        self.setOpenExternalLinks(True)

    def say(self, words: str, *, required: bool) -> None:
        """Show the question's text, with the form's marks in it."""
        if (words, required) != (self._words, self._required):
            self._words, self._required = words, required
            self._render()

    def words(self) -> str:
        """The text without any mark."""
        return plain(self._words)

    def show_quiet(self, quiet: bool) -> None:
        """How loud it is."""
        if quiet != self._quiet:
            self._quiet = quiet
            self._render()

    def changeEvent(self, event: QEvent) -> None:
        """Mark and quiet text wear the colours of the moment."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and (self._required or self._quiet):
            self._render()

    def _render(self) -> None:
        """In rich text, for a style sheet forgets a font that is set after its first polish."""
        words = rich(self._words)
        if self._quiet:
            size, ink = theme.px(theme.SMALL), theme.role("ink2").name()
            words = f'<span style="font-size:{size}px; font-weight:400; color:{ink}">{words}</span>'
        star = f'&nbsp;<span style="color:{theme.role("bad").name()}">*</span>' if self._required else ""
        if words + star != self.text():
            self.setText(words + star)
