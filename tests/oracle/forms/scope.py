"""What an expression may speak of from where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Known:
    """A question that an expression may speak of; `repeats`: the paths of the repeats around it, outermost first."""

    path: str
    kind: str
    repeats: tuple[str, ...] = ()
    calculated: bool = False


@dataclass(frozen=True)
class Scope:
    """What stands before a place in the form. `above`: the path of its group; `repeats`: the repeats around it;
    `others`: the repeats outside all repeats that stand before."""

    known: Sequence[Known]
    above: str
    repeats: tuple[str, ...]
    others: Sequence[str] = ()

    def here(self, *kinds: str) -> list[Known]:
        """Questions of these kinds of which there is one, seen from here."""
        return [one for one in self.known if one.kind in kinds and one.repeats == self.repeats[: len(one.repeats)]]

    def many(self, *kinds: str) -> list[Known]:
        """Questions of these kinds in other repeats: there is any number of them."""
        found = [one for one in self.known if one.kind in kinds and one.repeats]
        return [one for one in found if one.repeats[0] not in self.repeats]

    def given(self) -> Scope:
        """The same without what is calculated: when a first value is set, engines differ on whether that is there."""
        return replace(self, known=[one for one in self.known if not one.calculated])

    def climb(self) -> str:
        """The way from here up to the instance of the innermost repeat."""
        return "/".join([".."] * (1 + self.above.count("/") - self.repeats[-1].count("/")))
