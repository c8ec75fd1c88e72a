"""From a record to a parcel: the instance's XML by the form engine, its identity, and the files that it names."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from lxml import etree

from fieldapp.actions import Desk, open_form
from fieldapp.clock import FixedClock, moment_of
from fieldapp.errors import StoreError
from fieldapp.records import INSTANCE, Change, Record, canonical
from fieldapp.store import Store
from fieldapp.store.rebase import FILE_VALUE, rebased
from fieldapp.store.remote import TROUBLE
from fieldapp.texts import tr
from sync.openrosa.identity import identified
from sync.openrosa.parcel import Parcel, kept

OUTSTANDING = TROUBLE | {"sealed"}


def packed(desk: Desk, change: Change) -> Parcel:
    """The parcel of a Change that hands a record in: the one that was kept, else a new one, kept.

    FormError or ServiceError when the service's form cannot be used."""
    known = kept(desk.store, change.id)
    if known is not None:
        return known
    fresh = _pack(desk, change)
    for earlier in unanswered(desk.store, change):
        if earlier.content == fresh.content:  # sent again by a person: the server may have this very one
            fresh = replace(earlier, change=change.id)
    return fresh.keep(desk.store)


def unanswered(store: Store, change: Change) -> list[Parcel]:
    """What was sent of this record under other Changes, and never answered for good: the server may have it."""
    others = (entry.change.id for entry in store.history(change.record) if entry.change.id != change.id)
    return [parcel for parcel in (kept(store, id_) for id_ in others) if parcel is not None and parcel.tried]


def as_of(store: Store, change: Change) -> Record:
    """The record as it stood with `change`: the server's, and every Change up to this one that is not settled."""
    city = store.city_record(change.record) or Record(change.record, change.service, change.form_version)
    changes = []
    for entry in store.history(change.record):
        if entry.state in OUTSTANDING:
            changes.append(entry.change)
        if entry.change.id == change.id:
            return rebased(city, changes)
    raise StoreError(tr("This record is not on this laptop."))


def _pack(desk: Desk, change: Change) -> Parcel:
    """The form is opened at the moment of the Change: what it computes from the time is what the person saw."""
    record = as_of(desk.store, change)
    then = replace(desk, clock=FixedClock(moment_of(change.at)))
    xml, identity = identified(
        open_form(then, record).to_xml(), record=record.id, change=change.id, before=record.get(INSTANCE)
    )
    content = hashlib.sha256(canonical(record.answers)).hexdigest()
    return Parcel(change.id, content, identity.instance, identity.deprecated, xml.decode(), _named_files(xml))


def _named_files(xml: bytes) -> tuple[str, ...]:
    """The values that are files, each once, in the order of the form."""
    texts = ((element.text or "").strip() for element in etree.fromstring(xml).iter())
    return tuple(dict.fromkeys(text for text in texts if FILE_VALUE.fullmatch(text)))
