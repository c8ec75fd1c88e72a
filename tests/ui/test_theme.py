"""Colours: readable in every look, letters of every size, and the style sheet names only roles that exist."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QRadioButton

from fieldapp.paths import resources
from ui import theme
from ui.colours import LOOKS

TEXTS = [
    ("ink", "card"), ("ink", "bg"), ("ink2", "card"), ("ink2", "bg"), ("ink", "sel"), ("ink2", "sel"), ("pri", "card"),
    ("on_pri", "pri"), ("on_pri", "bad"), ("on_pri", "pri_press"), ("bad", "card"), ("on_toast", "toast"),
    ("ink2", "hover"), ("pri", "pri_soft"), ("ok", "ok_soft"), ("warn", "warn_soft"), ("bad", "bad_soft"),
]  # fmt: skip
EDGES = [("field", "card"), ("pri", "card"), ("pri", "bg"), ("bad", "card")]


def luminance(name: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    colour = QColor(name)
    shares = (colour.redF(), colour.greenF(), colour.blueF())
    parts = [part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4) for part in shares]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours (WCAG 2.2)."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


LEAST = {"light": 4.5, "dark": 4.5, "contrast": 7.0}  # WCAG 2.2: AA, in high contrast AAA
LEAST_EDGE = {"light": 3.0, "dark": 3.0, "contrast": 7.0}


@pytest.fixture(autouse=True)
def _as_before(qapp: QApplication) -> Iterator[None]:
    yield
    theme.enlarge(qapp, 1)
    theme.choose(qapp, "light")


def weak(look: str, pairs: list[tuple[str, str]], least: float) -> dict[tuple[str, str], float]:
    """The pairs of a look that have less contrast than `least`."""
    roles = LOOKS[look]
    ratios = {pair: round(contrast(roles[pair[0]], roles[pair[1]]), 2) for pair in pairs}
    return {pair: ratio for pair, ratio in ratios.items() if ratio < least}


@pytest.mark.parametrize("look", LOOKS)
def test_text_is_readable(look: str) -> None:
    assert weak(look, TEXTS, LEAST[look]) == {}


@pytest.mark.parametrize("look", LOOKS)
def test_edges_of_controls_are_visible(look: str) -> None:
    assert weak(look, EDGES, LEAST_EDGE[look]) == {}


def test_in_high_contrast_a_hairline_is_seen_too() -> None:
    assert weak("contrast", [("line", "card"), ("line", "bg")], 4.5) == {}


def test_all_looks_have_the_same_roles() -> None:
    assert len({frozenset(roles) for roles in LOOKS.values()}) == 1


@pytest.mark.parametrize("look", LOOKS)
def test_every_look_has_its_signs(look: str) -> None:
    signs = resources() / "controls"
    assert all((signs / f"{sign}-{look}.svg").is_file() for sign in ("down", "up", "tick"))


@pytest.mark.parametrize("look", LOOKS)
def test_the_style_sheet_is_made_of_the_look(qapp: QApplication, look: str) -> None:
    theme.apply(qapp, look)
    sheet = theme.style_sheet()
    assert LOOKS[look]["pri"] in sheet
    assert f"tick-{look}.svg" in sheet
    assert "$" not in sheet


def test_switching_changes_what_painters_get(qapp: QApplication) -> None:
    worn = []
    for look in LOOKS:
        theme.apply(qapp, look)
        worn.append(theme.role("card").name().upper())
    assert worn == [roles["card"] for roles in LOOKS.values()]


def test_what_a_person_chose_stands_against_the_system(qapp: QApplication) -> None:
    theme.follow_system(qapp)
    theme.choose(qapp, "contrast")
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.look() == "contrast"


def test_who_chose_nothing_wears_what_the_system_wears(qapp: QApplication) -> None:
    theme.apply(qapp, "contrast")
    theme.follow_system(qapp)
    assert (theme.choice(), theme.look()) == (theme.SYSTEM, theme.system_look())


def test_large_letters_make_large_controls(qapp: QApplication) -> None:
    theme.enlarge(qapp, 2)
    assert theme.px(theme.CONTROL) == 2 * theme.CONTROL
    assert qapp.font().pixelSize() == 2 * theme.BODY
    assert "font-size: 24px" in theme.style_sheet()


def test_letters_grow_to_twice_their_size_and_shrink_below_none(qapp: QApplication) -> None:
    theme.enlarge(qapp, 5)
    largest = theme.scale()
    theme.enlarge(qapp, 0.2)
    assert (largest, theme.scale()) == (2.0, 1.0)


def test_large_letters_of_the_system_are_large_here() -> None:
    assert theme.Worn(system=24).scale == 1.5
    assert theme.Worn(system=24, enlarged=1.25).scale == 1.5
    assert theme.Worn(system=12).scale == 1.0


def test_nothing_slides_or_fades(qapp: QApplication) -> None:
    assert not [effect for effect in Qt.UIEffect if qapp.isEffectEnabled(effect)]


def test_the_bundled_font_is_used(qapp: QApplication) -> None:
    assert qapp.font().family() == "Inter"


@pytest.mark.parametrize("scale", [1, 1.25, 1.5, 2])
def test_radio_buttons_are_round_at_any_size(qapp: QApplication, scale: float) -> None:
    """Qt draws a square where the radius is more than half of what it rounds."""
    theme.enlarge(qapp, scale)
    button = QRadioButton("Send it first")
    button.resize(button.sizeHint())
    seen = button.grab().toImage()
    around = {seen.pixelColor(x, y).name() for x in range(5) for y in range(button.height())}
    size = theme.px(theme.INDICATOR) + 4
    left, top = 4, (button.height() - size) // 2
    corner, edge = seen.pixelColor(left + 1, top + 1), seen.pixelColor(left + 1, button.height() // 2)
    assert corner.name() != edge.name(), around
