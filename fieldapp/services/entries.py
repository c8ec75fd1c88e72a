"""Entries: one table of a TOML file, read strictly. Each mistake is a ServiceError with the file and the key.

Who loads a service wants the first mistake raised. Who corrects one wants them all: with a list of `faults` each is
noted there, and reading goes on with something blank in its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import rtoml

from fieldapp.errors import Place, ServiceError
from fieldapp.services.texts import Text
from fieldapp.texts import tr

MISSING: Any = object()


class Entries:
    """A TOML table that knows where it stands. What is asked for must be there, in its type, unless a default is
    given; `finish()` refuses keys that nobody asked for, so that a misspelt key is never passed over."""

    def __init__(
        self, values: Mapping[str, Any], file: Path, key: str = "", faults: list[ServiceError] | None = None
    ) -> None:
        self._values = values
        self._file = file
        self._key = key
        self._faults = faults
        self._asked: set[str] = set()
        self._unread: set[str] = set()  # whose values were noted as wrong: nothing more need be said about them

    @classmethod
    def of_file(cls, path: Path, faults: list[ServiceError] | None = None) -> Entries:
        """The whole file. ServiceError when it is missing or no TOML (with the line, where the parser says it)."""
        try:
            return cls(rtoml.loads(path.read_text("utf-8")), path, faults=faults)
        except rtoml.TomlParsingError as error:
            message = tr("cannot be read: {error}", error=error) + ". "
            message += tr('A text stands between straight quotation marks, as in code = "N01".')
            raise ServiceError(message, Place(str(path))) from error
        except (OSError, UnicodeDecodeError) as error:
            raise ServiceError(tr("cannot be read: {error}", error=error), Place(str(path))) from error

    def wrong(self, key: str, message: str) -> None:
        """Say that `key` of this table is wrong. ServiceError, unless faults are noted: then the caller goes on."""
        if key in self._unread:
            return
        fault = ServiceError(message, Place(str(self._file), field=self._at(key)))
        if self._faults is None:
            raise fault
        self._faults.append(fault)

    def text(self, key: str, default: str = MISSING) -> str:
        """A text that is not empty."""
        given = self._values.get(key)
        if type(given) is str and given:  # what is right goes first: a start asks for thousands
            self._asked.add(key)
            return given
        value = self._get(key, str, default)
        if not value and default is MISSING:
            self._blank(key, tr("must not be empty"))
        return str(value)

    def flag(self, key: str) -> bool:
        """true or false; false where it is not given."""
        if key not in self._values:
            self._asked.add(key)
            return False
        return bool(self._get(key, bool, False))

    def number(self, key: str, default: int = MISSING) -> int:
        """A whole number."""
        return int(self._get(key, int, default))

    def texts(self, key: str, default: tuple[str, ...] = MISSING) -> tuple[str, ...]:
        """A list of texts, none of them empty. One text alone counts as a list of one."""
        value = self._get(key, (list, tuple, str), default)
        items = (value,) if isinstance(value, str) else tuple(value)
        if not all(isinstance(item, str) and item for item in items):
            self.wrong(key, tr("must be a list of texts, none of them empty"))
            return tuple(item for item in items if isinstance(item, str) and item)
        return items

    def bilingual(self, key: str) -> Text:
        """A table with `en` and `fr`, neither of them empty."""
        match self._values.get(key):
            case {"en": str(english), "fr": str(french), **rest} if english and french and not rest:
                self._asked.add(key)
                return Text(english, french)
        table = self.table(key)
        text = Text(table.text("en"), table.text("fr"))
        table.finish()
        return text

    def pairs(self, key: str) -> dict[str, str]:
        """A table of texts; an empty one where it is not given."""
        values = self._get(key, dict, {})
        for name, value in values.items():
            if not isinstance(value, str) or not value:
                self.wrong(f"{key}.{name}", tr("must be a text that is not empty"))
        return {name: value for name, value in values.items() if isinstance(value, str) and value}

    def table(self, key: str) -> Entries:
        """The table under `key`. Of one that is missing nothing more is said than that."""
        unsaid = self._faults if isinstance(self._values.get(key), dict) else []
        return Entries(self._get(key, dict, MISSING), self._file, self._at(key), unsaid)

    def tables(self, key: str) -> Iterator[Entries]:
        """The list of tables under `key`, none where it is not given."""
        for position, values in enumerate(self._get(key, list, []), start=1):
            if not isinstance(values, dict):
                self.wrong(f"{key}[{position}]", tr("must be a table"))
            else:
                yield Entries(values, self._file, self._at(f"{key}[{position}]"), self._faults)

    def names(self) -> tuple[str, ...]:
        """The keys of a table whose keys are names."""
        return tuple(self._values)

    def has(self, key: str) -> bool:
        """Whether `key` is given."""
        return key in self._values

    def finish(self) -> None:
        """Refuse what nobody asked for."""
        if self._values.keys() <= self._asked:
            return
        for key in self._values:
            if key not in self._asked:
                known = ", ".join(sorted(self._asked))
                self.wrong(key, tr("is no key of this table; known are: {known}", known=known))

    def _get(self, key: str, kind: type | tuple[type, ...], default: Any) -> Any:
        self._asked.add(key)
        value = self._values.get(key, default)
        if value is MISSING:
            self._blank(key, tr("is missing"))
        elif not isinstance(value, kind) or (isinstance(value, bool) and kind is int):
            words = {"kind": _said(kind), "value": value}
            self._blank(key, tr("must be {kind}, and is {value}", **words))
        else:
            return value
        return (kind[0] if isinstance(kind, tuple) else kind)()

    def _blank(self, key: str, message: str) -> None:
        """`key` has no value that could be read: that is said, and no more."""
        self.wrong(key, message)
        self._unread.add(key)

    def _at(self, key: str) -> str:
        return f"{self._key}.{key}" if self._key else key


def _said(kind: type | tuple[type, ...]) -> str:
    """How the kind of a value is called by who writes one."""
    if kind is str:
        return tr("a text between quotation marks")
    if kind is bool:
        return tr("true or false")
    if kind is int:
        return tr("a whole number without quotation marks")
    return tr("a table") if kind is dict else tr("a list in square brackets")
