"""What a screen reader would find: a walk over the accessible tree of a shown widget."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QWidget

LEAST = 24  # px: the smallest target (WCAG 2.2, 2.5.8)
Name, Value = QAccessible.Text.Name, QAccessible.Text.Value
MANY = frozenset({QAccessible.Role.Table, QAccessible.Role.List, QAccessible.Role.Tree, QAccessible.Role.ListItem})


def nodes(widget: QWidget) -> Iterator[QAccessibleInterface]:
    """Every visible node below `widget`, itself too; the cells of tables and lists are left out."""
    QAccessible.setActive(True)
    yield from _below(QAccessible.queryAccessibleInterface(widget))


def faults(widget: QWidget) -> list[str]:
    """What a person with a screen reader, or with a shaking hand, would stumble over."""
    found = []
    for node in nodes(widget):
        if not node.state().focusable or node.role() in (QAccessible.Role.Pane, QAccessible.Role.Client):
            continue
        target, name = node.object(), _name(node)
        what = f"{type(target).__name__} {node.role().name}"
        if not isinstance(target, QWidget) or target.focusPolicy() == Qt.FocusPolicy.NoFocus:
            continue
        if not name:
            found.append(f"{what}: no name")
        elif name == node.text(Value).strip() and node.role() == QAccessible.Role.ComboBox:
            found.append(f"{what}: its name {name!r} is only its value")
        size = target.size()
        if min(size.width(), size.height()) < LEAST:
            found.append(f"{what} {name!r}: {size.width()} x {size.height()} px")
    return found


def focus_chain(first: QWidget) -> list[QWidget]:
    """What Tab goes through, from `first` on."""
    chain, current = [first], first.nextInFocusChain()
    while current is not None and current is not first:
        if current.focusPolicy() & Qt.FocusPolicy.TabFocus and current.isVisible() and current.isEnabled():
            chain.append(current)
        current = current.nextInFocusChain()
    return chain


def _name(node: QAccessibleInterface) -> str:
    """A node's name; on Linux a combo box has it from the label beside it."""
    for other, kind in node.relations():
        if kind & QAccessible.RelationFlag.Label:
            return str(other.text(Name)).strip()
    return str(node.text(Name)).strip()


def _below(node: QAccessibleInterface | None) -> Iterator[QAccessibleInterface]:
    if node is None or not node.isValid() or node.state().invisible:
        return
    yield node
    if node.role() in MANY:
        return
    for number in range(node.childCount()):
        yield from _below(node.child(number))
