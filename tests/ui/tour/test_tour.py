"""Every page and every dialog, without any exemption: nothing cut, nothing untranslated, no focus that is not seen; a
screen reader finds names, roles and states, Tab goes as one reads, and what is pressed is large enough."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QAbstractAnimation
from PySide6.QtWidgets import QWidget

from tests.support import accessible, eyes
from tests.support.tour import STOPS, Tour
from ui.shell.pages import PLACES

Found = dict[str, list[str]]


def looked_at(shown: QWidget, language: str) -> list[str]:
    """All that is wrong with what is shown."""
    found = [*eyes.cut(shown), *accessible.faults(shown), *accessible.out_of_order(shown), *eyes.lost(shown)]
    if language == "fr":
        found += [f"in English: {words}" for words in eyes.english(shown)]
    moving = QAbstractAnimation.State.Running
    return found + ["moves" for one in shown.findChildren(QAbstractAnimation) if one.state() == moving]


def walked(tour: Tour, language: str, look: str, scale: float, size: tuple[int, int]) -> Found:
    """What is wrong at each stop where something is."""
    tour.size = size
    tour.dress(language, look, scale)
    found = {stop.name: looked_at(shown, language) for stop, shown in tour.walk()}
    return {name: faults for name, faults in found.items() if faults}


def test_every_page_is_on_the_tour() -> None:
    assert {place.id for place in PLACES} == {stop.page for stop in STOPS if stop.page}


def test_all_that_is_shown_is_whole_in_french_on_a_small_screen(tour: Tour) -> None:
    assert walked(tour, "fr", "light", 1, (1024, 700)) == {}


@pytest.mark.soak
@pytest.mark.parametrize("look", ["dark", "contrast"])
@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(("scale", "size"), [(1, (1024, 700)), (2, (2048, 1400))], ids=["100 %", "200 %"])
def test_all_that_is_shown_is_whole(tour: Tour, language: str, look: str, scale: float, size: tuple[int, int]) -> None:
    assert walked(tour, language, look, scale, size) == {}
