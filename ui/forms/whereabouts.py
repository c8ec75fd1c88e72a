"""Where one was in a form: section, question, what was opened, and how far it was scrolled; kept as one short text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.forms.group import GroupBlock
from ui.forms.instance import InstanceCard
from ui.forms.repeat_pages import PagedRepeat
from ui.forms.section import SectionView
from ui.forms.sheet import Block

if TYPE_CHECKING:
    from ui.forms.editor import FormEditor

MOST_OPEN = 40  # opened parts that are remembered
Foldable = InstanceCard | GroupBlock


def whereabouts(editor: FormEditor) -> str:
    """The place as a text, for `return_to` on another day; "" while the form shows nothing."""
    view = editor.view()
    if view is None:
        return ""
    last = editor.sheet.block(editor.last)
    path = editor.last if last is not None and view.isAncestorOf(last) and last.isVisibleTo(view) else ""
    folds = {part.path: part.is_open() for part in _foldables(view)}
    pages = [block.current for block in view.findChildren(PagedRepeat) if block.current]
    above = _top(view, editor.sheet.block(path)) - view.pane.verticalScrollBar().value()
    place = {
        "section": editor.section,
        "path": path,
        "above": round(above / theme.px(100), 2),  # by the text scale, which may be another one next time
        "folds": dict(list(folds.items())[:MOST_OPEN]),
        "pages": pages[:MOST_OPEN],
    }
    return json.dumps(place, ensure_ascii=False, separators=(",", ":"))


def return_to(editor: FormEditor, text: str) -> bool:
    """Go where one was; False when that place is not in the form now. What is damaged is no place."""
    place = _read(text)
    section = str(place.get("section", text))
    if section not in editor.standing.shown():
        return False
    editor.show_section(section, focus=False)
    view = editor.view()
    if view is not None and place:
        view.finish()
        _unfold(view, place)
        path = str(place.get("path", ""))
        if not (path and editor.jump_to(path)):
            editor.show_section(section)
        above = place.get("above")
        if isinstance(above, int | float):
            QTimer.singleShot(0, view, lambda: _scroll(editor, view, path, float(above)))  # the layout comes first
    return True


def _read(text: str) -> dict[str, object]:
    try:
        place = json.loads(text) if text.startswith("{") else {}
    except ValueError:
        return {}
    return place if isinstance(place, dict) else {}


def _unfold(view: SectionView, place: dict[str, object]) -> None:
    folds, pages = place.get("folds"), place.get("pages")
    for block in view.findChildren(PagedRepeat):
        for instance in pages if isinstance(pages, list) else ():
            block.card(str(instance))
    for part in _foldables(view):
        wanted = folds.get(part.path, part.is_open()) if isinstance(folds, dict) else part.is_open()
        if bool(wanted) != part.is_open():
            part.toggle()


def _foldables(view: SectionView) -> Iterator[Foldable]:
    yield from view.findChildren(GroupBlock)
    yield from view.findChildren(InstanceCard)


def _scroll(editor: FormEditor, view: SectionView, path: str, above: float) -> None:
    view.settle()
    top = _top(view, editor.sheet.block(path))
    view.pane.verticalScrollBar().setValue(round(top - above * theme.px(100)))


def _top(view: SectionView, block: Block | None) -> int:
    inside: QWidget = view.inside
    if block is None or not inside.isAncestorOf(block):
        return 0
    return block.mapTo(inside, QPoint(0, 0)).y()
