"""The lines of the palette for what was found: records, people, addresses, services and pages."""

from __future__ import annotations

from functools import partial

from fieldapp import phones
from fieldapp.counter.person import Known
from fieldapp.errors import ServiceError
from fieldapp.services import Service
from fieldapp.services.referrals import MARK, Referral
from fieldapp.store import Row as StoreRow
from fieldapp.texts import language, plural, tr
from ui.search.find import Find
from ui.session import Navigate, Session
from ui.shell.pages import RAIL, title
from ui.titles import title_of_row
from ui.widgets import Row


def of_record(session: Session, navigate: Navigate, row: StoreRow) -> Find:
    """Opens it."""
    try:
        service = session.catalogue.get(row.service)
        icon, kind = service.icon, service.title.text(language())
    except ServiceError:
        icon, kind = "file-text", row.service
    below = " · ".join(part for part in (row.reference, kind, row.address) if part)
    name = title_of_row(session.desk, row) or row.address or row.reference
    shown = Row(row.id, name, below, icon=icon, trailing=tr("Record"))
    return Find(shown, lambda: navigate("records", record=row.id), below)


def of_person(navigate: Navigate, one: Known) -> Find:
    """Lists all that this laptop has of them."""
    below = " · ".join(part for part in (phones.shown(one.phone), one.email, one.address) if part)
    many = plural(len(one.records), "{n} record", "{n} records")
    row = Row(f"person:{one.records[0]}", one.name, below, icon="user", trailing=many)
    text = f"{one.name} {one.phone}" if one.alike else one.name
    return Find(row, partial(navigate, "records", text=text))


def of_address(navigate: Navigate, name: str, ward: str) -> Find:
    """Looks it up."""
    where = tr("Ward {ward}", ward=ward) if ward else tr("Address")
    row = Row(f"address:{name}", name, icon="map-pin", trailing=where)
    return Find(row, partial(navigate, "lookups", tab="property", address=name))


def of_service(navigate: Navigate, service: Service) -> Find:
    """Begins it."""
    row = Row(f"start:{service.id}", service.title.text(language()), icon=service.icon, trailing=tr("Start"))
    return Find(row, partial(navigate, "counter", service=service.id))


def of_referral(session: Session, one: Referral) -> Find:
    """Says who does it: nothing of it begins here."""
    name = one.title.text(language())
    row = Row(MARK + one.id, name, one.answer, icon="external-link")
    return Find(row, partial(session.say, f"{name}. {one.answer}"))


def of_pages(navigate: Navigate) -> list[Find]:
    """Each page of the rail."""
    return [
        Find(
            Row(f"page:{place.id}", title(place.id), icon=place.icon, trailing=f"Ctrl {number}"),
            partial(navigate, place.id),
            tr("Go to page"),
        )
        for number, place in enumerate(RAIL, start=1)
    ]
