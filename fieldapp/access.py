"""Who may do what: the roles of the City's staff (domain: field, counter, supervisor, back office, crew).

The rules themselves are in each service's transitions; this module only answers for a person. The gateway asks it
again on every Change, so a laptop that was tampered with gains nothing.
"""

from __future__ import annotations

import re
from dataclasses import replace

from fieldapp.errors import AccessError, RefusedError
from fieldapp.records import ASSIGNEE, WARD, Fields, Person, StandIn
from fieldapp.texts import tr

INSPECTOR = "inspector"
COUNTER = "counter"
SUPERVISOR = "supervisor"
BACK_OFFICE = "back_office"
ROLES = frozenset({INSPECTOR, COUNTER, SUPERVISOR, BACK_OFFICE})
REVIEWERS = frozenset({SUPERVISOR, BACK_OFFICE})  # decide what was handed in
PUBLISHERS = frozenset({SUPERVISOR, BACK_OFFICE})  # authors of services


# Each person's store lies in a folder of that name.
_USER_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]*")
OFFICE = re.compile(r"[a-z][a-z0-9_-]{0,40}")  # an office's name, as service.toml and claims have it


def check_user_id(text: str) -> str:
    """`text`, when it can be somebody's user id. RefusedError otherwise."""
    if not _USER_ID.fullmatch(text):
        raise RefusedError(tr("“{text}” is no user id: it takes letters, digits and . _ - @ only.", text=text))
    return text


def has_role(person: Person, roles: frozenset[str]) -> bool:
    """Whether any of the person's roles is among `roles`."""
    return bool(person.roles & roles)


def require_role(person: Person, roles: frozenset[str], action: str) -> None:
    """Raise AccessError unless the person has one of `roles`; `action` names what was tried."""
    if not has_role(person, roles):
        asked = tr(" or ").join(sorted(roles))
        raise AccessError(
            tr("{person} may not {action}: it takes the role {roles}.", person=person.name, action=action, roles=asked)
        )


def may_publish(person: Person) -> bool:
    """Whether the person may give services to the whole City: an author's role, for all wards."""
    return has_role(person, PUBLISHERS) and "*" in person.wards


def may_see_fleet(person: Person) -> bool:
    """Whether the person looks after laptops: a supervisor, or who stands in for one now."""
    return SUPERVISOR in person.roles or any(SUPERVISOR in one.roles for one in person.stands_in)


def looks_after(person: Person, other: Person) -> bool:
    """Whether `other`, and so their laptop, is this supervisor's business: they share a ward or an office, or `person`
    stands in for a supervisor of `other`'s wards. Who works in all wards shares each of them."""
    own = person.wards if SUPERVISOR in person.roles else frozenset()
    lent = (one.wards for one in person.stands_in if SUPERVISOR in one.roles)
    wards = own.union(*lent)
    shared = bool(wards) and bool({"*"} & (wards | other.wards) or wards & other.wards)
    return shared or (SUPERVISOR in person.roles and bool(person.offices & other.offices))


def in_scope(person: Person, ward: str, office: str = "") -> bool:
    """Whether records of `ward` ("" = outside every ward), of a service of `office`, are this person's business."""
    return "*" in person.wards or ward in person.wards or office in person.offices


def acting(person: Person, now: str) -> Person:
    """The person with those absences alone that they stand in for at the stamp `now`."""
    current = tuple(one for one in person.stands_in if one.begins <= now < one.ends)
    return person if current == person.stands_in else replace(person, stands_in=current)


def standing_in(person: Person, ward: str, roles: frozenset[str]) -> StandIn | None:
    """The absence that gives `person` one of `roles` for records of `ward`, if there is one."""
    given = (one for one in person.stands_in if one.roles & roles and ({"*", ward} & one.wards))
    return next(given, None)


def reaches(person: Person, fields: Fields, office: str) -> bool:
    """Whether the record that has these fields, of a service of `office`, is this person's business: in scope,
    assigned to them, or in wards of somebody for whom they stand in."""
    ward = fields.get(WARD, "")
    deputy = any({"*", ward} & one.wards for one in person.stands_in)
    return fields.get(ASSIGNEE) == person.id or deputy or in_scope(person, ward, office)
