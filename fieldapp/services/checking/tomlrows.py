"""On which row of service.toml a key stands: `transitions[3].title.fr`, `clocks.answer.from`, `privacy.sensitive`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_HEADER = re.compile(r"\s*\[{1,2}\s*([^\[\]]+?)\s*\]{1,2}\s*(#.*)?")
_PART = re.compile(r"([^\[\]]+)(?:\[(\d+)\])?")


class TomlRows:
    """The rows of one file, which need not be without faults."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()

    def of(self, key: str) -> int | None:
        """The row of a key, counted from 1; else that of the table that it belongs to; None where nothing is found."""
        parts = key.split(".")
        for length in range(len(parts), -1, -1):
            for start, end in self._tables(parts[:length]):
                found = self._within(start, end, parts[length:])
                if found or start:
                    return found or start
        return None

    def _tables(self, parts: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Where the table of this name begins and ends; the top of the file for no parts. Rows count from 1."""
        headers = [(row, match[1]) for row, line in enumerate(self._lines, 1) if (match := _HEADER.fullmatch(line))]
        ends = [row for row, _ in headers[1:]] + [len(self._lines) + 1]
        if not parts:
            yield 0, headers[0][0] if headers else len(self._lines) + 1
            return
        spans = [(row, end) for (row, name), end in zip(headers, ends, strict=True) if name == _bare(parts)]
        number = _number(parts)
        if number:
            yield from spans[number - 1 : number]
        elif len(parts) > 1 and (named := self._named(headers, ends, parts)):
            yield from named
        else:
            yield from spans[:1]

    def _named(
        self, headers: Sequence[tuple[int, str]], ends: Sequence[int], parts: Sequence[str]
    ) -> list[tuple[int, int]]:
        """`clocks.answer`: the one of several tables that has this id."""
        wanted = re.compile(rf"\s*id\s*=\s*[\"']{re.escape(parts[-1])}[\"']")
        spans = [(row, end) for (row, name), end in zip(headers, ends, strict=True) if name == _bare(parts[:-1])]
        return [(start, end) for start, end in spans if any(map(wanted.match, self._lines[start : end - 1]))]

    def _within(self, start: int, end: int, parts: Sequence[str]) -> int | None:
        """The row between that sets the key, whole or as its table."""
        for length in range(len(parts), 0, -1):
            name = r"\s*\.\s*".join(rf"[\"']?{re.escape(part)}[\"']?" for part in parts[:length])
            setting = re.compile(rf"\s*{name}\s*[=.]")
            for row in range(start + 1, end):
                if setting.match(self._lines[row - 1]):
                    return row
        return None


def _bare(parts: Sequence[str]) -> str:
    return ".".join(part.partition("[")[0] for part in parts)


def _number(parts: Sequence[str]) -> int:
    match = _PART.fullmatch(parts[-1])
    return int(match[2]) if match and match[2] else 0
