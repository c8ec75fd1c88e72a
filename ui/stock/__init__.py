"""Stock at the counter: what is left at this office, receiving, spoiling and counting it."""

from ui.stock.page import StockPage

__all__ = ["StockPage"]
