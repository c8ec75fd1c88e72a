"""Where the keyboard is when pages change: out of the old one, so that it saves, and into the new one."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


def let_go() -> None:
    """Take the focus from where it is, so that an answer that is being typed is saved before its page goes."""
    focus = QApplication.focusWidget()
    if focus is not None:
        focus.clearFocus()


def enter(page: QWidget) -> None:
    """Put the focus into the page: where it chose itself, else on its first control, else on the page itself: with the
    keyboard nowhere, no key would do anything and a screen reader would say nothing."""
    for control in _ring(page):
        tab = control.focusPolicy() & Qt.FocusPolicy.TabFocus
        if tab and page.isAncestorOf(control) and control.isVisibleTo(page) and control.isEnabled():
            control.setFocus(Qt.FocusReason.OtherFocusReason)
            return
    page.setFocus(Qt.FocusReason.OtherFocusReason)


def _ring(page: QWidget) -> Iterator[QWidget]:
    """What had the focus in the page, then everything that Tab comes to from the page on, once round."""
    before: object = page.focusWidget()
    if isinstance(before, QWidget):
        yield before
    control: object = page.nextInFocusChain()
    while isinstance(control, QWidget) and control is not page:
        yield control
        control = control.nextInFocusChain()
