"""What is seen in a field: a text, a dot, a cross. Content streams, in the field's own coordinates."""

from __future__ import annotations

from collections.abc import Callable

from fieldapp.documents.blank.fieldfont import FieldFont

Mark = Callable[[float, float], str]


def text(value: str, height: float, size: int, font: FieldFont) -> str:
    """One line of text, in the middle of the field's height."""
    if not value:
        return "/Tx BMC EMC"
    base = (height - size) / 2 + size * 0.24
    return f"/Tx BMC q BT 0 g /F0 {size} Tf 3 {base:.2f} Td <{font.coded(value).hex()}> Tj ET Q EMC"


def dot(width: float, height: float) -> str:
    """A filled circle, from four curves."""
    x, y, r = width / 2, height / 2, min(width, height) * 0.28
    k = r * 0.5523
    curves = (
        f"{x - r:.2f} {y + k:.2f} {x - k:.2f} {y + r:.2f} {x:.2f} {y + r:.2f} c",
        f"{x + k:.2f} {y + r:.2f} {x + r:.2f} {y + k:.2f} {x + r:.2f} {y:.2f} c",
        f"{x + r:.2f} {y - k:.2f} {x + k:.2f} {y - r:.2f} {x:.2f} {y - r:.2f} c",
        f"{x - k:.2f} {y - r:.2f} {x - r:.2f} {y - k:.2f} {x - r:.2f} {y:.2f} c",
    )
    return f"q 0 g {x - r:.2f} {y:.2f} m {' '.join(curves)} f Q"


def cross(width: float, height: float) -> str:
    """A cross from corner to corner."""
    inset = min(width, height) * 0.22
    high, right = height - inset, width - inset
    return (
        f"q 1.4 w 1 J 0 G {inset:.2f} {inset:.2f} m {right:.2f} {high:.2f} l"
        f" {inset:.2f} {high:.2f} m {right:.2f} {inset:.2f} l S Q"
    )
