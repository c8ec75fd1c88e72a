"""The dashboard of a supervisor: how the work stands, and the City's measures, counted on this laptop."""

from ui.dashboard.page import DashboardPage

__all__ = ["DashboardPage"]
