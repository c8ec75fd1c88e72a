"""Today: an inspector's visits by time and place, what is known about the next one, and a map that needs no network."""

from ui.today.page import TodayPage

__all__ = ["TodayPage"]
