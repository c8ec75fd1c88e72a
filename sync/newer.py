"""Reading replies of a gateway that is newer than this laptop: a row that cannot be read stops no other.

It is handed on as it came (`OddFeedRow`), to be kept, counted, and read by a newer FieldApp.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter, ValidationError

from fieldapp.errors import ProtocolError
from fieldapp.records import canonical, plain
from fieldapp.store import KINDS
from fieldapp.texts import tr
from sync.wire import FeedRow, OddFeedRow, PullReply, decoded

_ROW = TypeAdapter(FeedRow)


def pull_reply(data: bytes) -> PullReply:
    """The reply in `data`. Rows besides a record's keep what is not known here; ProtocolError when it is no reply."""
    try:
        reply = decoded(PullReply, data)
    except ProtocolError as fault:
        return _row_by_row(data, fault)
    plainly = not any(row.kind for page in reply.pages for row in page.rows)
    return reply if plainly else _row_by_row(data, ProtocolError(_no_message("rows")))


def row_of(raw: Any) -> FeedRow:
    """One row. ProtocolError when it does not even say which one of its bucket it is."""
    if not (isinstance(raw, dict) and isinstance(raw.get("id"), str) and isinstance(raw.get("rev"), int)):
        raise ProtocolError(_no_message("id, rev"))
    if raw.get("gone") is True:
        return FeedRow(raw["id"], raw["rev"], gone=True, kind=_text(raw, "kind"), seq=_number(raw, "seq"))
    try:
        row = _ROW.validate_python(raw)
    except ValidationError:
        return _odd(raw, read=False)
    return _odd(raw, read=row.kind in KINDS) if row.kind else row


def _odd(raw: dict[str, Any], *, read: bool) -> OddFeedRow:
    kind, seq = _text(raw, "kind"), _number(raw, "seq")
    return OddFeedRow(raw["id"], raw["rev"], kind=kind, seq=seq, raw=canonical(raw).decode(), read=read)


def _row_by_row(data: bytes, fault: ProtocolError) -> PullReply:
    """The reply without its rows, and each row by itself."""
    try:
        message = plain(data)
        pages = [(list(page["rows"]), {**page, "rows": []}) for page in message["pages"]]
    except (ValueError, TypeError, KeyError):
        raise fault from None
    reply = decoded(PullReply, canonical({**message, "pages": [page for _, page in pages]}))
    rows = [tuple(map(row_of, found)) for found, _ in pages]
    return replace(reply, pages=tuple(replace(page, rows=one) for page, one in zip(reply.pages, rows, strict=True)))


def _text(raw: dict[str, Any], name: str) -> str:
    said = raw.get(name, "")
    return said if isinstance(said, str) else "?"


def _number(raw: dict[str, Any], name: str) -> int:
    said = raw.get(name, 0)
    return said if isinstance(said, int) else 0


def _no_message(why: str) -> str:
    return tr("This is no message of a records gateway: {why}", why=why)
