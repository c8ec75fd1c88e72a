"""What an author may have meant by a name that does not exist."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from fieldapp.texts import tr

_ALIKE = 0.6  # how alike two names must be, from 0 to 1, for a guess
SURE = 0.8  # … for taking one as a slip in place of the other
_REACH = 3  # by how many letters a slip may lengthen or shorten a name
_BUDGET = 100_000  # comparisons of one check; a form that is wrong in every row would take minutes otherwise


class Speller:
    """Finds the nearest known name, until its budget of comparisons is spent."""

    def __init__(self) -> None:
        self._left = _BUDGET

    def nearest(self, name: str, known: Iterable[str], alike: float = _ALIKE) -> str:
        """The name that is most like `name`, "" where none is that much `alike`."""
        near = [other for other in known if other and other != name and abs(len(other) - len(name)) <= _REACH]
        self._left -= len(near)
        if self._left < 0:
            return ""
        same = next((other for other in near if other.casefold() == name.casefold()), "")
        return same or next(iter(get_close_matches(name, near, 1, alike)), "")

    def meant(self, name: str, known: Iterable[str], before: str = "“", after: str = "”") -> str:
        """The question whether the nearest name was meant, between `before` and `after`; "" where there is none."""
        found = self.nearest(name, known)
        return tr("Did you mean {name}?", name=f"{before}{found}{after}") if found else ""
