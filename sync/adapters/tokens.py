"""Where a request gets its token from: one that never changes, or a sign-in that renews itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class TokenSource(Protocol):
    """Gives the bearer token of one person. Any thread may ask."""

    def token(self) -> str:
        """A token that is good now, as far as this laptop can tell. Raises the SyncError that says why not."""
        ...

    def after_refusal(self, refused: str) -> str:
        """The token to try after the gateway has answered 401 to `refused`; the same one where there is no other."""
        ...


@dataclass(frozen=True)
class FixedToken:
    """A practice account's token: it has no end, and nothing can renew it."""

    text: str

    def token(self) -> str:
        """The token."""
        return self.text

    def after_refusal(self, refused: str) -> str:
        """There is no other."""
        return refused
