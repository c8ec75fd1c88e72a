"""The state of sync in words: what happened, what is safe, what happens next."""

from __future__ import annotations

from fieldapp.clock import Clock, today
from fieldapp.store import Counts
from fieldapp.texts import plural, tr
from sync.status import SyncState, SyncStatus
from ui.days import moment

WITHDRAWN = frozenset({SyncState.REVOKED, SyncState.ERASED})
WORKING = frozenset({SyncState.PROBING, SyncState.PUSHING, SyncState.PULLING, SyncState.FILES})


def is_working(status: SyncStatus | None) -> bool:
    """Whether the worker talks to the City now."""
    return status is not None and status.state in WORKING


def pill_words(status: SyncStatus | None, counts: Counts, clock: Clock) -> tuple[str, str]:
    """The pill's words and kind. Without a worker one is offline."""
    if status is None:
        return _held(tr("Offline"), counts), "warn"
    if status.state in WORKING:
        return _progress(status, counts), "pri"
    if status.state.stuck:
        return _stuck(status.state)
    if status.state.backing_off:
        return _held(_why(status.state), counts), "warn"
    if counts.attention:
        return plural(counts.attention, "{n} needs you", "{n} need you"), "bad"
    if counts.waiting:
        return plural(counts.waiting, "{n} waiting · all saved here", "{n} waiting · all saved here"), "pri"
    return _at_rest(status, clock)


def _at_rest(status: SyncStatus, clock: Clock) -> tuple[str, str]:
    """Nothing waits but, maybe, files."""
    if status.files:
        return plural(status.files, "{n} file waiting · all saved here", "{n} files waiting · all saved here"), "pri"
    when = moment(status.last_ok, today(clock))
    return (tr("Up to date · {time}", time=when), "ok") if when else (tr("Ready to sync"), "plain")


def sentence(status: SyncStatus | None, clock: Clock) -> str:
    """One sentence for the head of the Sync page."""
    if status is None or status.state.backing_off:
        return _waiting(status, clock)
    if status.state in WORKING:
        return tr("Talking to the City now. You can go on working.")
    if status.state is SyncState.NEEDS_LOGIN:
        return tr("Sending waits for your sign-in. Everything you do is saved here, encrypted.")
    if status.state is SyncState.UPGRADE_NEEDED:
        return tr("The City no longer takes this version. Everything is saved here until FieldApp is updated.")
    if status.state in WITHDRAWN:
        return status.message
    when = moment(status.last_ok, today(clock))
    if when and not status.compared:  # a server that only takes: nothing of it is here to compare
        return tr("Everything was handed in; the server answered at {time}.", time=when)
    return tr("Everything here was compared with the City at {time}.", time=when) if when else tr("Ready to sync.")


def _stuck(state: SyncState) -> tuple[str, str]:
    if state is SyncState.NEEDS_LOGIN:
        return tr("Sign in again to send"), "warn"
    if state is SyncState.UPGRADE_NEEDED:
        return tr("Update FieldApp to send"), "bad"
    return tr("Withdrawn by the City"), "bad"


def _waiting(status: SyncStatus | None, clock: Clock) -> str:
    safe = tr("Everything you did is saved here, encrypted, and will be sent by itself.")
    if status is not None and status.state is not SyncState.OFFLINE and status.message:
        return f"{status.message} {safe}"
    when = moment(status.last_ok, today(clock)) if status else ""
    return tr("No answer from the City since {time}.", time=when) + " " + safe if when else safe


def _why(state: SyncState) -> str:
    return {
        SyncState.BUSY: tr("City is busy"),
        SyncState.TROUBLE: tr("Not sent"),
    }.get(state, tr("Offline"))


def _progress(status: SyncStatus, counts: Counts) -> str:
    if status.state is SyncState.PULLING or status.layer is not None:
        return tr("Receiving")
    if status.state is SyncState.FILES and status.files:
        return plural(status.files, "Sending {n} file", "Sending {n} files")
    if status.state is SyncState.PUSHING and status.total:
        return tr("Sending {n} of {total}", n=min(status.sent + 1, status.total), total=status.total)
    if status.state is SyncState.PUSHING and counts.waiting:
        return plural(counts.waiting, "Sending {n} change", "Sending {n} changes")
    return tr("Syncing")


def _held(name: str, counts: Counts) -> str:
    parts = [name]
    if counts.waiting:
        parts.append(plural(counts.waiting, "{n} waiting", "{n} waiting"))
    if counts.attention:
        parts.append(plural(counts.attention, "{n} needs you", "{n} need you"))
    return " · ".join([*parts, tr("all saved here")])
