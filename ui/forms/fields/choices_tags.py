"""Several of many choices: each one that is chosen stands as a tag; the line below finds the next."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from fieldapp.forms import Choice, Node
from fieldapp.texts import tr
from ui import theme
from ui.forms.fields.base import MEDIUM, Field
from ui.forms.fields.choice_search import AT_ONCE, MOST, PickLine
from ui.forms.fields.offer import Found, Offer
from ui.forms.sheet import Sheet
from ui.widgets import icons
from ui.widgets.flow import Flow
from ui.widgets.focus import ring


class TagsField(Field):
    """Typing and Enter adds; Backspace in the empty line takes the last away; each tag is a button that does."""

    def __init__(self, sheet: Sheet, node: Node) -> None:
        super().__init__(sheet, node)
        self.offer = Offer()
        self.tags: dict[str, Tag] = {}
        self.line = _AddLine()
        self.line.typed.connect(self._look)
        self.line.opened.connect(lambda: self._look(""))
        self.line.picked.connect(self._add)
        self.line.left.connect(self._left)
        self.line.forgotten.connect(lambda: self.line.show_text(""))
        self.line.taken_back.connect(self._take_back)
        self.line.setMaximumWidth(theme.px(MEDIUM))
        self._strip = QWidget()
        self._flow = Flow(8)
        self._strip.setLayout(self._flow)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._strip)
        column.addWidget(self.line)
        self._row.addWidget(inside, 1)
        self.show_node(node)

    def target(self) -> QWidget:
        """The line."""
        return self.line

    def show_node(self, node: Node) -> None:
        """Show what is chosen; a filter may have changed the list."""
        self.offer.refresh(self.sheet.session, node)
        self.line.patient = len(self.offer.choices) > AT_ONCE
        self.line.invite(tr("Type to add…"))
        self._show_tags(node.value.split())

    def retranslate(self) -> None:
        """The choices' words."""
        self.show_node(self.node())

    def _look(self, typed: str) -> None:
        chosen = set(self.node().value.split())
        found = self.offer.find(typed, MOST + len(chosen))
        free = [choice for choice in found.choices if choice.name not in chosen]
        gone = len(found.choices) - len(free)
        self.line.offer(Found(free[:MOST], found.total - gone))

    def _add(self, name: str) -> None:
        self.line.show_text("")
        chosen = set(self.node().value.split()) | {name}
        self._tell(chosen)

    def _remove(self, name: str) -> None:
        self.line.setFocus()
        self._tell(set(self.node().value.split()) - {name})

    def _take_back(self) -> None:
        chosen = self.node().value.split()
        if chosen:
            self._tell(set(chosen[:-1]))

    def _left(self) -> None:
        typed = self.line.text()
        meant = self.offer.meant(typed)
        if typed.strip() and meant is None and self.line.hasFocus():
            self._look(typed)  # Enter, and several choices have these words: the list still asks which one
            return
        self.line.show_text("")
        if meant is not None and meant.name not in self.node().value.split():
            self._add(meant.name)

    def _tell(self, chosen: set[str]) -> None:
        """The answer keeps the list's order; what a filter took away stays until a person removes it."""
        strange = [name for name in self.node().value.split() if name in chosen and self.offer.named(name) is None]
        self.entered.emit(" ".join([choice.name for choice in self.offer.choices if choice.name in chosen] + strange))

    def _show_tags(self, names: list[str]) -> None:
        for name in [name for name in self.tags if name not in names]:
            gone = self.tags.pop(name)
            self._flow.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for name in names:
            if name not in self.tags:
                self.tags[name] = Tag()
                self.tags[name].clicked.connect(lambda _on=False, name=name: self._remove(name))
                self._flow.addWidget(self.tags[name])
            choice = self.offer.named(name) or Choice(name, name)
            self.tags[name].show_words(choice.label)
        self._strip.setVisible(bool(names))
        self._strip.updateGeometry()


class Tag(QAbstractButton):
    """A chosen word with a small cross; pressing it takes the choice back."""

    def __init__(self) -> None:
        super().__init__()
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_words(self, words: str) -> None:
        """Whose choice it is."""
        if words != self.text():
            self.setText(words)
            self.setAccessibleName(tr("Remove {what}", what=words))
            self.setToolTip(tr("Remove {what}", what=words))
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Words and cross."""
        words = min(QFontMetrics(theme.font()).horizontalAdvance(self.text()), theme.px(360))
        return QSize(words + theme.px(44), theme.px(32))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete and Enter press it too."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.role("pri_soft"))
        painter.drawRoundedRect(QRectF(self.rect()), 8, 8)
        size = theme.px(14)
        cross = QRect(self.width() - size - theme.px(10), (self.height() - size) // 2, size, size)
        icons.paint(painter, "x", cross, theme.role("bad" if self.underMouse() else "pri"))
        painter.setPen(theme.role("ink"))
        painter.setFont(theme.font())
        room = self.rect().adjusted(theme.px(12), 0, -theme.px(30), 0)
        words = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), words)
        if self.hasFocus():
            ring(painter, self.rect(), 8)
        painter.end()


class _AddLine(PickLine):
    taken_back = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backspace and not self.text():
            self.taken_back.emit()
        else:
            super().keyPressEvent(event)
