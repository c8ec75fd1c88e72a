"""Standing in as a supervisor asks for it from their laptop: who does, somebody for themselves, and its end."""

from __future__ import annotations

from fieldapp.access import SUPERVISOR
from fieldapp.errors import GatewayError, RefusedError
from fieldapp.records import Person
from fieldapp.texts import tr
from sync.gateway.delegations import Delegation, Delegations, lent_only, span
from sync.gateway.people import People
from sync.wire import GivenStandIn, StandingIn, StandIns

FORBIDDEN, REFUSED = 403, 422


def all_standing(delegations: Delegations, people: People, me: Person, now: str) -> StandIns:
    """All who stand in, now or later; GatewayError for whoever is no supervisor by a role of their own."""
    if SUPERVISOR not in me.roles:
        raise GatewayError(tr("This is for supervisors."), FORBIDDEN)
    names, roles = people.names(), people.roles()
    return StandIns(now, tuple(_told(one, names, roles) for one in delegations.standing(now)))


def give(delegations: Delegations, people: People, me: Person, asked: GivenStandIn, now: str) -> StandIns:
    """Let somebody stand in for the caller; GatewayError, in words, where that cannot be."""
    all_standing(delegations, people, me, now)  # nobody else gives
    wards = frozenset(asked.wards) or frozenset({"*"})
    try:
        first, last = span(asked.first, asked.last)
        delegations.give(me.id, asked.taker, wards, first, last, now, asked.id)
    except RefusedError as fault:
        raise GatewayError(str(fault), REFUSED) from fault
    told = all_standing(delegations, people, me, now)
    return StandIns(told.as_of, told.standing, lent_only(people.get(asked.taker), me.name))


def withdraw(delegations: Delegations, people: People, me: Person, id_: str, now: str) -> StandIns:
    """End what the caller gave; the same again changes nothing. GatewayError for what another one gave."""
    standing = all_standing(delegations, people, me, now).standing
    found = next((one for one in standing if one.id == id_), None)
    if found is not None and found.giver != me.id:
        raise GatewayError(tr("{person} gave this, and withdraws it.", person=found.giver_name), REFUSED)
    if found is not None:
        delegations.withdraw(id_, now)
    return all_standing(delegations, people, me, now)


def _told(one: Delegation, names: dict[str, str], roles: dict[str, str]) -> StandingIn:
    wards = () if "*" in one.wards else tuple(sorted(one.wards))
    who = one.giver, names.get(one.giver, one.giver), one.taker, names.get(one.taker, one.taker)
    taker = Person(one.taker, who[3], frozenset(roles.get(one.taker, "").split()))
    return StandingIn(one.id, *who, wards, one.begins, one.ends, reviews=not lent_only(taker, who[1]))
