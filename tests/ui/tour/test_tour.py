"""Every page and every dialog, without any exemption: nothing cut, nothing untranslated, no focus that is not seen; a
screen reader finds names, roles and states, Tab goes as one reads, and what is pressed is large enough."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QAbstractAnimation
from PySide6.QtWidgets import QWidget

from tests.support import accessible, eyes, screens
from tests.support.strays import windows_shown
from tests.support.tour import STOPS, Tour
from ui.shell.pages import PLACES

pytestmark = pytest.mark.xdist_group("tour")  # what they share is made once

Found = dict[str, list[str]]
SMALL = (1024, 700)  # px: the smallest screen


def looked_at(shown: QWidget, language: str) -> list[str]:
    """All that is wrong with what is shown."""
    found = [*eyes.cut(shown), *accessible.faults(shown), *accessible.out_of_order(shown), *eyes.lost(shown)]
    if language == "fr":
        found += [f"in English: {words}" for words in eyes.english(shown)]
    moving = QAbstractAnimation.State.Running
    return found + ["moves" for one in shown.findChildren(QAbstractAnimation) if one.state() == moving]


@dataclass
class Walked:
    """What was seen on a walk: what is wrong at the stops where something is, and which screens were shown."""

    faults: Found = field(default_factory=dict)
    reached: set[type[QWidget]] = field(default_factory=set)
    flashed: Found = field(default_factory=dict)  # what was a window for a moment, on the way to a stop


def flashed(names: list[str], shown: QWidget) -> list[str]:
    """What was shown as a window on the way to this stop and is neither it nor the main window."""
    return [name for name in names if name not in {type(shown.window()).__name__, type(shown).__name__, "MainWindow"}]


def walked(tour: Tour, language: str, look: str, scale: float, size: tuple[int, int]) -> Walked:
    """Look at every stop."""
    tour.size = size
    tour.dress(language, look, scale)
    found = Walked()
    with windows_shown() as names:
        for stop, shown in tour.walk(STOPS):
            found.reached |= screens.shown_on(shown)
            if faults := looked_at(shown, language):
                found.faults[stop.name] = faults
            if strays := flashed(names, shown):
                found.flashed[stop.name] = strays
            names.clear()
    return found


@pytest.fixture(scope="module")
def in_french(tour: Tour) -> Walked:
    """The walk that every run takes."""
    return walked(tour, "fr", "light", 1, SMALL)


def test_every_page_is_on_the_tour() -> None:
    assert {place.id for place in PLACES} == {stop.page for stop in STOPS if stop.page}


def test_no_page_dialog_or_view_is_left_out(in_french: Walked) -> None:
    missed = screens.missed(in_french.reached)
    assert not missed, screens.HOW.format(names=", ".join(missed))


def test_all_that_is_shown_is_whole_in_french_on_a_small_screen(in_french: Walked) -> None:
    assert in_french.faults == {}


def test_nothing_flashes_as_a_window_of_its_own(in_french: Walked) -> None:
    assert in_french.flashed == {}


def test_nothing_is_cut_on_a_small_screen_with_letters_twice_as_large(tour: Tour) -> None:
    """Only what the size of letters changes is looked at here, in the language with the longer words; the soak walks
    all languages, looks and sizes."""
    tour.size = SMALL
    tour.dress("fr", "light", 2)
    found = {stop.name: eyes.cut(shown) for stop, shown in tour.walk(STOPS)}
    assert {name: cut for name, cut in found.items() if cut} == {}


@pytest.mark.soak
@pytest.mark.parametrize("look", ["light", "dark", "contrast"])
@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("scale", [1, 1.25, 1.5, 2])
def test_all_that_is_shown_is_whole(tour: Tour, language: str, look: str, scale: float) -> None:
    assert walked(tour, language, look, scale, SMALL).faults == {}
