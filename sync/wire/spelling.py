"""Messages as JSON: `encoded` writes one, `decoded` reads and checks one.

Keys that a newer side added are passed over. The ops of a push and the fields of a record are kept whole, so what an
old FieldApp does not know comes back as it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import orjson
from pydantic import TypeAdapter, ValidationError

from fieldapp.errors import ProtocolError
from fieldapp.records import Change, plain
from fieldapp.texts import tr
from sync.bounded import (
    check_bounds,
)
from sync.wire.ops import Op, PushRequest

Message = TypeVar("Message")
_adapters: dict[Any, TypeAdapter[Any]] = {}


class Written(Mapping[str, Any]):
    """An op, or a record's fields, as the database has them: canonical text, which goes out as it is. It is read when
    somebody looks inside."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    def read(self) -> dict[str, Any]:
        """What is written."""
        values: dict[str, Any] = plain(self.text)
        return values

    def __getitem__(self, name: str) -> Any:
        return self.read()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.read())

    def __len__(self) -> int:
        return len(self.read())


@dataclass(frozen=True)
class _Push:
    """PushRequest as it is read: pydantic takes more than twice as long over a Mapping."""

    device: str
    ops: tuple[dict[str, Any], ...]
    epoch: str = ""


def _spelled(value: object) -> object:
    """What JSON has no word for."""
    if isinstance(value, Written):
        return orjson.Fragment(value.text)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, frozenset):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} is no part of a message")


def _adapter(kind: Any) -> TypeAdapter[Any]:
    if kind not in _adapters:
        _adapters[kind] = TypeAdapter(kind)
    return _adapters[kind]


def encoded(message: object) -> bytes:
    """A message as JSON."""
    return orjson.dumps(message, default=_spelled)


def decoded(kind: type[Message], data: bytes, *, strict: bool = False) -> Message:
    """The message that `data` holds; ProtocolError when it is none. `strict`: a number in quotes is no number."""
    try:
        if issubclass(kind, PushRequest):
            came = _adapter(_Push).validate_json(data, strict=strict)
            return kind(came.device, came.ops, came.epoch)
        message: Message = _adapter(kind).validate_json(data, strict=strict)
    except ValidationError as fault:
        raise ProtocolError(tr("This is no message of a records gateway: {why}", why=_first(fault))) from fault
    return message


def remembered(kind: type[Message], kept: str) -> Message | None:
    """The message that this laptop kept; None for nothing, and for what another FieldApp kept there in its own way."""
    try:
        return decoded(kind, kept.encode()) if kept else None
    except ProtocolError:
        return None


def change_in(op: Op) -> Change:
    """The Change that an op holds, every field checked. ProtocolError, with the field's name, when it holds none."""
    try:
        change: Change = _adapter(Change).validate_python(op)
    except ValidationError as fault:
        raise ProtocolError(_first(fault)) from fault
    check_bounds(change)
    return change


def _first(fault: ValidationError) -> str:
    problem = fault.errors(include_input=False, include_url=False)[0]
    return f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}"
