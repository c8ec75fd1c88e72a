"""A made-up calendar for the practice city: vaccine clinics and an inspector's appointments of the next two weeks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from fieldapp.bookings import Slot
from fieldapp.clock import Clock, today
from fieldapp.services import Catalogue
from sync.gateway.bookings.keeping import take_in
from sync.gateway.service import GatewayService
from sync.practice.people import TREMBLAY

DAYS = 14  # ahead; Saturdays and Sundays have nothing
FRIDAY = 4
CLINICS = (
    ("C", "City Hall, 71 Main St W", "Hôtel de ville, 71, rue Main Ouest"),
    ("D", "Dundas, 60 Main St", "Dundas, 60, rue Main"),
)
CLINIC_TIMES = ("09:00", "09:30", "10:00", "10:30", "13:00", "13:30")
VISIT_TIMES = ("09:00", "10:30", "13:00", "14:30")


def fill(service: GatewayService, catalogue: Catalogue, clock: Clock) -> None:
    """Let the calendar reach two weeks ahead; what is there already stays."""
    known = {one.id for one in catalogue if one.bookings}
    slots = [slot for slot in _slots(today(clock)) if set(slot.serves) <= known]
    take_in(service.database, catalogue, slots, service.now())


def _slots(first: date) -> Iterator[Slot]:
    for day in (first + timedelta(days=n) for n in range(1, DAYS + 1)):
        if day.weekday() > FRIDAY:
            continue
        for letter, place, place_fr in CLINICS:
            for at in CLINIC_TIMES:
                id_ = f"{letter}-{day:%y%m%d}-{at[:2]}{at[3:]}"
                yield Slot(id_, ("vaccine",), place, place_fr, f"{day}T{at}", 30, 2)
        for at in VISIT_TIMES:
            where = "At the building", "Sur place"
            id_ = f"V-{day:%y%m%d}-{at[:2]}{at[3:]}"
            yield Slot(id_, ("building-inspection",), *where, f"{day}T{at}", 60, 1, TREMBLAY.id)
