"""One line of the palette, and what it answers to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fieldapp.finding import Told, everyday
from fieldapp.store.rows import folded
from ui.widgets import Row


@dataclass(frozen=True)
class Find:
    """One line of the palette and what it does. `words` are what it answers to besides its title and what people say
    for it (resources/everyday.toml, by its id)."""

    row: Row
    deed: Callable[[], object]
    words: str = ""
    reads: bool = False  # it opens something to read, and does nothing
    explains: bool = False  # its words explain it: where only they answer, it stands last and is not Enter's
    here: bool = False  # a button of the page that is open: by its own words, once something is typed
    own: bool = False  # an act of the person's role: offered first, before anything is typed

    @property
    def told(self) -> Told:
        """By what it is found. The text of an article is none of it: it has every word."""
        return Told(self.row.id, (self.row.title,), everyday(self.row.id), () if self.reads else (self.words,))

    def titled(self, typed: str) -> bool:
        """Whether every typed word begins a word of its title."""
        return _begun(typed, folded(self.row.title).split())

    def answers(self, typed: str) -> bool:
        """Whether every typed word begins a word of it."""
        return _begun(typed, folded(f"{self.row.title} {self.words}").split())


def _begun(typed: str, words: list[str]) -> bool:
    return all(any(word.startswith(part) for word in words) for part in folded(typed).split())
