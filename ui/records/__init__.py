"""Records: the table of everything on this laptop, and the view of one record."""

from ui.records.page import RecordsPage
from ui.records.view import RecordView

__all__ = ["RecordView", "RecordsPage"]
