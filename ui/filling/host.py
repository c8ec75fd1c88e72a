"""What the form editor needs of the desk: durable answers, files, addresses. The editor itself knows no store."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from fieldapp.actions import answer, attach
from fieldapp.actions.bookings import open_slots
from fieldapp.actions.visits import addresses_of
from fieldapp.bookings.speaking import slot_words
from fieldapp.errors import FieldAppError
from fieldapp.photos.evidence import Witness
from fieldapp.places import Address
from fieldapp.records import Edits
from fieldapp.services.clocks import city_calendar
from fieldapp.settings import PHOTOS
from fieldapp.sniffing import suffix_of
from ui.forms import Host
from ui.forms.host import Remembered
from ui.geocoder import CityGeocoder
from ui.session import Session


def host_of(session: Session, record_id: str) -> Host:
    """The way out for one record's form."""
    desk, witness, layers = session.desk, Witness(), session.desk.layers

    def save(edits: Edits, was: Edits) -> datetime:
        beside = witness.words(edits, desk.record(record_id).fields)
        answer(desk, record_id, {**edits, **beside}, seen=was)
        return desk.clock.now()

    def keep(data: bytes, mime: str, name: str) -> str:
        witness.marked(data, desk.record(record_id).fields)
        return f"{attach(desk, data, mime=mime, name=name).sha256}{suffix_of(data, name)}"

    def read(value: str) -> bytes:
        sha256, dot, suffix = value.partition(".")
        if session.courier is not None and not desk.store.blobs.has(sha256):
            session.courier.fetch(sha256, dot + suffix)  # its copy has left this laptop; it is here at the next look
        return desk.store.blobs.read(sha256)

    def free_slots(question: str) -> list[tuple[str, str]]:
        record = desk.record(record_id)
        rules = (rule for rule in desk.service_of(record).bookings if rule.slot == question)
        found = [slot for rule in rules for slot in open_slots(desk, record, rule.id) if slot.free]
        return [(slot.id, slot_words(slot, session.language)) for slot in found]

    def known() -> list[Address]:
        found = [(name, layers.search_addresses(name, 1)) for name in addresses_of(desk, record_id)]
        return [hits[0] for name, hits in found if hits and hits[0].label == name]

    def saw(kept: bytes, came: bytes, source: str) -> None:
        proof = session.courier.status.proof if session.courier else None
        ahead = proof.clock_ahead if proof else None
        witness.saw(kept, came, source, desk.clock.now(), ahead, session.position.fix())

    def here() -> str:
        fix = session.position.fix()
        return fix.geopoint if fix else ""

    return Host(
        save=save,
        attach=keep,
        read_blob=read,
        search_addresses=layers.search_addresses,
        known_addresses=known,
        city=CityGeocoder(session),
        slots=free_slots,
        locate=here,
        saw=saw,
        toast=session.say,
        clock=desk.clock,
        layers=layers,
        business_days=city_calendar(),
        writer=session.bridge,
        photo_folder=_Setting(session, PHOTOS),
    )


class _Setting(Remembered):
    """Kept with this person's other settings. It is a help: where it cannot be written, the work goes on."""

    def __init__(self, session: Session, name: str) -> None:
        super().__init__()
        self._session, self._name = session, name

    def get(self) -> str:
        return self._session.store.setting(self._name)

    def keep(self, text: str) -> None:
        with suppress(FieldAppError):
            self._session.saved(lambda: self._session.store.keep_setting(self._name, text))
