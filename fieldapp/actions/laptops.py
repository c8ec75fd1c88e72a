"""A laptop that was lost: said by a supervisor, also without a network, noted in the log, and done by the City."""

from __future__ import annotations

from fieldapp.access import may_see_fleet
from fieldapp.actions.desk import Desk
from fieldapp.errors import AccessError, RefusedError
from fieldapp.store.log import LAPTOP_FOUND, LAPTOP_LOST
from fieldapp.texts import tr


def say_lost(desk: Desk, device: str, person: str, *, take_work: bool) -> None:
    """Let the City withdraw `person`'s store on `device`, and erase it at its next contact; with `take_work` it may
    send first what is unsent. AccessError for who is no supervisor, RefusedError for one's own."""
    _say(desk, LAPTOP_LOST, device, person, {"take_work": "yes" if take_work else "no"})


def say_found(desk: Desk, device: str, person: str) -> None:
    """Take that back: it is let in again, where it has not erased its store yet."""
    _say(desk, LAPTOP_FOUND, device, person, {})


def on_its_way(desk: Desk) -> dict[tuple[str, str], bool]:
    """What was said and has not reached the City: whether lost, by device and person."""
    said = (one for one in desk.store.log.untold() if one.kind in {LAPTOP_LOST, LAPTOP_FOUND})
    return {(one.detail["device"], one.detail["person"]): one.kind == LAPTOP_LOST for one in said}


def _say(desk: Desk, kind: str, device: str, person: str, more: dict[str, str]) -> None:
    if not may_see_fleet(desk.reviewer):
        raise AccessError(tr("Only a supervisor says that a laptop was lost."))
    if person == desk.person.id:
        raise RefusedError(tr("This is your own work. Another supervisor or IT withdraws it."))
    desk.store.log.add(kind, desk.person.id, detail={"device": device, "person": person, **more})
