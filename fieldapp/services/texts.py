"""Text: something people read, in both languages, as service folders and reference tables give it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """One text in English and French. Neither may be empty: the loader sees to it."""

    en: str
    fr: str

    def text(self, language: str) -> str:
        """The text in `language`; any language but French reads English."""
        return self.fr if language == "fr" else self.en
