"""Sync: what waits, what needs a person, and the proof that laptop and City hold the same."""

from ui.sync_centre.page import SyncPage

__all__ = ["SyncPage"]
