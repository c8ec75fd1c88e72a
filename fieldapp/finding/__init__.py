"""Finding things by everyday words: services, and what the program does. In English or French, whichever is typed."""

from fieldapp.finding.index import Found, Index
from fieldapp.finding.told import Told, everyday

__all__ = ["Found", "Index", "Told", "everyday"]
