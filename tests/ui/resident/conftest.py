"""The clerk's window with and without a second screen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from tests.support.pictures import settle
from tests.support.windows import put_away
from tests.support.workplaces import City
from tests.ui.workplaces import catalogue, layers_file, said, town, ways
from ui.resident.screens import Screens
from ui.window import MainWindow

__all__ = ["catalogue", "layers_file", "said", "town", "ways"]


class DeskScreens(Screens):
    """A desk with a cable: the second screen is plugged in or not, and may be pulled."""

    def __init__(self) -> None:
        super().__init__()
        self.plugged = False

    def for_resident(self, _own: QWidget, /) -> QRect | None:
        """Beside the first, where it is plugged in."""
        return QRect(1500, 0, 1280, 800) if self.plugged else None

    def pull(self) -> None:
        """The cable comes out."""
        self.plugged = False
        self.lost.emit()


@pytest.fixture
def screens() -> DeskScreens:
    """One screen until another is plugged in."""
    return DeskScreens()


@pytest.fixture
def window(town: City, screens: DeskScreens) -> Iterator[MainWindow]:
    """The clerk's window at the counter."""
    made = MainWindow(town.clerk, page="counter", screens=screens)
    made.show()
    made.activateWindow()
    settle()
    yield made
    put_away(made)
