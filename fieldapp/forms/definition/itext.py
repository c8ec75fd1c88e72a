"""The form's texts in its languages, with places for values in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

_UNTRANSLATED = "-"  # what pyxform writes where a translation is missing


@dataclass(frozen=True, slots=True)
class Output:
    """A place in a text that shows the value of an expression."""

    source: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text: plain parts and outputs in turn."""

    parts: tuple[str | Output, ...]

    @property
    def plain(self) -> str:
        """The text with `…` for each output."""
        return "".join(part if isinstance(part, str) else "…" for part in self.parts).strip()

    @property
    def outputs(self) -> tuple[Output, ...]:
        """The places for values."""
        return tuple(part for part in self.parts if isinstance(part, Output))


@dataclass(frozen=True, slots=True)
class Label:
    """A reference to a text: by an itext id, written in place, or the value of an expression."""

    itext: str = ""
    phrase: Phrase | None = None
    source: str = ""


@dataclass(frozen=True)
class Translations:
    """All texts by language and id. `media` holds their pictures and sounds: {(language, id): {kind: file name}}.

    A text's guidance is a text of its own, `id;guidance`; kinds of media are image, big-image, audio and video.
    """

    languages: tuple[str, ...] = ()
    default: str = ""
    texts: Mapping[str, Mapping[str, Phrase]] = field(default_factory=dict)
    media: Mapping[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)

    def chosen(self, language: str) -> str:
        """The form's own name of `language`: `fr` finds `French (fr)`; the default where there is none."""
        return self._own_name(language) or self.default

    def knows(self, language: str) -> bool:
        """Whether the form speaks `language`."""
        return bool(self._own_name(language))

    def _own_name(self, language: str) -> str:
        wanted = language.casefold()
        for name in self.languages:
            if wanted and wanted in {name.casefold(), _code(name)}:
                return name
        return next((name for name in self.languages if wanted and name.casefold().startswith(wanted)), "")

    def phrase(self, name: str, language: str) -> Phrase | None:
        """A text in `language`, in the default language where the translation is missing."""
        phrase = self.texts.get(language, {}).get(name)
        if phrase is None or phrase.parts == (_UNTRANSLATED,):
            return self.texts.get(self.default, {}).get(name, phrase)
        return phrase

    def files(self, name: str, language: str) -> Mapping[str, str]:
        """The files that go with a text, by kind; those of the default language where `language` has none."""
        return {**self.media.get((self.default, name), {}), **self.media.get((language, name), {})}


def _code(name: str) -> str:
    """`English (en)` → `en`."""
    _, bracket, rest = name.rpartition("(")
    return rest.rstrip(") ").strip().casefold() if bracket else ""
