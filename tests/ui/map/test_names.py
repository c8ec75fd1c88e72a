"""Names of wards: what is said behind them, and the number alone where there is no room for more."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from fieldapp.places import Layers
from tests.support.places import loaded, wards_file
from ui.map.ground import Ground
from ui.map.names import Names
from ui.map.projection import Point, View

pytestmark = pytest.mark.xdist_group("map names")  # what they share is made once


@pytest.fixture(scope="module")
def layers(tmp_path_factory: pytest.TempPathFactory) -> Layers:
    """Three wards side by side, eight kilometres each."""
    folder: Path = tmp_path_factory.mktemp("layers")
    return loaded(folder, wards=wards_file(folder))[0]


def said(layers: Layers, scale: float, notes: dict[str, str]) -> list[str]:
    """What is written on a picture of all three."""
    picture = QImage(600, 300, QImage.Format.Format_RGB32)
    painter = QPainter(picture)
    names = Names(Ground(layers))
    names.paint(painter, View(Point(43.25, -79.75), scale, 600, 300), (), notes, moving=False)
    painter.end()
    return [name.words for name in names.placed()]


def test_what_there_is_to_say_of_a_ward_stands_behind_its_name(qapp: QApplication, layers: Layers) -> None:
    assert said(layers, 0.02, {"02": "17"}) == ["Ward 1", "Ward 2 · 17", "Ward 3"]


def test_a_narrow_ward_has_its_number_alone(qapp: QApplication, layers: Layers) -> None:
    assert said(layers, 0.0125, {"02": "1,234,567"}) == ["Ward 1", "2 · 1,234,567", "Ward 3"]


def test_far_away_nothing_is_written(qapp: QApplication, layers: Layers) -> None:
    assert said(layers, 0.01, {}) == []
