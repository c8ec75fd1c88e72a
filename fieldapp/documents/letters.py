"""Which letters a paper can show: those of the bundled font. A tagged PDF with any other is refused as a whole, and a
name in another script must not keep a receipt or an order from being issued."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from unicodedata import category

from fieldapp.paths import resources

LACKING = "□"  # stands for a letter that the font does not have
_FONT = "Inter_400Regular.ttf"
_BREAKS = frozenset("\n\r\t")


def shown(value: object) -> object:
    """A paper's data as it can be set: its texts with what the font has."""
    if isinstance(value, str):
        return value if value.isascii() and value.isprintable() else "".join(map(_shown, value))
    if isinstance(value, Mapping):
        return {name: shown(one) for name, one in value.items()}
    return [shown(one) for one in value] if isinstance(value, list | tuple) else value


def lacks(value: object) -> bool:
    """Whether a letter of these texts cannot be shown."""
    return str(shown(value)).count(LACKING) > str(value).count(LACKING)


def _shown(letter: str) -> str:
    kind = category(letter)
    if letter in _BREAKS or (ord(letter) in _known() and kind != "Cc"):
        return letter
    if kind.startswith("Z"):
        return " "
    return "" if kind in {"Cc", "Cf"} else LACKING  # signs that nobody sees anyway


@cache
def _known() -> frozenset[int]:
    from fontTools.ttLib import TTFont  # with the papers alone: no start waits for it

    with TTFont(resources() / "fonts" / _FONT, lazy=True) as font:
        return frozenset(font.getBestCmap())
