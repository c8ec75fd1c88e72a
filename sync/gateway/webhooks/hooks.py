"""The addresses that are told: added with a secret, listed with how they fare, removed."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fieldapp.clock import new_id
from fieldapp.errors import RefusedError
from fieldapp.texts import tr
from sync.gateway.transactions import CityDatabase
from sync.gateway.webhooks.posting import check

SECRET = "whsec_"  # noqa: S105  how secrets of Standard Webhooks begin
COLUMNS = "id, url, secret, services, private, told_at, failures, failing_since, why, next_at, disabled_at, lost"
ADDED = (
    "INSERT INTO webhook (id, url, secret, services, private, added_at) VALUES (?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (url) DO UPDATE SET secret = excluded.secret, services = excluded.services,"
    " private = excluded.private, failures = 0, failing_since = '', why = '', next_at = '', disabled_at = ''"
    " RETURNING id"
)


@dataclass(frozen=True)
class Hook:
    """An address as it stands now. Times are stamps, "" for never; `why` is a word of `posting` or a status."""

    id: str
    url: str
    secret: str
    services: str
    private: bool
    told_at: str
    failures: int
    failing_since: str
    why: str
    next_at: str
    disabled_at: str
    lost: int
    waiting: int = 0


def add(database: CityDatabase, url: str, services: Sequence[str], *, private: bool, now: str) -> Hook:
    """Tell this address from now on, with a secret that nobody has seen yet. One that is known gets a new secret, is
    enabled again, and is told what waits for it. RefusedError for an address that is not to be told anything."""
    check(url, private=private)
    secret = SECRET + base64.b64encode(secrets.token_bytes(32)).decode()
    values = new_id(), url, secret, " ".join(sorted(set(services))), int(private), now
    with database.write() as tx:
        hook = tx.execute(ADDED, values).fetchone()[0]
        tx.execute("UPDATE webhook_due SET attempts = 0, since = '', due = ? WHERE hook = ?", (now, hook))
    return next(one for one in listed(database) if one.id == hook)


def listed(database: CityDatabase) -> list[Hook]:
    """All of them, in the order of their addition."""
    counts = dict(database.read("SELECT hook, count(*) FROM webhook_due GROUP BY hook"))
    rows = database.read(f"SELECT {COLUMNS} FROM webhook ORDER BY added_at, id")
    return [hook_of(row, counts.get(row[0], 0)) for row in rows]


def hook_of(row: Sequence[Any], waiting: int = 0) -> Hook:
    """The hook of a row of COLUMNS."""
    values: list[Any] = [*row[:4], bool(row[4]), *row[5:], waiting]
    return Hook(*values)


def remove(database: CityDatabase, which: str) -> str:
    """Tell an address (its id or itself) nothing any more; which it was. What waited for it is forgotten.

    RefusedError where there is none."""
    with database.write() as tx:
        found = tx.execute("DELETE FROM webhook WHERE id = ? OR url = ? RETURNING id, url", (which, which)).fetchone()
        if found is None:
            raise RefusedError(tr("No webhook has the id or address “{which}”.", which=which))
        tx.execute("DELETE FROM webhook_due WHERE hook NOT IN (SELECT id FROM webhook)")
    return str(found[1])
