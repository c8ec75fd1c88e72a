"""Numbers as people write them: 139,778 in English, 139 778 in French."""

from __future__ import annotations

from fieldapp.texts import language


def grouped(number: int) -> str:
    """A whole number with its thousands set apart."""
    return f"{number:,}".replace(",", "\u00a0") if language() == "fr" else f"{number:,}"


def tenths(number: float) -> str:
    """A number with one place: 0.2 in English, 0,2 in French."""
    return f"{number:.1f}".replace(".", ",") if language() == "fr" else f"{number:.1f}"
