"""Colours: readable in light and dark, and the style sheet names only roles that exist."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from ui import theme

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


@pytest.mark.parametrize("roles", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_text_is_readable(roles: dict[str, str]) -> None:
    weak = {pair: round(contrast(roles[pair[0]], roles[pair[1]]), 2) for pair in TEXTS}
    assert not {pair: ratio for pair, ratio in weak.items() if ratio < 4.5}


@pytest.mark.parametrize("roles", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_edges_of_controls_are_visible(roles: dict[str, str]) -> None:
    weak = {pair: round(contrast(roles[pair[0]], roles[pair[1]]), 2) for pair in EDGES}
    assert not {pair: ratio for pair, ratio in weak.items() if ratio < 3}


def test_light_and_dark_have_the_same_roles() -> None:
    assert theme.LIGHT.keys() == theme.DARK.keys()


def test_switching_changes_what_painters_get(qapp: QApplication) -> None:
    theme.apply(qapp, dark=True)
    dark = theme.role("card")
    theme.apply(qapp, dark=False)
    assert (dark.name().upper(), theme.role("card").name().upper()) == (theme.DARK["card"], theme.LIGHT["card"])


def test_the_bundled_font_is_used(qapp: QApplication) -> None:
    assert qapp.font().family() == "Inter"
