"""A multipart/form-data body that is never whole in memory: its length is known, its parts are read as they are sent.

It can be sent again from its start as often as a sign-in asks for it.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """One part: a field, or a file where it has a `filename`. `read()` gives its content, which has `size` bytes."""

    name: str
    size: int
    read: Callable[[], Iterable[bytes]]
    mime: str = ""
    filename: str = ""

    @classmethod
    def of(cls, name: str, content: bytes, mime: str = "", filename: str = "") -> Part:
        """A part whose content is at hand."""
        return cls(name, len(content), lambda: (content,), mime, filename)

    @property
    def head(self) -> bytes:
        """Its headers, up to its content."""
        lines = [f'Content-Disposition: form-data; name="{_quoted(self.name)}"']
        if self.filename:
            lines[0] += f'; filename="{_quoted(self.filename)}"'
        if self.mime:
            lines.append(f"Content-Type: {self.mime}")
        return ("\r\n".join(lines) + "\r\n\r\n").encode()


class Multipart:
    """The body, as `requests` streams it: something that has a length and can be walked."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self._parts = parts
        self._boundary = secrets.token_hex(16)

    @property
    def content_type(self) -> str:
        """The header that goes with it."""
        return f"multipart/form-data; boundary={self._boundary}"

    def __len__(self) -> int:
        return size_of(self._parts)

    def __iter__(self) -> Iterator[bytes]:
        for part in self._parts:
            yield f"--{self._boundary}\r\n".encode() + part.head
            yield from part.read()
            yield b"\r\n"
        yield f"--{self._boundary}--\r\n".encode()


def size_of(parts: Iterable[Part]) -> int:
    """The length of a body with these parts: each has a line of 32 hex digits before it, and one ends the whole."""
    return sum(len("--\r\n\r\n") + 32 + len(part.head) + part.size for part in parts) + len("----\r\n") + 32


def _quoted(name: str) -> str:
    """A name inside quotes, as HTML's forms write it."""
    return name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
