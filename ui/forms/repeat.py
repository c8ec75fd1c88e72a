"""RepeatBlock: the instances of a repeat, one below the other; adding and removing, with undo instead of a question."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldapp.forms import Node
from fieldapp.texts import tr
from ui.forms.check_line import CheckLine
from ui.forms.entry import Entry
from ui.forms.instance import FOLD_FROM, InstanceCard
from ui.forms.later import Later
from ui.forms.marking import plain
from ui.forms.shape import SILENT, is_checklist, kind_of
from ui.forms.sheet import Block, Sheet
from ui.forms.table_row import TableRow
from ui.widgets import Button

AT_ONCE = 12  # instances built before the rest waits for an idle moment


class RepeatBlock(Block):
    """A checklist's instances are lines; others are cards. Where the form fixes their number nothing can be added."""

    def __init__(self, sheet: Sheet, node: Node) -> None:
        super().__init__(sheet, node.path)
        self.lines = bool(node.children) and is_checklist(sheet.session, node.children[0])
        self._free = not node.question.count and not sheet.read_only
        self._shown: dict[str, QWidget] = {}
        self._later: Later | None = None
        self._above = 0  # widgets above the instances
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0 if self.lines else 10)
        self.adder = Button("", icon="plus")
        self.adder.clicked.connect(self.add)
        self._begin()
        sheet.register(self)
        self.refresh()
        self._end()
        self.adder.setVisible(self._free)

    def refresh(self) -> None:
        """Show the instances that there are now."""
        node = self.sheet.entry.node(self.path)
        self.appear(node is not None and node.relevant)
        if node is None or not node.relevant:
            return
        self._drop({child.path for child in node.children})
        missing = [child for child in node.children if child.path not in self._shown]
        if missing:
            self.lines = self.lines or is_checklist(self.sheet.session, missing[0])
            self._column.setSpacing(0 if self.lines else 10)
            folded = len(node.children) >= FOLD_FROM and len(missing) > 1
            self._later = Later(self, self._building(missing, folded=folded))
            self._later.start(AT_ONCE)
        self.reword()

    def reword(self) -> None:
        """The titles and the button; also where the form changed the number of instances by itself."""
        node = self.sheet.entry.node(self.path)
        if node is None or not node.relevant:
            return
        if self._is_stale(node):
            self.refresh()
            return
        what = plain(self.sheet.session.label(node)) or node.question.name
        if self._free:
            self.adder.show_as(tr("Add: {what}", what=what.lower()))
        for child in node.children:
            card = self._shown.get(child.path)
            if isinstance(card, InstanceCard | TableRow):
                card.reword(child)

    def retranslate(self) -> None:
        """Titles in the session's language."""
        self.reword()

    def add(self) -> None:
        """One more instance, with the focus in it."""
        made = self.sheet.entry.add(self.path)
        self.finish()
        card = self._shown.get(made.path)
        if isinstance(card, InstanceCard | TableRow):
            card.focus()

    def remove(self, instance: str) -> None:
        """Take an instance away; the toast takes it back."""
        node = self.sheet.session.node(instance)
        what = plain(self.sheet.session.label(node.parent or node))
        answers = self.sheet.entry.remove(instance)
        entry, path = self.sheet.entry, self.path
        self.sheet.undoable(tr("{what} removed", what=what), lambda: _restore(entry, path, answers))
        self.adder.setFocus()

    def finish(self) -> None:
        """Build all instances now."""
        if self._later is not None:
            self._later.finish()

    def card(self, instance: str) -> QWidget | None:
        """The card or line of an instance."""
        self.finish()
        return self._shown.get(instance)

    def _begin(self) -> None:
        """Put in what stands above the instances."""

    def _end(self) -> None:
        """Put in what stands below them: the button, which Tab comes to last."""
        self._column.addWidget(self.adder)

    def _is_stale(self, node: Node) -> bool:
        wanted = {child.path for child in node.children}
        return (self._later is None or self._later.is_done) and wanted != set(self._shown)

    def _drop(self, wanted: set[str]) -> None:
        for path in set(self._shown) - wanted:
            gone = self._shown.pop(path)
            self._column.removeWidget(gone)
            gone.hide()
            gone.deleteLater()

    def _building(self, missing: list[Node], *, folded: bool) -> Iterator[Callable[[], None]]:
        for node in missing:
            yield partial(self._build, node, folded=folded)

    def _build(self, node: Node, *, folded: bool) -> None:
        if node.path in self._shown or self.sheet.entry.node(node.path) is None:
            return
        widget = self._widget(node, folded=folded)
        self._shown[node.path] = widget
        self._column.insertWidget(self._above + len(self._shown) - 1, widget)
        self.sheet.grew.emit()

    def _widget(self, node: Node, *, folded: bool) -> QWidget:
        """What shows one instance."""
        if self.lines:
            asked = [child for child in node.children if kind_of(child) not in SILENT]
            return CheckLine(self.sheet, asked[0], asked[1:])
        card = InstanceCard(self.sheet, node, removable=self._free, folded=folded)
        card.removed.connect(self.remove)
        return card


def _restore(entry: Entry, repeat: str, answers: dict[str, str]) -> None:
    """Undo works when the block is gone, too; where it is not, it hears of it from the entry."""
    entry.restore(repeat, answers)
