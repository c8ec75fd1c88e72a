"""Look-ups: a property or a bus stop from this machine's reference layers, each with its source and date."""

from ui.lookups.page import LookupsPage

__all__ = ["LookupsPage"]
