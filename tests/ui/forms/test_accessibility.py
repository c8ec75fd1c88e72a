"""What a screen reader finds on a rendered form: names, roles, order, sizes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from fieldapp.forms import FormDefinition
from tests.support.gallery import gallery, groups_form
from tests.support.ui_forms import editor, show
from tests.ui.forms.forms import checking, choosing, filing, repeating, small
from ui.forms import FormEditor
from ui.forms.holder import holder
from ui.forms.section import SectionView

FORMS: dict[str, Callable[[Path], FormDefinition]] = {
    "small": lambda _folder: small(),
    "choosing": lambda _folder: choosing(),
    "checking": lambda _folder: checking(),
    "repeating": lambda _folder: repeating(),
    "filing": lambda _folder: filing(),
    "gallery": gallery,
    "groups": groups_form,
}


def controls(made: FormEditor) -> list[QWidget]:
    """What Tab reaches in the section that is shown."""
    view = made.stack.currentWidget()
    assert isinstance(view, SectionView)
    view.finish()
    return view.controls()


def interfaces(made: FormEditor) -> Iterator[tuple[QWidget, QAccessibleInterface]]:
    """Each with what a screen reader sees of it."""
    for widget in controls(made):
        found = QAccessible.queryAccessibleInterface(widget)
        assert found is not None
        yield widget, found


@pytest.mark.parametrize("name", FORMS)
def test_every_control_is_named_after_its_question(qtbot: QtBot, tmp_path: Path, name: str) -> None:
    made = show(qtbot, editor(FORMS[name](tmp_path)))
    for section in made.sections:
        made.show_section(section.id)
        for widget, found in interfaces(made):
            assert found.text(QAccessible.Text.Name), widget


@pytest.mark.parametrize("name", FORMS)
def test_every_control_has_a_role_of_its_own(qtbot: QtBot, tmp_path: Path, name: str) -> None:
    made = show(qtbot, editor(FORMS[name](tmp_path)))
    silent = {QAccessible.Role.NoRole, QAccessible.Role.Client}
    for widget, found in interfaces(made):
        assert found.role() not in silent, widget


@pytest.mark.parametrize("name", FORMS)
def test_every_control_is_large_enough(qtbot: QtBot, tmp_path: Path, name: str) -> None:
    made = show(qtbot, editor(FORMS[name](tmp_path)))
    for widget in controls(made):
        assert min(widget.width(), widget.height()) >= 24, widget.accessibleName()


@pytest.mark.parametrize("name", ["small", "choosing", "filing", "gallery", "groups"])
def test_tab_goes_in_reading_order(qtbot: QtBot, tmp_path: Path, name: str) -> None:
    made = show(qtbot, editor(FORMS[name](tmp_path)))
    for section in made.sections:
        made.show_section(section.id)
        inside = made.view()
        assert inside is not None
        found = [(_anchor(widget), widget) for widget in controls(made)]
        places = [anchor.mapTo(inside, QPoint(0, 0)) for anchor, _widget in found]
        assert places == sorted(places, key=lambda place: (place.y() // 20, place.x())), section.id


def _anchor(widget: QWidget) -> QWidget:
    """The question that a control belongs to, else the control itself."""
    return holder(widget) or widget


def test_outline_and_list_of_problems_are_reached_by_tab(qtbot: QtBot) -> None:
    made = show(qtbot, editor(small()))
    reached = []
    widget: QWidget | None = made.nextInFocusChain()
    while widget is not None and widget is not made:
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
            reached.append(widget.accessibleName())
        widget = widget.nextInFocusChain()
    assert "Next section" in reached
    assert any(name.startswith("Visit") for name in reached)
    assert "Permit" in reached
