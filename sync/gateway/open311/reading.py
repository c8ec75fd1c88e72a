"""Requests and their updates as the world may see them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from fieldapp.clock import CITY_ZONE, moment_of, stamp
from fieldapp.records import ADDRESS, DUE, NUMBER, POINT, Record, plain
from fieldapp.services import Catalogue, Service
from fieldapp.services.publishing import may_be_published
from sync.gateway.transactions import LISTED, CityDatabase, listed
from sync.wire import FORMS

SPAN = timedelta(days=90)  # at most, and where nobody says more
MOST = 1000
OPEN, CLOSED = "open", "closed"
AGENCY = "City of Hamilton"


@dataclass(frozen=True)
class Asked:
    """Which requests somebody asks for: by their numbers, or of services (codes), between two moments, in a status."""

    ids: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    first: str = ""  # stamps
    last: str = ""
    status: tuple[str, ...] = ()
    page: int = 1
    size: int = MOST


@dataclass(frozen=True)
class Row:
    """A request with the record behind it."""

    record: Record
    requested: str
    updated: str


def requests(database: CityDatabase, catalogue: Catalogue, asked: Asked, language: str) -> list[dict[str, Any]]:
    """The requests that are asked for, newest first; those of the last 90 days where no time is given."""
    chosen = [one.id for one in _speaking(catalogue) if asked.ids or not asked.codes or one.code in asked.codes]
    found = [
        row for row in _rows(database, asked, chosen) if not asked.status or _status(catalogue, row) in asked.status
    ]
    page = found[(asked.page - 1) * asked.size : asked.page * asked.size]
    return [shown(catalogue.get(row.record.service), row, language) for row in page]


def span(first: datetime | None, last: datetime | None, now: datetime) -> tuple[str, str]:
    """The stamps between which is looked: at most 90 days, the last ones where nothing else is said."""
    if first is None and last is None:
        return stamp(now - SPAN), stamp(now)
    if first is None:
        first = (last or now) - SPAN
    last = min(last or first + SPAN, first + SPAN)
    return stamp(first), stamp(last)


def shown(service: Service, row: Row, language: str) -> dict[str, Any]:
    """One request without anybody in it. What this service does not publish is empty."""
    record = row.record
    states = frozenset(state.id for state in service.states)
    placed = {path for path in (ADDRESS, POINT) if may_be_published(path, "", service.open_data, states)}
    lat, lon, *_ = [*record.get(POINT).split(), None, None] if POINT in placed else (None, None)
    return {
        "service_request_id": record.get(NUMBER),
        "status": CLOSED if record.state in service.done else OPEN,
        "status_notes": next((s.title.text(language) for s in service.states if s.id == record.state), ""),
        "service_name": service.title.text(language),
        "service_code": service.code,
        "description": service.summary.text(language),
        "agency_responsible": AGENCY,
        "service_notice": None,
        "requested_datetime": written(row.requested),
        "updated_datetime": written(row.updated),
        "expected_datetime": _day(record.get(DUE)),
        "address": record.get(ADDRESS) or None if ADDRESS in placed else None,
        "address_id": None,
        "zipcode": None,
        "lat": float(lat) if lat else None,
        "long": float(lon) if lon else None,
        "media_url": None,
    }


def updates(database: CityDatabase, catalogue: Catalogue, first: str, last: str, language: str) -> list[dict[str, Any]]:
    """The steps that were published between two stamps, in their order. All of them: the extension knows no pages, and
    who asks next begins where this ended."""
    sql = (
        "SELECT u.n, u.request, u.state, u.at, u.made, q.service FROM open311_update u JOIN open311_request q"
        f" ON q.id = u.request WHERE u.at >= ? AND u.at <= ? AND q.service IN {LISTED} ORDER BY u.n"
    )
    speaking = listed(one.id for one in _speaking(catalogue))
    found = []
    for n, request, state, at, made, name in database.read(sql, (first, last, speaking)):
        service = catalogue.get(name)
        ended = state in service.done
        told = {
            "update_id": str(n),
            "service_request_id": request,
            "status": CLOSED if ended else OPEN,
            "external_status_code": state,
            "updated_datetime": written(at),
            "description": next((s.title.text(language) for s in service.states if s.id == state), state),
            "extras": {"done_datetime": written(made)},
        }
        found.append(told)
    return found


def changeset(database: CityDatabase) -> str | None:
    """When a service or its questions last changed here: clients that remember them ask again then."""
    found = database.read("SELECT max(at) FROM handout WHERE bucket = ?", (FORMS,))
    return written(found[0][0] or "")


def written(at: str) -> str | None:
    """A stamp as W3C has it, with the City's offset; None for none."""
    try:
        return moment_of(at).isoformat(timespec="seconds")
    except ValueError:
        return None


def _speaking(catalogue: Catalogue) -> list[Service]:
    """The services that the world may follow: a City may have given one up, and still has records of it."""
    return [service for service in catalogue if service.open311]


def _rows(database: CityDatabase, asked: Asked, services: Sequence[str]) -> Iterable[Row]:
    columns = "SELECT r.id, r.service, r.form_version, r.rev, r.fields, q.requested, q.updated FROM open311_request q"
    joined = f"{columns} JOIN record r ON r.id = q.record WHERE "
    if asked.ids:
        sql = f"{joined} q.id IN {LISTED} AND q.service IN {LISTED}"
        found = database.read(sql, (listed(asked.ids), listed(services)))
    else:
        sql = f"{joined} q.requested >= ? AND q.requested <= ? AND q.service IN {LISTED} ORDER BY q.requested DESC"
        found = database.read(sql, (asked.first, asked.last, listed(services)))
    for id_, service, version, rev, fields, requested, updated in found:
        yield Row(Record(id_, service, version, rev, plain(fields)), requested, updated)


def _status(catalogue: Catalogue, row: Row) -> str:
    return CLOSED if row.record.state in catalogue.get(row.record.service).done else OPEN


def _day(due: str) -> str | None:
    if not due:
        return None
    return datetime.fromisoformat(due).replace(tzinfo=CITY_ZONE).isoformat(timespec="seconds")
