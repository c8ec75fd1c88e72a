"""The message about a service that was published."""

from __future__ import annotations

from dataclasses import dataclass

from sync.bounded import Word


@dataclass(frozen=True)
class PublishedService:
    """A service that the City took, and the version of its form by which records name it."""

    service: Word
    form_version: Word
