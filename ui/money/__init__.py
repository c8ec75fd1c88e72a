"""Money at the counter: the till, taking a payment, the receipt, count and close, the report of the day."""

from ui.money.page import MoneyPage

__all__ = ["MoneyPage"]
