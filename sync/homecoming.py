"""All home? Facts in the evening, before the laptop is put away: what of the day is with the City, what not, why."""

from __future__ import annotations

from collections.abc import Iterator

from fieldapp.access import INSPECTOR
from fieldapp.actions import Desk
from fieldapp.clock import today
from fieldapp.records import ISSUED, Record
from fieldapp.store import Place, Query
from fieldapp.texts import plural, tr
from sync.leaving import BAD, OK, SYNC, TODAY, TROUBLE, WARN, Check, Facts, todays
from sync.status import SyncState

MOST = 500  # of one kind that are looked through
NAMES = 3  # that are told by their number
SERVED = "/is_served"  # the question of every order and notice (resources/services/_blocks/b7_service.md)


def checks(desk: Desk, facts: Facts) -> list[Check]:
    """All lines, in the order in which a person thinks of them at the end of a day."""
    return [*_sent(desk, facts), *_photos(desk), *_unfinished(desk), *_to_serve(desk), *_visits(desk)]


def _sent(desk: Desk, facts: Facts) -> Iterator[Check]:
    counts, what = desk.store.counts(), tr("The day's work with the City")
    if counts.waiting:
        told = plural(counts.waiting, "{n} change waits", "{n} changes wait")
        yield Check(WARN, what, told, _why(facts), SYNC)
    else:
        yield Check(OK, what, tr("all of it"))
    if counts.attention:
        told = plural(counts.attention, "{n} record", "{n} records")
        yield Check(BAD, tr("Needs you"), told, tr("The City refused it. It stays here until you repair it."), TROUBLE)


def _why(facts: Facts) -> str:
    """Why it is not sent, as far as is known here."""
    state = facts.status.state if facts.status else None
    if state is SyncState.OFFLINE:
        return tr("There is no network. It is safe here, and is sent by itself when there is one.")
    if state is SyncState.NEEDS_LOGIN:
        return tr("The sign-in has ended. It is safe here, and is sent when you have signed in again.")
    if state in {SyncState.BUSY, SyncState.TROUBLE}:
        return tr("The City does not take it now. It is safe here, and is tried again by itself.")
    return tr("It is on its way. Leave the laptop on for a moment.")


def _photos(desk: Desk) -> Iterator[Check]:
    files, what = desk.store.blobs.copies.counts(), tr("Photos verified at the City")
    if files.damaged:
        told = tr("{n} damaged here", n=files.damaged)
        yield Check(BAD, what, told, tr("Attach them again while you still have them."), SYNC)
    if files.waiting:
        told = plural(files.waiting, "{n} waits", "{n} wait")
        yield Check(WARN, what, told, tr("Keep them in the camera until this says that all are verified."), SYNC)
    if not files.damaged and not files.waiting:
        yield Check(OK, what, plural(files.stored, "{n} photo", "{n} photos") if files.stored else tr("none today"))


def _unfinished(desk: Desk) -> Iterator[Check]:
    """Forms that were begun and not handed in: they stay here, and go nowhere before a person finishes them."""
    what, begun = tr("Forms that you began"), desk.store.find(Query(places=(Place.DRAFT,)), MOST)
    if not begun:
        yield Check(OK, what, tr("all handed in"))
        return
    told = plural(len(begun), "{n} not handed in", "{n} not handed in")
    yield Check(
        WARN, what, f"{told}: {_named(begun)}", tr("Finish them, or leave them for tomorrow: they stay here."), TODAY
    )


def _to_serve(desk: Desk) -> Iterator[Check]:
    """Orders and notices that bear their number and that nobody was given yet."""
    found = [one for one in _mine(desk) if _waits_for_service(one)]
    if found:
        told = plural(len(found), "{n} is not served", "{n} are not served")
        words = tr("Serve them, and say how, when and to whom: days of appeal count from then.")
        yield Check(WARN, tr("Orders and notices"), f"{told}: {_named(found)}", words, TODAY)


def _visits(desk: Desk) -> Iterator[Check]:
    if INSPECTOR not in desk.person.roles:
        return
    left, what = todays(desk, today(desk.clock)), tr("Today's visits")
    if not left:
        yield Check(OK, what, tr("all done"))
    else:
        told = plural(len(left), "{n} is left", "{n} are left")
        yield Check(
            WARN, what, f"{told}: {_named(left)}", tr("Tell your supervisor: somebody may have to go tomorrow."), TODAY
        )


def _waits_for_service(record: Record) -> bool:
    asked = any(path.endswith(SERVED) and value == "no" for path, value in record.fields.items())
    return asked and any(path.startswith(ISSUED) for path in record.fields)


def _mine(desk: Desk) -> list[Record]:
    return desk.store.find(Query(assignee=desk.person.id, state_kinds=("open",)), MOST)


def _named(found: list[Record]) -> str:
    """The first by their numbers, never by a name."""
    said = ", ".join(one.reference for one in found[:NAMES])
    return said if len(found) <= NAMES else f"{said} …"
