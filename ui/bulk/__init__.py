"""Several records at once: given to people, approved or returned, seen before it is done."""

from ui.bulk.page import BulkPage

__all__ = ["BulkPage"]
