"""Numbers as people write them: 139,778 in English, 139 778 in French."""

from __future__ import annotations

from fieldapp.texts import language


def grouped(number: int) -> str:
    """A whole number with its thousands set apart."""
    return f"{number:,}".replace(",", "\u00a0") if language() == "fr" else f"{number:,}"
