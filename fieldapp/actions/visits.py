"""A walk-in visit: begin it, say who it is, ask for services, check off papers, finish it. Each a commit of its own.

A visit waits as a draft of its record until it is finished: several wait at once, and a kill takes none of them away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from fieldapp.access import require_role
from fieldapp.actions.desk import Desk
from fieldapp.actions.start import discard, start
from fieldapp.actions.steps import take
from fieldapp.clock import new_id, today
from fieldapp.counter import visit as visits
from fieldapp.counter.person import Known, carried_into, guessed, name_of, people_in, person_in
from fieldapp.counter.visit import Item, Visit, seen_in, visit_of
from fieldapp.errors import RefusedError
from fieldapp.records import ADDRESS, ALIAS, AUTHOR, LANG, STATE, WARD, Record, whole
from fieldapp.store import Query
from fieldapp.texts import language, tr

MOST = 200  # visits that wait
LOOKED_AT = 200  # records that mention what was typed
TICKET_LONGEST = 12
TICKET = re.compile(r"[^\W\d_]{0,3}[ -]?\d{1,6}[^\W\d_]?")  # A12, B-3, 41


def begin_visit(desk: Desk, ticket: str = "", *, lang: str = "") -> Visit:
    """A visit begins, durable at once. AccessError for a role that serves nobody at the counter; RefusedError for a
    ticket longer than TICKET_LONGEST letters."""
    service = desk.catalogue.get(visits.SERVICE)
    require_role(desk.person, service.start_roles, tr("serve at the counter"))
    spoken = lang or language()
    given = {
        STATE: service.first_state,
        ALIAS: desk.store.next_alias(desk.device + desk.lane, today(desk.clock)),
        AUTHOR: desk.person.id,
        LANG: spoken,
        WARD: _ward(desk),
        visits.BEGAN: desk.clock.now().isoformat(timespec="milliseconds"),
        visits.TICKET: _ticket(ticket),
    }
    whole = {path: value for path, value in given.items() if value}
    whole |= {path: value for path, value in service.derived(whole, spoken).items() if value}
    blank = Record(new_id(), service.id, service.form_version)
    return visit_of(desk.commit(blank, whole, creates=True))


def waiting(desk: Desk) -> list[Visit]:
    """This person's visits that are not finished, those that wait longest first."""
    wanted = Query(service=visits.SERVICE, state=visits.WAITING, author=desk.person.id, sort="updated")
    return sorted(map(visit_of, desk.store.find(wanted, MOST)), key=lambda one: one.id)


def the_visit(desk: Desk, visit_id: str) -> Visit:
    """A visit as it stands here. RefusedError where it is not on this laptop."""
    return visit_of(desk.record(visit_id))


def name_ticket(desk: Desk, visit_id: str, ticket: str) -> Visit:
    """Note the ticket's number. RefusedError for a longer one than TICKET_LONGEST letters."""
    record = open_visit(desk, visit_id)
    edits: dict[str, str | None] = {visits.TICKET: _ticket(ticket) or None}
    derived = desk.service_of(record).derived({**record.fields, visits.TICKET: _ticket(ticket)}, record.get(LANG))
    return visit_of(desk.commit(record, {**edits, **derived}))


def speak(desk: Desk, visit_id: str, lang: str) -> Visit:
    """The language in which this resident reads what they get."""
    return visit_of(desk.commit(open_visit(desk, visit_id), {LANG: lang}))


def find_people(desk: Desk, typed: str, limit: int = 8) -> list[Known]:
    """The people that this laptop's records know by what was typed: a name, a number, an address. None for nothing."""
    if not typed.strip():
        return []
    rows = desk.store.search(typed, LOOKED_AT)
    found = desk.store.records([row.n for row in sorted(rows, key=lambda row: row.updated, reverse=True)])
    newest = sorted(found.values(), key=lambda one: one.id, reverse=True)
    return people_in(desk.catalogue, newest, typed)[:limit]


def earlier(desk: Desk, record: Record) -> list[str]:
    """The other records here of the person whom a record is about (same name, and same number or address), newest
    first; none while it names nobody."""
    said = person_in(desk.service_of(record), record)
    found = find_people(desk, name_of(said), LOOKED_AT) if said else []
    same = [one for one in found if record.id in one.records]
    return [each for one in same for each in one.records if each != record.id]


def know(desk: Desk, visit_id: str, record_id: str) -> Visit:
    """Say who it is, by a record that tells; "" takes that back: somebody else, or nobody that must be named. Who is
    known reads what they read the last time."""
    known = desk.store.record(record_id) if record_id else None
    spoken = {LANG: known.get(LANG)} if known is not None and known.get(LANG) else {}
    return visit_of(desk.commit(open_visit(desk, visit_id), {visits.KNOWN_FROM: record_id or None, **spoken}))


def said_of(desk: Desk, visit: Visit) -> dict[str, str]:
    """What is known of the resident: as they said it in this visit last, else as the record says that was chosen."""
    for record in reversed(served(desk, visit)):
        if said := person_in(desk.service_of(record), record):
            return said
    known = desk.store.record(visit.known_from) if visit.known_from else None
    if known is None or known.service not in desk.catalogue:
        return {}
    return person_in(desk.service_of(known), known)


def serve(desk: Desk, visit_id: str, service_id: str, typed: str = "") -> Record:
    """One more service for this resident: a draft that begins with what they said already; where nothing is known,
    with what was `typed` of them. What `start` raises."""
    record = open_visit(desk, visit_id)
    service = desk.catalogue.get(service_id)
    require_role(desk.person, service.start_roles, tr("start “{title}”", title=service.title.text(language())))
    visit, made = visit_of(record), new_id()
    said = carried_into(service, said_of(desk, visit) or guessed(typed))
    # First the visit: killed in between it names a record that never came, which counts for nothing.
    desk.commit(record, _one_more(record, visit, made))
    return start(desk, service_id, prefill=said, lang=record.get(LANG), record_id=made)


def take_up(desk: Desk, visit_id: str, record_id: str) -> Visit:
    """Go on, in this visit, with what the resident asked for before: with its papers, and what it still costs.
    RefusedError for what stands in a visit that waits: that one is gone on with."""
    record = open_visit(desk, visit_id)
    visit, other = visit_of(record), visit_with(desk, record_id)
    if other is not None and other.id != visit_id:
        raise RefusedError(tr("This belongs to a visit that waits. Go on with that one."))
    if visit.item(record_id) is not None:
        return visit
    desk.record(record_id)
    return visit_of(desk.commit(record, _one_more(record, visit, record_id)))


def served(desk: Desk, visit: Visit) -> list[Record]:
    """The records of a visit's services that are on this laptop, in the order in which they were asked for."""
    return list(_served(desk, visit))


def visit_with(desk: Desk, record_id: str) -> Visit | None:
    """The waiting visit of this person to which a record belongs, None for none."""
    return next((one for one in waiting(desk) if one.item(record_id) is not None), None)


def check_off(desk: Desk, visit_id: str, record_id: str, document: str, *, shown: bool) -> Visit:
    """Note that a document of one of the services was shown, or was not. RefusedError for a record of another visit."""
    record = open_visit(desk, visit_id)
    item = _item(visit_of(record), record_id)
    papers = [one for one in item.papers if one != document] + ([document] if shown else [])
    return visit_of(desk.commit(record, {f"{item.path}/item_papers": " ".join(papers) or None}))


def addresses_of(desk: Desk, record_id: str) -> list[str]:
    """The addresses that were named for the resident of a record's visit, the latest first; none outside of one."""
    visit = visit_with(desk, record_id)
    if visit is None:
        return []
    known = desk.store.record(visit.known_from) if visit.known_from else None
    before = [known.id, *earlier(desk, known)] if known is not None and known.service in desk.catalogue else []
    asked = [one.id for one in reversed(served(desk, visit)) if one.id != record_id]
    found = (desk.store.record(one) for one in (*asked, *before))
    return list(dict.fromkeys(one.get(ADDRESS) for one in found if one is not None and one.get(ADDRESS)))


def papers_owed(desk: Desk, visit: Visit) -> list[str]:
    """The papers, by name, that the services of a visit need and nobody has shown."""
    owed = []
    for record in served(desk, visit):
        item, documents = visit.item(record.id), desk.service_of(record).documents
        shown = {*seen_in(documents, record), *(item.papers if item else ())}
        owed += [one.title.text(language()) for one in documents if one.required and one.id not in shown]
    return list(dict.fromkeys(owed))


def finish(desk: Desk, visit_id: str) -> Visit | None:
    """The resident leaves: the visit is sent. One in which nothing was asked for is taken away; None then.

    RefusedError while one of its services is not handed in yet: it is done, or discarded, first."""
    record = open_visit(desk, visit_id)
    visit = visit_of(record)
    found = served(desk, visit)
    if not visit.items and record.rev == 0:
        discard(desk, visit_id)
        return None
    if drafts := [one for one in found if desk.service_of(one).state(one.state).kind == "draft"]:
        title = desk.service_of(drafts[0]).title.text(language())
        raise RefusedError(
            tr("“{title}” is not handed in yet. Finish it or discard it; or let the visit wait.", title=title)
        )
    return visit_of(take(desk, visit_id, visits.FINISH))


def put_aside(desk: Desk, visit_id: str) -> None:
    """The visit waits. One of which nothing is known, that was only begun, leaves nothing behind."""
    record = open_visit(desk, visit_id)
    visit = visit_of(record)
    if record.rev == 0 and not (visit.items or visit.ticket or visit.known_from):
        discard(desk, visit_id)


def open_visit(desk: Desk, visit_id: str) -> Record:
    """The record of a visit that is not finished. RefusedError for one that is."""
    record = desk.record(visit_id)
    if record.state != visits.WAITING:
        raise RefusedError(tr("This visit is finished. Begin a new one."))
    return record


def _one_more(record: Record, visit: Visit, made: str) -> dict[str, str | None]:
    """The edits by which a visit has one more service."""
    number = 1 + max((whole(record.get(one.path)) for one in visit.items), default=0)
    path = f"{visits.ITEM}[i{number}]"
    return {path: str(number), f"{path}/item_record": made}


def _item(visit: Visit, record_id: str) -> Item:
    item = visit.item(record_id)
    if item is None:
        raise RefusedError(tr("This record does not belong to the visit."))
    return item


def _served(desk: Desk, visit: Visit) -> Iterator[Record]:
    for one in visit.items:
        record = desk.store.record(one.record)
        if record is not None and record.service in desk.catalogue:
            yield record


def is_ticket(typed: str) -> bool:
    """Whether it may be a ticket's number: "couch" or a phone number is none."""
    return not typed.strip() or bool(TICKET.fullmatch(typed.strip()))


def _ticket(typed: str) -> str:
    if len(typed.strip()) > TICKET_LONGEST:
        raise RefusedError(tr("A ticket has at most 12 letters and digits."))
    if not is_ticket(typed):
        raise RefusedError(tr("“{text}” is no ticket's number, such as A12 or 41.", text=typed.strip()))
    return typed.strip()


def _ward(desk: Desk) -> str:
    """A ward of this person's, so that what they may reach has the visit: it lies in none."""
    wards = sorted(desk.person.wards)
    return "" if "*" in wards or not wards else wards[0]
