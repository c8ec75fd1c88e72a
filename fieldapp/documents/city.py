"""The City as its papers name it: resources/documents/city.toml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from fieldapp.paths import resources
from fieldapp.services.entries import Entries
from fieldapp.services.texts import Text


@dataclass(frozen=True)
class City:
    """Whose papers these are, where it is, whom one asks, and what a resident agrees to after it was read back."""

    name: Text
    address: Text
    contact: Text
    agreement: Text


@cache
def city() -> City:
    """The City of resources/documents. ServiceError, with its place, where the file is wrong."""
    entries = Entries.of_file(resources() / "documents" / "city.toml")
    found = City(*(entries.bilingual(name) for name in ("name", "address", "contact", "agreement")))
    entries.finish()
    return found
