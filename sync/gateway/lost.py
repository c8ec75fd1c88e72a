"""A supervisor says that a laptop was lost, or is found again: it is withdrawn, or let in."""

from __future__ import annotations

import logging

from fieldapp.access import looks_after, may_see_fleet
from fieldapp.records import Person
from fieldapp.store.log import LAPTOP_FOUND, LAPTOP_LOST
from sync.gateway import fleet
from sync.gateway.revocations import keep_out, let_in
from sync.gateway.transactions import Transaction
from sync.wire import Happened

log = logging.getLogger(__name__)


def obey(tx: Transaction, event: Happened, said_by: Person, now: str) -> None:
    """Do what the event asks for; nothing for any other kind, and nothing of a laptop that is not this person's to
    look after. Nobody withdraws a laptop of their own."""
    if event.kind not in {LAPTOP_LOST, LAPTOP_FOUND}:
        return
    device, person = event.detail.get("device", ""), event.detail.get("person", "")
    owner = fleet.owner_of(tx, device, person)
    if owner is None or owner.id == said_by.id or not (may_see_fleet(said_by) and looks_after(said_by, owner)):
        log.warning("somebody says of a laptop that it is lost or found, which is not theirs to say")
    elif event.kind == LAPTOP_LOST:
        keep_out(tx, device, person, now, erase=True, take_work=event.detail.get("take_work") == "yes")
    else:
        let_in(tx, device, person, now)
