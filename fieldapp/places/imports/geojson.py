"""GeoJSON as a stream of features: a FeatureCollection of any size, or one Feature a line (OpenAddresses).

Only one feature is in memory at a time. Coordinates must be WGS 84 longitude and latitude, as RFC 7946 says; a file
that names another system is refused.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, NoReturn, TextIO

from fieldapp.errors import LayerError, Place
from fieldapp.texts import tr

CHUNK = 1 << 18
LARGEST = 1 << 28  # letters of one feature
_WGS84 = ("CRS84", "EPSG::4326", "EPSG:4326")
_SPACE = " \t\r\n"


@dataclass(frozen=True)
class Feature:
    """One feature with the place where it begins; features count from 1."""

    number: int
    place: Place
    geometry: dict[str, Any]
    properties: dict[str, Any]


def features(stream: TextIO, place: Place) -> Iterator[Feature]:
    """All features of the stream. Raises LayerError with line and column for what is cut or no GeoJSON."""
    text = _Text(stream, place)
    number = 0
    for row, value in _raw_features(text):
        number += 1
        where = replace(place, row=row, field=tr("feature {n}", n=number))
        if not isinstance(value, dict) or value.get("type") != "Feature":
            raise LayerError(tr("This is no GeoJSON feature."), where)
        geometry, properties = value.get("geometry"), value.get("properties")
        yield Feature(
            number,
            where,
            geometry if isinstance(geometry, dict) else {},
            properties if isinstance(properties, dict) else {},
        )
    if number == 0:
        raise LayerError(tr("The file holds no features."), place)


def _raw_features(text: _Text) -> Iterator[tuple[int, Any]]:
    while text.next_sign():
        row = text.row
        members: dict[str, Any] = {}
        text.take("{")
        while text.next_sign() != "}":
            name = text.value()
            text.take(":")
            if name == "features" and text.next_sign() == "[":
                yield from _elements(text)
            elif isinstance(name, str):
                members[name] = text.value()
            if text.next_sign() != ",":
                break
            text.take(",")
        text.take("}")
        _check_crs(members.get("crs"), text.here())
        if members.get("type") != "FeatureCollection":
            yield row, members


def _elements(text: _Text) -> Iterator[tuple[int, Any]]:
    text.take("[")
    while text.next_sign() != "]":
        row = text.row
        yield row, text.value()
        if text.next_sign() != ",":
            break
        text.take(",")
    text.take("]")


def _check_crs(crs: object, place: Place) -> None:
    if crs and not any(name in json.dumps(crs) for name in _WGS84):
        raise LayerError(
            tr("The coordinates are in {crs}; export the layer as WGS 84 (EPSG:4326).", crs=json.dumps(crs)[:120]),
            place,
        )


class _Text:
    """The stream as a window that is read on when a value does not end in it."""

    def __init__(self, stream: TextIO, place: Place) -> None:
        self._stream = stream
        self._place = place
        self._text = ""
        self._at = 0
        self._before = 0  # letters of the present line that are no longer in the window
        self._ended = False
        self._decoder = json.JSONDecoder(parse_constant=self._refuse_constant)
        self.row = 1

    def here(self) -> Place:
        """Where the reading stands."""
        return replace(self._place, row=self.row)

    def next_sign(self) -> str:
        """The next letter that is no space, still unread; "" at the end."""
        while True:
            while self._at < len(self._text):
                sign = self._text[self._at]
                if sign not in _SPACE:
                    return sign
                self.row += sign == "\n"
                self._at += 1
            if not self._more():
                return ""

    def take(self, sign: str) -> None:
        """Read `sign` or refuse the file."""
        found = self.next_sign()
        if not found:
            raise LayerError(tr("The file ends too early: it is cut."), self.here())
        if found != sign:
            raise LayerError(tr("“{sign}” is expected here, not “{found}”.", sign=sign, found=found), self.here())
        self._at += 1

    def value(self) -> Any:
        """The next JSON value."""
        self.next_sign()
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                if self._unfinished(error) and self._more():
                    continue
                self._refuse(error)
            except RecursionError as error:
                raise LayerError(tr("The file is nested too deeply."), self.here()) from error
            except ValueError as error:  # Python reads no number of more than 4,300 digits
                raise LayerError(tr("This is no JSON: {error}.", error=error), self.here()) from error
            if end == len(self._text) and self._more():
                continue  # a number may go on in what was not read yet
            self.row += self._text.count("\n", self._at, end)
            self._at = end
            return value

    def _more(self) -> bool:
        if self._ended or len(self._text) - self._at > LARGEST:
            return False
        try:
            read = self._stream.read(max(CHUNK, len(self._text) - self._at))
        except UnicodeDecodeError as error:
            raise LayerError(tr("The text is not UTF-8. Save the file as UTF-8."), self.here()) from error
        self._ended = not read
        gone = self._text[: self._at]
        self._before = len(gone) - gone.rfind("\n") - 1 if "\n" in gone else self._before + len(gone)
        self._text = self._text[self._at :] + read
        self._at = 0
        return bool(read)

    def _unfinished(self, error: json.JSONDecodeError) -> bool:
        """Whether reading on may help: the fault is at the very end of what was read, or a string has no end yet."""
        return error.pos > len(self._text) - 16 or error.msg.startswith("Unterminated string")

    def _refuse(self, error: json.JSONDecodeError) -> NoReturn:
        row = self.row + self._text.count("\n", self._at, error.pos)
        line = self._text.rfind("\n", 0, error.pos)
        column = error.pos - line + (self._before if line < 0 else 0)
        place = replace(self._place, row=row, column=str(column))
        if self._unfinished(error):
            raise LayerError(tr("The file ends too early: it is cut."), place) from error
        raise LayerError(tr("This is no JSON: {error}.", error=error.msg), place) from error

    def _refuse_constant(self, name: str) -> NoReturn:
        raise LayerError(tr("{name} is no number of JSON.", name=name), self.here())
