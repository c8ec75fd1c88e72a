"""The menu of who works here: lock, let somebody else work, the PIN, and signing out."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu

from fieldapp.settings import MINUTES
from fieldapp.texts import plural, tr
from ui.ports import Keeper
from ui.session import Session
from ui.widgets import icons


def offer_ways(menu: QMenu, session: Session, keeper: Keeper) -> None:
    """Fill the menu for a real city's laptop."""
    lock = _add(menu, tr("Lock now"), "lock", keeper.lock)
    lock.setShortcut(QKeySequence("Ctrl+L"))  # shown here; the window's own shortcut does it
    _add(menu, tr("Somebody else works here…"), "users-round", keeper.switch)
    menu.addSeparator()
    words = tr("Change the PIN or passphrase…") if keeper.protected else tr("Set a PIN…")
    _add(menu, words, "key-round", keeper.choose_words)
    menu.addMenu(_minutes(menu, keeper))
    if session.sign_in is not None and session.sign_in.standing().signed_in:
        menu.addSeparator()
        _add(menu, tr("Sign out…"), "log-out", keeper.sign_out)


def _minutes(menu: QMenu, keeper: Keeper) -> QMenu:
    """After how long without anybody it locks itself."""
    shown = QMenu(tr("Lock by itself"), menu)
    shown.setIcon(icons.icon("timer"))
    group = QActionGroup(shown)
    for number in MINUTES:
        action = QAction(plural(number, "after {n} minute", "after {n} minutes"), shown)
        action.setCheckable(True)
        action.setChecked(number == keeper.minutes)
        action.triggered.connect(partial(_choose, keeper, number))
        group.addAction(action)
        shown.addAction(action)
    return shown


def _choose(keeper: Keeper, number: int, _on: bool = False) -> None:
    keeper.lock_after(number)


def _add(menu: QMenu, text: str, icon: str, deed: Callable[[], None]) -> QAction:
    action = QAction(icons.icon(icon), text, menu)
    action.triggered.connect(lambda _on=False: deed())
    menu.addAction(action)
    return action
