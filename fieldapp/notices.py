"""Notices: what came back to somebody, what was given to them, what waits too long. Read from the records themselves.

There is no second list of events: a notice is there as long as its record stands so, and is read or not. What was read
is kept in the store; when a record leaves that state the note goes too, so that a second return is a notice of its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from fieldapp.access import REVIEWERS, has_role
from fieldapp.actions import Desk
from fieldapp.clock import today
from fieldapp.services import workflow
from fieldapp.store import Place, Query, Row

READ = "notices.read"  # setting: the keys of notices that were read
RETURNED, REFUSED, GIVEN, LATE = "returned", "refused", "given", "late"
MOST = 200  # of one kind


@dataclass(frozen=True)
class Notice:
    """One record that wants its person. `kind` is one of returned, refused, given, late."""

    kind: str
    row: Row
    read: bool = False

    @property
    def key(self) -> str:
        """What it is told apart by."""
        return f"{self.kind}:{self.row.id}"


def notices(desk: Desk) -> list[Notice]:
    """All that stand now, the unread ones first, each kind newest first. It may be called in any thread."""
    read = _read(desk)
    found = [replace(one, read=one.key in read) for one in _standing(desk)]
    return sorted(found, key=lambda one: one.read)


def mark_read(desk: Desk, keys: set[str]) -> None:
    """Note durably that these were read; what stands no more is forgotten."""
    standing = {one.key for one in _standing(desk)}
    _keep(desk, (_read(desk) | keys) & standing)


def forget_gone(desk: Desk, shown: list[Notice]) -> None:
    """Forget what was read of records that do not stand so any more. At the very first time, what was given before
    this laptop knew of notices counts as read."""
    standing = {one.key for one in shown}
    if not desk.store.setting(READ):
        _keep(desk, {one.key for one in shown if one.kind == GIVEN})
    elif _read(desk) - standing:
        _keep(desk, _read(desk) & standing)


def field_of(desk: Desk, notice: Notice) -> Mapping[str, str]:
    """Where in the form the City's refusal is about: `field` and `why`; nothing for other notices."""
    if notice.kind != REFUSED:
        return {}
    refused = next((one for one in desk.store.history(notice.row.id) if one.state == "rejected"), None)
    return {"field": refused.path, "why": refused.message} if refused is not None and refused.path else {}


def _standing(desk: Desk) -> Iterator[Notice]:
    me = desk.person.id
    yield from _of(desk, REFUSED, Query(places=(Place.ATTENTION,)))
    mine = Query(state_kinds=("returned",), author=me), Query(state_kinds=("returned",), assignee=me)
    met: set[str] = set()
    for query in mine:
        for one in _of(desk, RETURNED, query):
            if one.row.id not in met and not _anothers(desk, one.row):
                met.add(one.row.id)
                yield one
    for one in _of(desk, GIVEN, Query(state_kinds=("open",), assignee=me)):
        if one.row.author != me:
            yield one
    if has_role(desk.person, REVIEWERS):
        day = today(desk.clock).isoformat()
        waiting = Query(state_kinds=("review",), sort="due", descending=False)
        for one in _of(desk, LATE, waiting):
            if one.row.due and one.row.due < day and one.row.author != me:
                yield one


def _anothers(desk: Desk, row: Row) -> bool:
    """Whether what I began goes back to the person who holds it, as a visit that I planned for them."""
    me, record = desk.person.id, desk.store.record(row.id)
    return record is not None and me != row.assignee and me not in workflow.authors(record)


def _of(desk: Desk, kind: str, query: Query) -> list[Notice]:
    rows = desk.store.rows(desk.store.ids(query)[:MOST])
    return [Notice(kind, row) for row in rows]


def _read(desk: Desk) -> set[str]:
    return set(json.loads(desk.store.setting(READ) or "[]"))


def _keep(desk: Desk, keys: set[str]) -> None:
    desk.store.keep_setting(READ, json.dumps(sorted(keys)))
