"""One city at work for all tests of this folder: what they do is look at it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from fieldapp import texts
from fieldapp.services import Catalogue
from tests.support.tour import Tour
from tests.ui.workplaces import catalogue, layers_file
from ui import theme

__all__ = ["catalogue", "layers_file"]


@pytest.fixture(scope="module")
def tour(
    qapp: QApplication, tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue, layers_file: Path
) -> Iterator[Tour]:
    """The tour; afterwards all is dressed as before."""
    made = Tour(tmp_path_factory.mktemp("tour"), catalogue, layers_file)
    yield made
    made.close()
    texts.use("en")
    theme.enlarge(qapp, 1)
    theme.choose(qapp, "light")
