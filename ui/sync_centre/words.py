"""The state of sync in words: what happened, what is safe, what happens next."""

from __future__ import annotations

from typing import Any

from fieldapp.clock import Clock, today
from fieldapp.store import Counts
from fieldapp.texts import plural, tr
from ui.days import moment

# How the pill looks in each state of the sync worker; the words follow below.
KINDS = {"offline": "warn", "sign_in": "warn", "upgrade": "bad", "trouble": "bad", "busy": "warn"}
WORKING = frozenset({"connecting", "sending", "receiving", "checking", "syncing"})


def state_of(status: Any) -> str:
    """The worker's state as a word; "off" where no worker runs."""
    state = getattr(status, "state", None)
    return str(getattr(state, "value", state) or "off")


def pill_words(status: Any, counts: Counts, clock: Clock) -> tuple[str, str]:
    """The pill's words and kind."""
    state = state_of(status)
    if state in WORKING:
        return _progress(status, counts), "pri"
    if state == "sign_in":
        return tr("Sign in again to send"), "warn"
    if state == "upgrade":
        return tr("Update FieldApp to send"), "bad"
    if state in {"offline", "off", "busy", "trouble"}:
        name = tr("Not sent") if state == "trouble" else tr("City is busy") if state == "busy" else tr("Offline")
        return _held(name, counts), KINDS.get(state, "warn")
    if counts.attention:
        return plural(counts.attention, "{n} needs you", "{n} need you"), "bad"
    if counts.waiting:
        return plural(counts.waiting, "{n} waiting · all saved here", "{n} waiting · all saved here"), "pri"
    when = moment(last_ok(status), today(clock))
    return (tr("Up to date · {time}", time=when) if when else tr("Up to date")), "ok"


def last_ok(status: Any) -> str:
    """The stamp of the last complete sync, "" for none yet."""
    return str(getattr(status, "last_ok", "") or "")


def sentence(status: Any, clock: Clock) -> str:
    """One sentence for the head of the Sync page."""
    state, when = state_of(status), moment(last_ok(status), today(clock))
    if state in WORKING:
        return tr("Talking to the City now. You can go on working.")
    if state == "sign_in":
        return tr("Sending waits for your sign-in. Everything you do is saved here, encrypted.")
    if state == "upgrade":
        return tr("The City no longer takes this version. Everything is saved here until FieldApp is updated.")
    if state in {"offline", "off", "busy", "trouble"}:
        safe = tr("Everything you did is saved here, encrypted, and will be sent by itself.")
        return tr("No answer from the City since {time}.", time=when) + " " + safe if when else safe
    return tr("Everything here is with the City, compared at {time}.", time=when) if when else tr("Ready to sync.")


def _progress(status: Any, counts: Counts) -> str:
    sent, total = getattr(status, "sent", 0), getattr(status, "total", 0)
    if state_of(status) == "sending" and total:
        return tr("Sending {n} of {total}", n=min(sent + 1, total), total=total)
    if state_of(status) == "sending" and counts.waiting:
        return plural(counts.waiting, "Sending {n} change", "Sending {n} changes")
    return tr("Receiving") if state_of(status) == "receiving" else tr("Syncing")


def _held(name: str, counts: Counts) -> str:
    parts = [name]
    if counts.waiting:
        parts.append(plural(counts.waiting, "{n} waiting", "{n} waiting"))
    if counts.attention:
        parts.append(plural(counts.attention, "{n} needs you", "{n} need you"))
    return " · ".join([*parts, tr("all saved here")])
