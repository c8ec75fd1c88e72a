"""What an expression is evaluated in: a node, the form's session behind it, and the names it may resolve."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Protocol

from fieldapp.forms.xpath.values import Value, XNode


class Environment(Protocol):
    """What functions ask of the session in which they run."""

    @property
    def root(self) -> XNode:
        """The record's root element."""
        ...

    @property
    def zone(self) -> tzinfo:
        """Where the form is filled: whose calendar dates are, and whose clock times of day."""
        ...

    @property
    def version(self) -> str:
        """The form's version."""
        ...

    def now(self) -> datetime:
        """The device's clock, in `zone`."""
        ...

    def language(self) -> str:
        """In which names of months and days are written: en, fr…"""
        ...

    def single(self, path: str) -> XNode:
        """The one node at a question's path that no repeat holds."""
        ...

    def instance(self, name: str) -> XNode | None:
        """The root of a secondary instance: a choice list or reference data."""
        ...

    def itext(self, name: str) -> str:
        """A text of the form in the session's language."""
        ...

    def choice_name(self, node: XNode, value: str) -> str:
        """The label of choice `value` of the question that `node` answers."""
        ...

    def pulldata(self, layer: str, column: str, key_column: str, key: str) -> str:
        """A cell of the host's reference data."""
        ...

    def host(self, name: str) -> Callable[..., Value] | None:
        """A function that the host adds to the language, such as `city:add-business-days`."""
        ...

    def property(self, name: str) -> str:
        """What the host says about device and person."""
        ...

    def random(self) -> float:
        """A number from 0 up to 1."""
        ...

    def unique(self) -> str:
        """A new UUID."""
        ...


@dataclass(slots=True)
class Context:
    """Where an evaluation stands. `current` is the question it began at; `node` moves inside predicates."""

    node: XNode
    current: XNode
    env: Environment
    position: int = 1
    size: int = 1


Closure = Callable[[Context], Value]


class Outline(Protocol):
    """The form's shape, as far as references need it. Paths are question paths: no root, no keys."""

    @property
    def root_name(self) -> str:
        """The root element's name."""
        ...

    @property
    def paths(self) -> Container[str]:
        """All question paths; attributes as `group/@name`."""
        ...

    @property
    def repeats(self) -> Container[str]:
        """The paths of repeats."""
        ...

    @property
    def repeated(self) -> Container[str]:
        """The paths of repeats and of all in them."""
        ...

    def under(self, path: str) -> Sequence[str]:
        """The paths below `path`, itself included."""
        ...


@dataclass(frozen=True, slots=True)
class Scope:
    """Where an expression is written: `base` is its context node's path, None inside choice lists and other data."""

    outline: Outline
    base: str | None
    current: str

    def at(self, base: str | None) -> Scope:
        """The scope of a predicate on nodes at `base`."""
        return Scope(self.outline, base, self.current)


def scope_of(outline: Outline, path: str) -> Scope:
    """The scope of an expression that belongs to the question at `path`."""
    return Scope(outline, path, path)
