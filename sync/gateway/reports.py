"""What laptops tell beside their ops. The same again changes nothing."""

from __future__ import annotations

from fieldapp.records import Link, Person
from sync.gateway import events, fleet, ledger, lost
from sync.gateway.chains import Arrival, Chains
from sync.gateway.transactions import Transaction
from sync.wire import ReportReply, ReportRequest


def taken(tx: Transaction, request: ReportRequest, person: Person, now: str) -> ReportReply:
    """Note all of it."""
    _give_up(tx, request, person, now)
    if request.state is not None and request.device:
        fleet.note(tx, request.device, person.id, request.state, now)
    told = [one for one in request.events if one.kind not in events.OURS]
    for one in events.keep(tx, told, person, request.device, now):
        lost.obey(tx, one, person, now)
    return ReportReply((*(one.id for one in request.given_up), *(one.id for one in request.events)))


def _give_up(tx: Transaction, request: ReportRequest, person: Person, now: str) -> None:
    """Places whose op never comes. Where it came after all, its answer is in the ledger."""
    known = ledger.judged(tx, [one.id for one in request.given_up])
    fresh = [one for one in request.given_up if one.id not in known]
    arrivals = [
        Arrival(one.id, one.device, one.digest, Link(one.chain, one.place, one.before), final=False) for one in fresh
    ]
    Chains(tx, person.id, now).arrive(arrivals)
