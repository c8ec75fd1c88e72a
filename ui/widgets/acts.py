"""Acts: what a key does, with its name. The cheat sheet is made of these, so that there is no second list to forget."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

INSIDE = Qt.ShortcutContext.WidgetWithChildrenShortcut


def act(
    widget: QWidget,
    keys: str | QKeySequence.StandardKey,
    name: str,
    deed: Callable[[], object],
    *,
    context: Qt.ShortcutContext = INSIDE,
) -> QShortcut:
    """Let `keys` do `deed` while the focus is in `widget`. `name` says what it does, in the language of the moment."""
    made = QShortcut(QKeySequence(keys), widget, context=context)
    made.setWhatsThis(name)
    made.activated.connect(deed)
    return made


def acts_in(widget: QWidget) -> Iterator[tuple[str, str]]:
    """The keys that act in what is shown of `widget` now, each with its name, in the order in which they were made."""
    for one in widget.findChildren(QShortcut):
        owner = one.parent()
        if one.whatsThis() and one.isEnabled() and isinstance(owner, QWidget) and owner.isVisibleTo(widget):
            yield one.key().toString(QKeySequence.SequenceFormat.NativeText), one.whatsThis()
