"""A person's calendar as their own calendar program reads it: visits that are planned for them, and slots of theirs.

The address is the secret: it takes no sign-in, which no calendar program could give. It is shown once, kept as a hash,
and dead as soon as it is revoked or its person is withdrawn.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta

from fieldapp.bookings import Slot, standing_of
from fieldapp.bookings.ics import QUIET, Entry, calendar, title_of
from fieldapp.bookings.standing import CANCELLED
from fieldapp.clock import moment_of
from fieldapp.records import ADDRESS, PLANNED, Record, plain
from fieldapp.services import Catalogue, Service
from fieldapp.texts import language, tr
from sync.gateway.bookings.calendar import SLOT_ROWS, slot_of
from sync.gateway.transactions import CityDatabase
from sync.wire import ASSIGNED

PAST, AHEAD = timedelta(days=30), timedelta(days=366)  # what a feed shows
VISIT = timedelta(hours=1)  # of a planned visit that has no slot: nobody said how long it takes
ASSIGNED_ROWS = (
    "SELECT r.id, r.service, r.form_version, r.rev, r.fields FROM member m JOIN record r ON r.id = m.record"
    " WHERE m.bucket = ? AND m.gone = 0"
)
BOOKED_ROWS = (
    "SELECT DISTINCT service, name FROM booking WHERE slot = ? AND status = 'confirmed' ORDER BY service, name"
)


class Feeds:
    """The addresses, and what is read at them."""

    def __init__(self, database: CityDatabase, catalogue: Catalogue) -> None:
        self._database = database
        self._catalogue = catalogue

    def give(self, person: str, now: str) -> str:
        """A new secret for a person's feed, in place of any other. This is the only time that anybody sees it."""
        secret = secrets.token_urlsafe(32)
        self.revoke(person, now)
        with self._database.write() as tx:
            tx.execute("INSERT INTO calendar_address VALUES (?, ?, ?, '')", (_hash(secret), person, now))
        return secret

    def revoke(self, person: str, now: str) -> int:
        """Make a person's address worthless; how many were."""
        sql = "UPDATE calendar_address SET revoked_at = ? WHERE person = ? AND revoked_at = '' RETURNING hash"
        with self._database.write() as tx:
            return len(tx.execute(sql, (now, person)).fetchall())

    def whose(self, secret: str) -> str:
        """Whose feed this is; "" for nobody's, or nobody's any more."""
        sql = "SELECT person FROM calendar_address WHERE hash = ? AND revoked_at = ''"
        found = self._database.read(sql, (_hash(secret),))
        person = str(found[0][0]) if found else ""
        return "" if person and self._withdrawn(person) else person

    def of(self, person: str, now: datetime) -> bytes:
        """The person's calendar, in the language of the request."""
        entries = [*self._visits(person, now), *self._slots(person, now)]
        return calendar(sorted(entries, key=lambda one: (one.begins, one.uid)), now, name=tr("City appointments"))

    def _withdrawn(self, person: str) -> bool:
        sql = "SELECT 1 FROM revocation WHERE person = ? AND lifted_at = ''"
        return bool(self._database.read(sql, (person,)))

    def _visits(self, person: str, now: datetime) -> Iterator[Entry]:
        for id_, service_id, version, rev, fields in self._database.read(ASSIGNED_ROWS, (f"{ASSIGNED}:{person}",)):
            record = Record(id_, service_id, version, rev, plain(fields))
            if service_id in self._catalogue and (entry := self._visit(record, self._catalogue.get(service_id), now)):
                yield entry

    def _visit(self, record: Record, service: Service, now: datetime) -> Entry | None:
        """A planned visit; one whose appointment was cancelled, as cancelled."""
        known = [standing_of(record.fields, rule.id) for rule in service.bookings if rule.plans]
        standing = next((one for one in known if one and one.slot), None)
        slot = standing.slot if standing else None
        off = standing is not None and standing.status == CANCELLED and not record.get(PLANNED)
        begins = _planned(record) or (slot.begins if slot and off else None)
        if begins is None or not now - PAST < begins < now + AHEAD:
            return None
        ends = slot.ends if slot and slot.begins == begins else begins + VISIT
        quiet = service.privacy.class_ in QUIET
        title = title_of(service, record.reference, language())
        place = "" if quiet else record.get(ADDRESS)
        return Entry(f"visit-{record.id}@fieldapp", record.rev, begins, ends, title, place, cancelled=off)

    def _slots(self, person: str, now: datetime) -> Iterator[Entry]:
        """Slots of theirs in which anybody is booked, but for those that are visits of theirs."""
        sql = f"{SLOT_ROWS} WHERE s.person = ? AND s.starts > ? ORDER BY s.starts, s.id"
        for slot in map(slot_of, self._database.read(sql, (person, (now - PAST).strftime("%Y-%m-%dT%H:%M")))):
            if slot.begins < now + AHEAD and (entry := self._slot(slot)):
                yield entry

    def _slot(self, slot: Slot) -> Entry | None:
        booked = [(service, name) for service, name in self._database.read(BOOKED_ROWS, (slot.id,))]
        held = [self._catalogue.get(service) for service, name in booked if not self._plans(service, name)]
        if not held:
            return None
        quiet = any(service.privacy.class_ in QUIET for service in held)
        n = slot.capacity - slot.free
        title = title_of(held[0], "" if quiet else tr("{n} booked", n=n), language())
        place = "" if quiet else slot.place_in(language())
        return Entry(
            f"slot-{slot.id}@fieldapp", n, slot.begins, slot.ends, title, place, cancelled=bool(slot.cancelled)
        )

    def _plans(self, service: str, name: str) -> bool:
        rule = self._catalogue.get(service).booking(name) if service in self._catalogue else None
        return rule is None or rule.plans


def _planned(record: Record) -> datetime | None:
    try:
        return moment_of(record.get(PLANNED))
    except ValueError:
        return None


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode(errors="replace")).digest()
