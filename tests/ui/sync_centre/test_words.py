"""The pill's words for every state."""

from __future__ import annotations

import pytest

from fieldapp.clock import FixedClock
from fieldapp.store import Counts
from sync.status import SyncState, SyncStatus
from ui.sync_centre.words import pill_words

QUIET, BUSY, TROUBLED = Counts(0, 0, 0), Counts(3, 1, 0), Counts(2, 0, 1)
TODAY = "2026-11-23T19:02:00.000Z"


@pytest.mark.parametrize(
    ("state", "counts", "words", "kind"),
    [
        ("offline", BUSY, "Offline · 3 waiting · all saved here", "warn"),
        ("offline", QUIET, "Offline · all saved here", "warn"),
        ("offline", TROUBLED, "Offline · 2 waiting · 1 needs you · all saved here", "warn"),
        ("idle", QUIET, "Up to date · 14:02", "ok"),
        ("idle", BUSY, "3 waiting · all saved here", "pri"),
        ("idle", TROUBLED, "1 needs you", "bad"),
        ("sending", BUSY, "Sending 2 of 3", "pri"),
        ("sign_in", BUSY, "Sign in again to send", "warn"),
        ("upgrade", BUSY, "Update FieldApp to send", "bad"),
    ],
)
def test_the_pill_says_it_in_words(state: str, counts: Counts, words: str, kind: str) -> None:
    assert pill_words(SyncStatus(SyncState(state), last_ok=TODAY, total=3, sent=1), counts, FixedClock()) == (
        words,
        kind,
    )


def test_without_a_worker_it_is_offline() -> None:
    assert pill_words(None, QUIET, FixedClock()) == ("Offline · all saved here", "warn")
