"""How far a record has come, as it is shown beside it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Proof:
    """A record's proof of safe-keeping: how far its newest Change has come. Times are stamps, "" while not so far."""

    saved_at: str
    sent_at: str
    received_at: str
    applied_at: str
    reference: str
    state: str  # open, sealed, or the status of the City's answer; "city" for a record that came from the City
    files: int = 0  # that the record names
    files_stored: int = 0  # of them, that the City has whole
    files_damaged: int = 0  # of them, that cannot be read here and are not with the City

    @property
    def complete(self) -> bool:
        """Whether the City has all of it: the newest Change, and every file."""
        return bool(self.applied_at or self.state == "city") and self.files_stored == self.files
