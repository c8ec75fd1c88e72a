"""What the store must know of services, without knowing any."""

from __future__ import annotations

from typing import Protocol

from fieldapp.merging import KindOf, plain


class Guide(Protocol):
    """What the store asks the service catalogue, so that it need not know any service itself."""

    def kind(self, service: str, state: str) -> str:
        """The kind of a state: draft, open, review, returned or done."""
        ...

    def private(self, service: str, path: str) -> bool:
        """Whether an answer (path without repeat keys) must never enter the search index."""
        ...

    def merging(self, service: str, version: str) -> KindOf:
        """What becomes of each path of that version of the form when two people change it."""
        ...


class NoGuide:
    """For a store that is used without a catalogue: a state is its own kind, and nothing is private."""

    def kind(self, service: str, state: str) -> str:  # noqa: ARG002 - the protocol's
        """The state itself."""
        return state

    def private(self, service: str, path: str) -> bool:  # noqa: ARG002 - the protocol's
        """Nothing is."""
        return False

    def merging(self, service: str, version: str) -> KindOf:  # noqa: ARG002 - the protocol's
        """Two values are a clash."""
        return plain
