"""Calendar entries (RFC 5545) of bookings: the file that a resident takes along, and what an inspector's feed shows.

An entry keeps its UID for ever and its SEQUENCE only grows, so that a calendar updates what it has. What is cancelled
stays as cancelled. Times are America/Toronto with the zone's rules in the file. No name and no telephone number is in
any entry; of a service of class P3 or P4 it says nothing but that there is an appointment.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from fieldapp.bookings.slots import Slot
from fieldapp.bookings.speaking import WHOLE_DAY, slot_words
from fieldapp.bookings.standing import CANCELLED, Standing, standing_of
from fieldapp.clock import CITY_ZONE
from fieldapp.errors import RefusedError
from fieldapp.records import LANG, Record
from fieldapp.services import Service
from fieldapp.services.booking import BookingRule
from fieldapp.texts import speaking, tr

if TYPE_CHECKING:
    from icalendar import Event

MAKER = "-//City records//FieldApp//EN"
QUIET = frozenset({"P3", "P4"})  # classes of which an entry says nothing


@dataclass(frozen=True)
class Entry:
    """One entry. Times are in the City's zone; `whole_day` where the hours do not matter."""

    uid: str
    sequence: int
    begins: datetime
    ends: datetime
    title: str
    place: str = ""
    about: str = ""
    cancelled: bool = False
    whole_day: bool = False


def calendar(entries: Iterable[Entry], now: datetime, *, method: str = "PUBLISH", name: str = "") -> bytes:
    """A calendar of these entries, as bytes with CRLF and folded lines."""
    from icalendar import Calendar

    made = Calendar()
    made.add("prodid", MAKER)
    made.add("version", "2.0")
    made.add("method", method)
    if name:
        made.add("x-wr-calname", name)
    for entry in entries:
        made.add_component(_event(entry, now))
    made.add_missing_timezones()
    return bytes(made.to_ical())


def for_resident(record: Record, service: Service, rule: BookingRule, now: datetime) -> bytes:
    """The entry of a record's booking, in the record's language: METHOD PUBLISH, or CANCEL where it is cancelled.

    RefusedError where nothing was ever confirmed: a wish is nobody's appointment."""
    standing = standing_of(record.fields, rule.id)
    if standing is None or standing.slot is None or not (standing.holds or standing.status == CANCELLED):
        raise RefusedError(tr("Nothing is confirmed here yet: there is no appointment to take along."))
    with speaking(record.get(LANG)):
        entry = _of_booking(record, service, rule, standing, standing.slot)
    return calendar([entry], now, method="CANCEL" if entry.cancelled else "PUBLISH")


def title_of(service: Service, words: str, language: str) -> str:
    """What an entry is called: the service's own title and `words`, or nothing but that there is an appointment."""
    if service.privacy.class_ in QUIET:
        return tr("Appointment with the City")
    return " · ".join(part for part in (service.title.text(language), words) if part)


def _of_booking(record: Record, service: Service, rule: BookingRule, standing: Standing, slot: Slot) -> Entry:
    language = record.get(LANG) or "en"
    quiet = service.privacy.class_ in QUIET
    said = [standing.why] if standing.why else []
    if record.reference:
        said.append(tr("The City's number: {number}", number=record.reference))
    return Entry(
        uid=f"{record.id}.{rule.id}@fieldapp",
        sequence=standing.number,
        begins=slot.begins,
        ends=slot.ends,
        title=title_of(service, rule.title.text(language), language),
        place=slot.place_in(language),
        about="" if quiet else "\n".join([slot_words(slot, language), *said]),
        cancelled=standing.status == CANCELLED,
        whole_day=slot.minutes >= WHOLE_DAY,
    )


def _event(entry: Entry, now: datetime) -> Event:
    from icalendar import Event

    made = Event()
    made.add("uid", entry.uid)
    made.add("dtstamp", now)
    made.add("sequence", entry.sequence)
    made.add("summary", entry.title)
    made.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    if entry.whole_day:
        made.add("dtstart", entry.begins.date())
        made.add("dtend", entry.begins.date() + timedelta(days=1))
    else:
        made.add("dtstart", entry.begins.astimezone(CITY_ZONE))
        made.add("dtend", entry.ends.astimezone(CITY_ZONE))
    for name, value in (("location", entry.place), ("description", entry.about)):
        if value:
            made.add(name, value)
    return made
