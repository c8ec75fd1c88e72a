"""How a list of choices stands on the screen, from its appearance words (XLSForm's, as ODK Collect reads them)."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from fieldapp.forms import Choice

SHORT, FEW = 34, 3  # letters; up to so many choices one column is enough
ANY = 0  # columns: as many as there is room for
_NUMBERED = re.compile(r"(?:columns|compact|quickcompact)-(\d{1,2})")
_PACKED = frozenset(
    {"columns-pack", "columns-flex", "horizontal", "horizontal-compact", "compact", "quickcompact", "list"}
)
_BARE = frozenset({"no-buttons", "compact", "quickcompact"})  # the picture or the words alone are the button


@dataclass(frozen=True)
class Arrangement:
    """`columns` of equal width (`ANY` = as many as fit), or `packed`: each as wide as it needs, line by line.

    `cards` have an edge each; `bare` ones no circle or box; `quick` ones go to the next question when taken.
    """

    columns: int = 1
    packed: bool = False
    cards: bool = False
    bare: bool = False
    quick: bool = False


def arrangement(look: Collection[str], choices: Sequence[Choice], *, several: bool = False) -> Arrangement:
    """What a question's appearance asks for; without a word of it, one column, or two for many short boxes."""
    numbered = [int(found[1]) for word in look if (found := _NUMBERED.fullmatch(word))]
    bare = bool(_BARE.intersection(look)) or any(word.startswith(("compact-", "quickcompact-")) for word in look)
    pictures = any(choice.image for choice in choices)
    quick = not several and any(word.startswith("quick") for word in look)
    columns = max(1, numbered[0]) if numbered else ANY
    packed = not numbered and bool(_PACKED.intersection(look))
    asked = bool(numbered) or packed or "columns" in look
    if not asked:
        columns = ANY if pictures or bare else _plain_columns(choices, several=several)
    return Arrangement(columns, packed, cards=asked or bare or pictures, bare=bare, quick=quick)


def _plain_columns(choices: Sequence[Choice], *, several: bool) -> int:
    short = all(len(choice.label) <= SHORT for choice in choices)
    return 2 if several and short and len(choices) > FEW else 1
