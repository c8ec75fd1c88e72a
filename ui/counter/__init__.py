"""Counter: what a resident asks for, in their own words; the intake; a receipt that holds without a network."""

from ui.counter.page import CounterPage

__all__ = ["CounterPage"]
