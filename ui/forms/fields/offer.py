"""Offer: the choices of one question, found by typing: any words of a choice, in any order, accents aside; words that
people say for it too, where its list has a column `also`. No Qt."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from fieldapp.forms import Choice, FormSession, Node
from fieldapp.forms.session.longlists import LongChoices
from fieldapp.forms.tables.stored import folded

ALSO = "also"  # a choice list's column with what people call a choice too: a restaurant is an eating establishment
LOOKED_AT = 5_000  # matches that are put in order; of more, these come first
LIKELY = 50  # among so many best matches the one that is called exactly so must be


@dataclass(frozen=True)
class Found:
    """The best matches, and how many there are in all."""

    choices: Sequence[Choice]
    total: int


class Offer:
    """Asked anew after each change of the form: a filter or the language may have changed the list.

    A list out of a table on disk finds by itself; others are searched here.
    """

    def __init__(self) -> None:
        self.choices: Sequence[Choice] = ()
        self._places: dict[str, int] = {}
        self._text, self._starts = "", [0]  # all labels folded, a line each; where each line begins
        self._indexed = False

    def refresh(self, session: FormSession, node: Node) -> bool:
        """Look at the question's choices again; whether they are others than before."""
        choices = session.choices(node)
        if choices == self.choices:
            return False
        self.choices = choices
        long = isinstance(choices, LongChoices)
        self._places = {} if long else {choice.name: number for number, choice in enumerate(choices)}
        self._indexed = False
        return True

    def named(self, name: str) -> Choice | None:
        """The choice of that name, None where it is not offered."""
        if isinstance(self.choices, LongChoices):
            return self.choices.named(name)
        place = self._places.get(name)
        return None if place is None else self.choices[place]

    def find(self, typed: str, most: int) -> Found:
        """The choices that have all typed words: first those that begin so, then by the list's order."""
        words = folded(typed).split()
        if not words:
            return Found(self.choices[:most], len(self.choices))
        if isinstance(self.choices, LongChoices):
            return Found(*self.choices.find(words, most))
        self._index()
        rarest = max(words, key=len)
        places = [place for place in self._lines_with(rarest) if self._has(place, words)]
        start = " ".join(words)
        first = sorted(places[:LOOKED_AT], key=lambda place: (not self._line(place).startswith(start), place))
        return Found([self.choices[place] for place in first[:most]], len(places))

    def meant(self, typed: str) -> Choice | None:
        """The choice that is called so, else the only one that has all these words."""
        wanted = folded(typed).strip()
        if not wanted:
            return None
        found = self.find(typed, LIKELY)
        same = [choice for choice in found.choices if folded(choice.label) == wanted]
        if same:
            return same[0]
        return found.choices[0] if found.total == 1 else None

    def _index(self) -> None:
        if self._indexed:
            return
        lines = [folded(f"{one.label} {one.extra.get(ALSO, '')}").replace("\n", " ") for one in self.choices]
        self._text = "\n".join(lines)
        self._starts, at = [], 0
        for line in lines:
            self._starts.append(at)
            at += len(line) + 1
        self._indexed = True

    def _lines_with(self, word: str) -> list[int]:
        """The lines that hold a word: one search over the whole text, much faster than one a line."""
        found, at = [], self._text.find(word)
        while at >= 0:
            line = bisect_right(self._starts, at) - 1
            found.append(line)
            following = self._starts[line + 1] if line + 1 < len(self._starts) else len(self._text)
            at = self._text.find(word, following)
        return found

    def _has(self, place: int, words: Sequence[str]) -> bool:
        line = self._line(place)
        return all(word in line for word in words)

    def _line(self, place: int) -> str:
        end = self._starts[place + 1] - 1 if place + 1 < len(self._starts) else len(self._text)
        return self._text[self._starts[place] : end]
