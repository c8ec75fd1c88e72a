"""Handing one request on. GeoReport knows no way to say the same thing twice, so that nothing is posted again before it
was looked for; README.md has the table of what an answer means."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from fieldapp.clock import Clock, moment_of, stamp
from fieldapp.errors import FormError, ServiceError, SignInError, SyncError
from fieldapp.outside import CANCELLED, OPEN, Word
from fieldapp.records import CITY, STATE, plain
from fieldapp.services import Catalogue, Service
from fieldapp.sniffing import mime_of
from fieldapp.texts import tr
from sync.adapters import georeport
from sync.adapters.georeport import Given
from sync.adapters.open311 import CrowdedError, DeniedError, Open311Client, Pictures, UnreachedError, w3c
from sync.gateway.citys import locked
from sync.gateway.filestore import FileStore
from sync.gateway.outside import saying
from sync.gateway.outside.noting import DOUBT, DROPPED, KNOWN, POSTED, REFUSED, TOKEN, WAITING
from sync.gateway.outside.queue import Queue, Waiting
from sync.gateway.outside.servers import OutsideServer
from sync.gateway.outside.writing import Heard, write
from sync.gateway.transactions import CityDatabase

log = logging.getLogger(__name__)
DENIALS = 5  # refusals before it is one: a server says 400 also while what is behind it does not answer
SETTLED = timedelta(hours=1)  # after the last attempt, what is made there is seen there
DOUBTED = timedelta(hours=24)  # after which a person is asked
FILES = timedelta(hours=24)  # that pictures may take to come from a laptop
SKEW = timedelta(hours=1)  # between two servers' clocks
MOST_PICTURES, LARGEST = 5, 8 << 20
NOT_SENT = (UnreachedError, CrowdedError, SignInError)


class Sending:
    """Hands on to one server. SyncErrors that concern the server, not the request, are raised when all is noted."""

    def __init__(
        self,
        database: CityDatabase,
        catalogue: Catalogue,
        clock: Clock,
        server: OutsideServer,
        client: Open311Client,
        files: FileStore,
    ) -> None:
        self._database = database
        self._catalogue = catalogue
        self._files = files
        self._clock = clock
        self._server = server
        self._client = client
        self._queue = Queue(database, clock, server)

    def one(self) -> bool:
        """The next one that is due; whether there was one."""
        one = self._queue.claim()
        if one is None:
            return False
        if one.state == TOKEN:
            self._ask_token(one)
        elif one.state == POSTED and (one.taken or not self._server.repeats):
            self._look(one)
        else:
            self._post(one)
        return True

    def _post(self, one: Waiting) -> None:
        """Send it; before the answer it counts as sent."""
        try:
            parts, pictures = self._said(one)
        except (FormError, ServiceError, SyncError) as fault:
            self._queue.put(replace(one, attempts=one.attempts - 1), str(fault))
            return
        if not saying.has_place(parts):
            self._end(one, REFUSED, tr("The record has no place: the server takes no request without one."))
            return
        if one.state == WAITING and self._called_off(one):
            self._end(one, DROPPED, tr("It was called off before the server had it."))
            return
        sent = self._queue.posting(one)
        try:
            given = self._client.post(parts, pictures, sent.record)
        except DeniedError as fault:
            self._denied(sent, fault)
        except NOT_SENT as fault:
            self._queue.put(replace(sent, state=one.state, attempts=one.attempts - 1), str(fault))
            raise
        except SyncError as fault:  # whether it is there, nobody knows
            self._queue.put(replace(sent, unsure=True), str(fault))
            raise
        else:
            self._given(sent, given)

    def _said(self, one: Waiting) -> tuple[saying.Parts, Pictures]:
        service = self._catalogue.get(one.service)
        if service.forward is None:
            raise ServiceError(tr("The service hands nothing on any more."))
        pictures = list(self._pictures(service, one)) if self._server.pictures else []
        return saying.parts_of(service, service.forward, one.ref, one.answers), pictures

    def _called_off(self, one: Waiting) -> bool:
        """Whether the record has come to a state meanwhile of which the server would be told as cancelled."""
        rule = self._catalogue.get(one.service).forward
        found = self._database.read("SELECT fields FROM record WHERE id = ?", (one.record,))
        state = plain(found[0][0]).get(STATE, "") if found else ""
        return rule is not None and rule.statuses.get(state) == CANCELLED

    def _pictures(self, service: Service, one: Waiting) -> Iterator[tuple[str, bytes, str]]:
        """The pictures that have come. SyncError while they may still come: it waits for them, a day at most."""
        photos = service.forward.paths.get("photos") if service.forward else None
        named = [value for path, value in sorted(one.answers.items()) if photos and path.startswith(f"{photos}[")]
        wanted = [value for value in named if len(value.partition(".")[0]) == 64][:MOST_PICTURES]
        for value in wanted:
            status = self._files.status(value.partition(".")[0])
            if status.complete and status.offset > LARGEST:
                log.warning("open311 server %s: a picture of %s is too large", self._server.name, one.ref)
            elif status.complete:
                data = self._files.read(status.sha256, 0, LARGEST)
                yield value[-12:], data, mime_of(data) or "application/octet-stream"
            elif self._clock.now() - moment_of(one.handed_at) < FILES:
                raise SyncError(tr("Its pictures have not come from the laptop yet."))

    def _given(self, one: Waiting, given: Given) -> None:
        if given.id:
            self._known(one, given.id, given.notice)
        elif given.token:
            with self._database.write() as tx:
                tx.execute("UPDATE outside_request SET token = ? WHERE record = ?", (given.token, one.record))
            self._queue.put(replace(one, state=TOKEN, attempts=0, taken=True))
        else:  # it is there, and has no id yet: it is found by our number
            self._queue.put(replace(one, taken=True), tr("The server gave it no id yet."))

    def _denied(self, one: Waiting, fault: DeniedError) -> None:
        """Nothing was made now. Where an earlier answer was lost, or it has the same already, it is looked for."""
        if fault.duplicate:
            self._queue.put(replace(one, taken=True), str(fault))
        elif one.unsure and not self._server.repeats:
            self._queue.put(one, str(fault))
        elif one.attempts < DENIALS:
            self._queue.put(replace(one, state=WAITING, unsure=False), str(fault))
        else:
            self._end(one, REFUSED, str(fault))

    def _ask_token(self, one: Waiting) -> None:
        if number := self._client.token(one.token):
            self._known(one, number)
        elif self._clock.now() - moment_of(one.tried_at) >= DOUBTED:
            self._queue.put(replace(one, state=POSTED), tr("The server never gave it an id."))

    def _look(self, one: Waiting) -> None:
        """Whether it is there. Not found counts only where the server shows our number, and had time to."""
        service = self._catalogue.get(one.service)
        asked = {"service_code": service.forward.code} if service.forward else {}
        now, first = self._clock.now(), moment_of(one.posted_at) - SKEW
        first = max(first, now - timedelta(days=89))
        found, whole = self._client.listed(**asked, start_date=w3c(first), end_date=w3c(now + SKEW))
        for item in found:
            number = georeport.text(item.get("service_request_id"))
            if number and any(saying.mark(one.ref) in said or said == one.ref for said in georeport.texts(item)):
                self._known(one, number)
                return
        waited = now - moment_of(one.tried_at)
        if whole and self._server.echoes and waited >= SETTLED and not one.taken:
            self._post(one)
        elif waited >= (2 * DOUBTED if one.token else DOUBTED):
            words = tr("It is not known whether the server has this request: its answer was lost. Please ask there.")
            self._end(one, DOUBT, words)

    def _known(self, one: Waiting, number: str, notice: str = "") -> None:
        """The server has it, under this number."""
        now = stamp(self._clock.now())
        word = Word(self._server.title, now, "", notice) if notice else None
        with self._database.write(CITY) as tx:
            locked(tx, one.record)
            own = "state = ?, number = ?, status = ?, why = '', changed_at = ?, answers = '{}'"
            tx.execute(f"UPDATE outside_request SET {own} WHERE record = ?", (KNOWN, number, OPEN, now, one.record))
            heard = Heard(f"{self._server.name}/{one.ref}/notice", self._server.title, number, OPEN, word)
            write(tx, self._catalogue, one.record, heard, now)

    def _end(self, one: Waiting, state: str, words: str) -> None:
        """No more is tried: people read why on the record."""
        now = stamp(self._clock.now())
        with self._database.write(CITY) as tx:
            locked(tx, one.record)
            sql = "UPDATE outside_request SET state = ?, why = ? WHERE record = ?"
            tx.execute(sql, (state, words, one.record))
            word = Word(self._server.title, now, "", words)
            heard = Heard(f"{self._server.name}/{one.ref}/{state}/{now}", self._server.title, "", state, word)
            write(tx, self._catalogue, one.record, heard, now)
        log.warning("open311 server %s: request %s is %s", self._server.name, one.ref, state)
