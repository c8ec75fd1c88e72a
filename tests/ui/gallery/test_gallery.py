"""The gallery shows every widget there is, in every kind and state, in all looks and both languages."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from fieldapp import texts
from tests.support.accessible import faults
from tests.support.pictures import settle
from ui import theme, widgets
from ui.gallery import GalleryWindow
from ui.gallery.specimens import SPECIMENS
from ui.widgets import Banner, Button, Chip, FieldBox, Pill, Segmented, button, chip


@pytest.fixture
def gallery(qtbot: QtBot, qapp: QApplication) -> Iterator[GalleryWindow]:
    made = GalleryWindow()
    qtbot.addWidget(made)
    made.show()
    settle()
    yield made
    theme.choose(qapp, "light")
    theme.enlarge(qapp, 1)


def widget_classes() -> set[str]:
    """Every public widget that a file of ui/widgets defines."""
    found = set()
    for module in pkgutil.iter_modules(widgets.__path__):
        loaded = importlib.import_module(f"ui.widgets.{module.name}")
        for name, one in inspect.getmembers(loaded, inspect.isclass):
            if issubclass(one, QWidget) and one.__module__ == loaded.__name__ and not name.startswith("_"):
                found.add(name)
    return found


def test_every_widget_is_shown() -> None:
    assert widget_classes() <= set(SPECIMENS)


def test_what_the_package_offers_is_shown() -> None:
    data = {"Option", "Row"}  # what a widget is told, no widget
    assert set(widgets.__all__) - data <= set(SPECIMENS)


def test_every_specimen_is_what_it_is_called(qtbot: QtBot) -> None:
    for name in widget_classes():
        made = SPECIMENS[name]()
        shown = {type(one).__name__ for top in made for one in [top, *top.findChildren(QWidget)]}
        for top in made:
            qtbot.addWidget(top)
        assert name in shown


def test_every_kind_and_state_is_shown(gallery: GalleryWindow) -> None:
    buttons = gallery.findChildren(Button)
    for kind in button.KINDS:
        states = {(one.isEnabled(), one.isDown(), one.underMouse()) for one in buttons if one.kind == kind}
        assert {(True, False, False), (False, False, False), (True, True, False), (True, False, True)} <= states
    assert {one.kind for one in gallery.findChildren(Chip)} == set(chip.KINDS)
    assert {one.kind for one in gallery.findChildren(Pill)} == set(chip.KINDS)
    assert len({one.property("kind") for one in gallery.findChildren(Banner)}) == 4
    assert {one.value() for one in gallery.findChildren(Segmented)} == {"", "pass", "fail"}
    assert any(one.editor.accessibleDescription() for one in gallery.findChildren(FieldBox))


def test_it_can_be_worked_with_a_screen_reader(gallery: GalleryWindow) -> None:
    assert faults(gallery) == []


def test_look_language_and_letters_change_under_ones_hand(gallery: GalleryWindow) -> None:
    gallery.look.click()
    gallery.language.click()
    gallery.letters.click()
    settle()
    assert (theme.look(), texts.language(), theme.scale()) == ("dark", "fr", 1.25)
    assert gallery.windowTitle() == "Galerie"
    assert texts.french()["Nothing waits"] in [one.text() for one in gallery.findChildren(QLabel)]
