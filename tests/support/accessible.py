"""What a screen reader would find: a walk over the accessible tree of a shown widget."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractButton, QWidget

LEAST = 24  # px: the smallest target (WCAG 2.2, 2.5.8)
Name, Value = QAccessible.Text.Name, QAccessible.Text.Value
MANY = frozenset({QAccessible.Role.Table, QAccessible.Role.List, QAccessible.Role.Tree, QAccessible.Role.ListItem})

HIT = frozenset({
    QAccessible.Role.Button, QAccessible.Role.CheckBox, QAccessible.Role.RadioButton, QAccessible.Role.ComboBox,
    QAccessible.Role.EditableText, QAccessible.Role.SpinBox, QAccessible.Role.Slider, QAccessible.Role.Link,
})  # fmt: skip


def nodes(widget: QWidget) -> Iterator[QAccessibleInterface]:
    """Every visible node below `widget`, itself too; the cells of tables and lists are left out."""
    QAccessible.setActive(True)
    yield from _below(QAccessible.queryAccessibleInterface(widget))


def faults(widget: QWidget) -> list[str]:
    """What a person with a screen reader, or with a shaking hand, would stumble over."""
    found = []
    for node in nodes(widget):
        target = node.object()
        if not isinstance(target, QWidget):
            continue
        what = f"{type(target).__name__} {node.role().name} {_name(node)!r}"
        if takes_focus(node, target):
            found += [f"{what}: {fault}" for fault in _unspoken(node)]
        if pressed_by_hand(node, target) and min(target.width(), target.height()) < LEAST:
            found.append(f"{what}: {target.width()} x {target.height()} px")
    return found


def takes_focus(node: QAccessibleInterface, target: QWidget) -> bool:
    """Whether the keyboard comes there. A pane that scrolls is where its contents are, not a place of its own."""
    panes = (QAccessible.Role.Pane, QAccessible.Role.Client)
    reached = target.focusPolicy() != Qt.FocusPolicy.NoFocus
    return bool(node.state().focusable) and reached and node.role() not in panes


def pressed_by_hand(node: QAccessibleInterface, target: QWidget) -> bool:
    """Whether it is there to be hit by a hand: what does something when pressed, even where no focus goes. Words that
    may be selected are none, nor is a part that paints itself within something larger."""
    return isinstance(target, QAbstractButton) or (takes_focus(node, target) and node.role() in HIT)


def _unspoken(node: QAccessibleInterface) -> Iterator[str]:
    """What a screen reader cannot say."""
    name, role = _name(node), node.role()
    if not name:
        yield "no name"
    elif name == node.text(Value).strip() and role == QAccessible.Role.ComboBox:
        yield "its name is only its value"
    if role in (QAccessible.Role.NoRole, QAccessible.Role.Client):
        yield "no role"
    state = node.state()
    if role in (QAccessible.Role.CheckBox, QAccessible.Role.RadioButton) and not state.checkable:
        yield "does not say that it can be checked"
    if role == QAccessible.Role.EditableText and not (state.editable or state.readOnly):
        yield "does not say whether one can write"


def focus_chain(first: QWidget) -> list[QWidget]:
    """What Tab goes through, from `first` on."""
    chain, current = [first], first.nextInFocusChain()
    while current is not None and current is not first:
        if current.focusPolicy() & Qt.FocusPolicy.TabFocus and current.isVisible() and current.isEnabled():
            chain.append(current)
        current = current.nextInFocusChain()
    return chain


def tab_order(window: QWidget) -> list[QWidget]:
    """What Tab goes through in a window, from its beginning."""
    first = window.nextInFocusChain()
    return focus_chain(first) if first is not None else []


def out_of_order(window: QWidget) -> list[str]:
    """Where Tab jumps back: to something that stands wholly above, and not beside or below, what was before it in the
    same card. Between cards and columns reading order is the layout's, so only those that share a parent count."""
    found = []
    chain = tab_order(window)
    for one, other in pairwise(chain):
        if one.parentWidget() is other.parentWidget() and one.parentWidget() is not None:
            above = other.geometry().bottom() <= one.geometry().top()
            left = other.geometry().right() <= one.geometry().left()
            same_line = other.geometry().top() < one.geometry().bottom() and not above
            if (above and left) or (above and other.x() <= one.x()) or (same_line and left):
                found.append(f"{one.accessibleName()!r} -> {other.accessibleName()!r}")
    return found


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
