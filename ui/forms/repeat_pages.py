"""PagedRepeat: one instance of a repeat at a time, for long ones; a strip above goes from one to the next."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from fieldapp.forms import Node
from fieldapp.texts import tr
from ui.forms.instance import InstanceCard
from ui.forms.keys import bind
from ui.forms.marking import plain
from ui.forms.repeat import RepeatBlock
from ui.forms.sheet import Sheet
from ui.widgets import Button, label


class PagedRepeat(RepeatBlock):
    """Ctrl+Page Down and Ctrl+Page Up go to the next and the previous instance. Each is built when it is looked at."""

    def __init__(self, sheet: Sheet, node: Node) -> None:
        self._current, self._number = "", 0
        self.back = Button("", "quiet", icon="chevron-left", name=tr("Previous"))
        self.ahead = Button("", "quiet", icon="chevron-right", name=tr("Next"))
        self.place = label("", "strong")
        super().__init__(sheet, node)
        bind(self, {"Ctrl+PgDown": (tr("Next entry"), lambda: self.turn(1))})
        bind(self, {"Ctrl+PgUp": (tr("Entry before"), lambda: self.turn(-1))})

    @property
    def current(self) -> str:
        """The path of the instance that is shown, "" while there is none."""
        return self._current

    def refresh(self) -> None:
        """Show the current instance as it is now, or the one that took its place."""
        node = self.sheet.entry.node(self.path)
        self.appear(node is not None and node.relevant)
        if node is None or not node.relevant:
            return
        paths = [child.path for child in node.children]
        self._drop(set(paths))
        if self._current not in paths:
            self._current = paths[min(self._number, len(paths) - 1)] if paths else ""
        self._show_current()
        self.reword()

    def reword(self) -> None:
        """The place in the row, and the card's title."""
        node = self.sheet.entry.node(self.path)
        if node is None or not node.relevant:
            return
        paths = [child.path for child in node.children]
        if self._current not in paths and (paths or self._current):
            self.refresh()
            return
        what = plain(self.sheet.session.label(node)) or node.question.name
        self._number = paths.index(self._current) if paths else 0
        words = tr("{what} {n} of {all}", what=what, n=self._number + 1, all=len(paths)) if paths else what
        self.place.setText(words)
        self.back.setEnabled(self._number > 0)
        self.ahead.setEnabled(self._number + 1 < len(paths))
        self.adder.show_as(tr("Add: {what}", what=what.lower()))
        self._name(self.back, tr("Previous: {what}", what=what.lower()), "Ctrl+PgUp")
        self._name(self.ahead, tr("Next: {what}", what=what.lower()), "Ctrl+PgDn")
        card = self._shown.get(self._current)
        if isinstance(card, InstanceCard):
            card.reword(self.sheet.session.node(self._current))

    def turn(self, step: int) -> None:
        """Go to the next or the previous instance, with the focus in it."""
        paths = [child.path for child in self.sheet.session.node(self.path).children]
        place = paths.index(self._current) + step if self._current in paths else 0
        if 0 <= place < len(paths):
            card = self.card(paths[place])
            if isinstance(card, InstanceCard):
                card.focus()

    def add(self) -> None:
        """One more instance, shown at once with the focus in it."""
        made = self.sheet.entry.add(self.path)
        card = self.card(made.path)
        if isinstance(card, InstanceCard):
            card.focus()

    def finish(self) -> None:
        """Nothing is built ahead."""

    def card(self, instance: str) -> QWidget | None:
        """Turn to an instance; its card, None for what is none of them."""
        paths = {child.path for child in self.sheet.session.node(self.path).children}
        if instance not in paths:
            return None
        if instance != self._current:
            self._current = instance
            self._show_current()
            self.reword()
        return self._shown.get(instance)

    def _show_current(self) -> None:
        if self._current and self._current not in self._shown:
            node = self.sheet.session.node(self._current)
            made = InstanceCard(self.sheet, node, removable=self._free, foldable=False)
            made.removed.connect(self.remove)
            self._shown[self._current] = made
            self._column.insertWidget(1, made)
            self.sheet.grew.emit()
        for path, card in self._shown.items():
            card.setVisible(path == self._current)

    def _begin(self) -> None:
        strip = QWidget()
        row = QHBoxLayout(strip)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for widget in (self.back, self.place, self.ahead):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.adder)
        self._column.addWidget(strip)
        self.back.clicked.connect(lambda: self.turn(-1))
        self.ahead.clicked.connect(lambda: self.turn(1))

    def _end(self) -> None:
        """The button stands in the strip."""

    def _name(self, button: Button, words: str, keys: str) -> None:
        button.setAccessibleName(words)
        button.setToolTip(f"{words} ({keys})")
