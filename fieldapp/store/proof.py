"""How far a record has come, as it is shown beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fieldapp.records import Record
from fieldapp.store.journal import WITHDRAWN, Entry


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


def proof_of(record: Record | None, history: Sequence[Entry], files: tuple[int, int, int]) -> Proof:
    """How far the newest Change has come that stands; what was given up says nothing. Where somebody else changed the
    record since, it is with the City. `files`: how many it names, of them stored and damaged."""
    reference = record.reference if record else ""
    last = next((one for one in reversed(history) if one.state != WITHDRAWN), None)
    newer = last is not None and last.applied_at and record is not None and record.rev > last.rev
    if last is None or newer:
        return Proof("", "", "", "", reference, "city" if record else "", *files)
    return Proof(last.saved_at, last.sent_at, last.received_at, last.applied_at, reference, last.state, *files)
