"""A form that a resident filled in any PDF reader: what stands in its fields, as answers of its service."""

from fieldapp.documents.filled.answering import Aside, Taken, taken
from fieldapp.documents.filled.reading import MOST_BYTES, Filled, read_filled

__all__ = ["MOST_BYTES", "Aside", "Filled", "Taken", "read_filled", "taken"]
