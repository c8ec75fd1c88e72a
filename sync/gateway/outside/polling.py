"""Hearing of what was handed on: statuses and updates of the server, each once; and telling it of our own steps."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from fieldapp.clock import CITY_ZONE, Clock, moment_of, stamp
from fieldapp.outside import CLOSED, Word
from fieldapp.records import CITY
from fieldapp.services import Catalogue
from sync.adapters import georeport
from sync.adapters.georeport import Item
from sync.adapters.open311 import DeniedError, Open311Client, w3c
from sync.gateway.citys import locked
from sync.gateway.outside import saying
from sync.gateway.outside.noting import KNOWN
from sync.gateway.outside.queue import wait
from sync.gateway.outside.servers import OutsideServer
from sync.gateway.outside.writing import Heard, write
from sync.gateway.transactions import LOCKED, CityDatabase, Transaction

log = logging.getLogger(__name__)
EVERY = timedelta(minutes=5)
AFTER_CLOSE = timedelta(days=14)  # for which a closed one is still asked for: it may be opened again
AT_ONCE, ONE_BY_ONE = 50, 20  # ids in one question; questions for those that were left out
OVERLAP = timedelta(hours=2)  # a server may publish an update with an earlier time
LONGEST_STATUS = 100  # letters
TELLINGS = 5  # refusals after which an update is told no more
KNOWN_ONES = (
    f"SELECT record, number, ref, status, notes FROM outside_request WHERE server = ? AND state = '{KNOWN}'"
    " AND (status <> ? OR changed_at > ?) ORDER BY record"
)
NEXT_UPDATE = (
    "SELECT u.n, u.id, u.record, u.status, u.words, u.at, u.attempts, q.number, q.service FROM outside_update u"
    f" JOIN outside_request q ON q.record = u.record WHERE u.server = ? AND u.due <= ? AND q.state = '{KNOWN}'"
    f" ORDER BY u.n LIMIT 1 {LOCKED}"
)

Row = tuple[str, str, str, str, str]  # record, number there, ref, status, notes


class Polling:
    """Asks one server, and tells it."""

    def __init__(
        self, database: CityDatabase, catalogue: Catalogue, clock: Clock, server: OutsideServer, client: Open311Client
    ) -> None:
        self._database = database
        self._catalogue = catalogue
        self._clock = clock
        self._server = server
        self._client = client

    def poll(self) -> None:
        """What is new of all requests, where it is time to ask."""
        now = self._clock.now()
        if self._server.polled_at and now - moment_of(self._server.polled_at) < EVERY:
            return
        with self._database.write() as tx:  # first: what it refuses is not asked again at once
            tx.execute("UPDATE outside_server SET polled_at = ? WHERE name = ?", (stamp(now), self._server.name))
        since = stamp(now - AFTER_CLOSE)
        rows: list[Row] = [(*row,) for row in self._database.read(KNOWN_ONES, (self._server.name, CLOSED, since))]
        for start in range(0, len(rows), AT_ONCE):
            self._statuses(rows[start : start + AT_ONCE])
        if self._server.updates and rows:
            self._updates(now)

    def tell(self) -> bool:
        """The next update that the server is to have; whether there was one."""
        now = stamp(self._clock.now())
        sql = "SELECT 1 FROM outside_update WHERE server = ? AND due <= ? LIMIT 1"
        if not self._database.read(sql, (self._server.name, now)):
            return False
        with self._database.write() as tx:
            if not self._server.updates:
                tx.execute("DELETE FROM outside_update WHERE server = ?", (self._server.name,))
                return False
            row = tx.execute(NEXT_UPDATE, (self._server.name, now)).fetchone()
            if row is None:
                return False
            n, id_, _, status, words, at, attempts, number, service = row
            again = wait(self._clock, attempts + 1)
            tx.execute("UPDATE outside_update SET attempts = ?, due = ? WHERE n = ?", (attempts + 1, again, n))
        self._tell(n, id_, self._update(id_, number, service, status, words, at), attempts + 1)
        return True

    def _update(self, id_: str, number: str, service: str, status: str, words: str, at: str) -> saying.Parts:
        rule = self._catalogue.get(service).forward if service in self._catalogue else None
        return [
            ("update_id", id_),
            ("service_request_id", number),
            ("status", status.upper()),
            ("updated_datetime", w3c(moment_of(at))),
            ("description", words),
            *([("service_code", rule.code)] if rule else []),
        ]

    def _tell(self, n: int, id_: str, parts: saying.Parts, attempts: int) -> None:
        """Tell it; what it was given there is ours, and no news when it comes back."""
        names = [id_]
        try:
            names.append(self._client.post_update(parts).id)
        except DeniedError as fault:
            if attempts < TELLINGS:
                return
            log.warning("open311 server %s took no update: %s", self._server.name, fault)
        with self._database.write() as tx:
            tx.execute("DELETE FROM outside_update WHERE n = ?", (n,))
            self._know(tx, [name for name in names if name])

    def _statuses(self, rows: list[Row]) -> None:
        by_number = {number: row for row in rows for number in (row[1], _bare(row[1]))}
        found = self._client.requests(service_request_id=",".join(row[1] for row in rows))
        seen = set()
        for item in [*found, *self._left_out(rows, found)]:
            number = georeport.text(item.get("service_request_id"))
            row = by_number.get(number)  # a number that was read as one has lost its zeros
            if row and row[0] not in seen:
                seen.add(row[0])
                self._status(row, item)

    def _left_out(self, rows: Iterable[Row], found: Iterable[Item]) -> Iterator[Item]:
        """Those of which a server says nothing when it is asked for several: by themselves."""
        told = {georeport.text(item.get("service_request_id")) for item in found}
        missing = [row[1] for row in rows if not {row[1], _bare(row[1])} & told]
        turn = int(self._clock.now().timestamp() // EVERY.total_seconds()) * ONE_BY_ONE % max(len(missing), 1)
        for number in (missing[turn:] + missing[:turn])[:ONE_BY_ONE]:  # others each time
            if item := self._client.request(number):
                yield item

    def _status(self, row: Row, item: Item) -> None:
        record, _, ref, status, notes = row
        if not self._server.echoes and any(saying.mark(ref) in said or said == ref for said in georeport.texts(item)):
            self._echoes()
        new = _said_of(item) or status
        told = georeport.text(item.get("status_notes"))
        if (new, told) == (status, notes):
            return
        now = stamp(self._clock.now())
        at = _at(georeport.text(item.get("updated_datetime"))) or now
        silent = self._server.updates or (new == status and not told)  # its updates say more
        word = None if silent else Word(self._server.title, at, new, told)
        with self._database.write(CITY) as tx:
            locked(tx, record)
            sql = "UPDATE outside_request SET status = ?, notes = ?, changed_at = ? WHERE record = ?"
            tx.execute(sql, (new, told, now, record))
            heard = Heard(f"{self._server.name}/{ref}/{new}/{told}/{at}", status=new, word=word)
            write(tx, self._catalogue, record, heard, now)

    def _updates(self, now: datetime) -> None:
        since = moment_of(self._server.heard_to) - OVERLAP if self._server.heard_to else now - timedelta(days=89)
        ours = dict(
            self._database.read("SELECT number, record FROM outside_request WHERE server = ?", (self._server.name,))
        )
        ours |= {_bare(number): record for number, record in ours.items()}
        sql = "SELECT id FROM outside_heard WHERE server = ?"
        known = {id_ for (id_,) in self._database.read(sql, (self._server.name,))}
        for item in self._client.updates(max(since, now - timedelta(days=89)), now):
            id_ = georeport.text(item.get("update_id"))
            record = ours.get(georeport.text(item.get("service_request_id")))
            if id_ and record and id_ not in known:
                known.add(id_)
                self._heard(id_, record, item)
        with self._database.write() as tx:
            tx.execute("UPDATE outside_server SET heard_to = ? WHERE name = ?", (stamp(now), self._server.name))

    def _heard(self, id_: str, record: str, item: Item) -> None:
        now = stamp(self._clock.now())
        status = _said_of(item)
        at = _at(georeport.text(item.get("updated_datetime"))) or now
        word = Word(self._server.title, at, status, georeport.text(item.get("description")))
        with self._database.write(CITY) as tx:
            locked(tx, record)
            self._know(tx, [id_])
            write(
                tx, self._catalogue, record, Heard(f"{self._server.name}/update/{id_}", status=status, word=word), now
            )

    def _know(self, tx: Transaction, ids: Iterable[str]) -> None:
        sql = "INSERT INTO outside_heard (server, id) VALUES (?, ?) ON CONFLICT DO NOTHING"
        tx.executemany(sql, [(self._server.name, id_) for id_ in ids])

    def _echoes(self) -> None:
        with self._database.write() as tx:
            tx.execute("UPDATE outside_server SET echoes = 1 WHERE name = ?", (self._server.name,))


def _said_of(item: Item) -> str:
    """The status that it has there. It goes onto the record and all laptops, so that a strange one is cut."""
    return georeport.text(item.get("status")).casefold()[:LONGEST_STATUS]


def _bare(number: str) -> str:
    """An id as somebody has it who took it for a number."""
    return number.lstrip("0") or "0"


def _at(text: str) -> str:
    """A moment as a server wrote it, as a stamp; "" for what is none."""
    try:
        found = datetime.fromisoformat(text)
        return stamp(found if found.tzinfo else found.replace(tzinfo=CITY_ZONE))
    except (ValueError, OverflowError):
        return ""
