"""Which buckets a record is in, and which are a person's business. Asked anew on each request, never remembered.

`ward:08` (`ward:none` outside every ward), `assigned:m.tremblay` for whoever a record is assigned to, `desk:building`
for the office that looks after the record's service, and three that hold no records: `forms`, `ref` and `slots`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from fieldapp.records import ASSIGNEE, WARD, Person
from sync.wire import ASSIGNED, DESK, SHARED

NOWHERE = "none"  # the bucket of records outside every ward
WARDS = "ward:"


def buckets_of(fields: Mapping[str, str], office: str) -> str:
    """The buckets of a record whose service belongs to `office` ("" for none), as one text of their names."""
    names = [f"{WARDS}{fields.get(WARD) or NOWHERE}"]
    if assignee := fields.get(ASSIGNEE):
        names.append(f"{ASSIGNED}:{assignee}")
    if office:
        names.append(f"{DESK}:{office}")
    return " ".join(names)


def scope_of(person: Person, known: Collection[str], knows: Collection[str]) -> list[str]:
    """The buckets to feed: those that are this person's business, as far as their laptop `knows` the kind.

    Who works in all wards has every record there already."""
    shared = [name for name in SHARED if name in knows]
    if "*" in _wards(person):
        return sorted([*(name for name in known if name.startswith(WARDS)), *shared])
    own = [f"{WARDS}{ward or NOWHERE}" for ward in _wards(person)]
    if ASSIGNED in knows:
        own.append(f"{ASSIGNED}:{person.id}")
    if DESK in knows:
        own += [f"{DESK}:{office}" for office in person.offices]
    return sorted([*own, *shared])


def sees(person: Person, buckets: str) -> bool:
    """Whether a record in `buckets` is this person's business."""
    return "*" in _wards(person) or any(name in _own(person) for name in buckets.split())


def _own(person: Person) -> set[str]:
    wards = {f"{WARDS}{ward or NOWHERE}" for ward in _wards(person)}
    return wards | {f"{ASSIGNED}:{person.id}"} | {f"{DESK}:{office}" for office in person.offices}


def _wards(person: Person) -> frozenset[str]:
    """Their own wards, and those of whom they stand in for."""
    return person.wards.union(*(one.wards for one in person.stands_in))
