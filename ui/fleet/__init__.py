"""The fleet of a supervisor: how each laptop stands, as the City heard of it last."""

from ui.fleet.page import FleetPage

__all__ = ["FleetPage"]
