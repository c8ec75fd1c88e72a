"""Hand-over: the unsent work of one person in one encrypted file, to be carried by hand."""

from fieldapp.handover.bundle import Bundle, Manifest
from fieldapp.handover.export import export
from fieldapp.handover.taking import Taken, take_in

__all__ = ["Bundle", "Manifest", "Taken", "export", "take_in"]
