"""The City's trail of a record on the screen: its ops as entries of the history, and what their check found."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from fieldapp.actions.choosing import role_words
from fieldapp.clock import today
from fieldapp.errors import FieldAppError
from fieldapp.records import change_of
from fieldapp.store import Entry
from fieldapp.texts import plural, tr
from ui.days import moment
from ui.records.answers import Reader
from ui.session import Session

if TYPE_CHECKING:
    from sync.trails import Checked


def entries_of(checked: Checked) -> list[Entry]:
    """The City's ops, oldest first, as a laptop shows its own. What a newer FieldApp wrote is left out where it cannot
    be read here."""
    from sync.wire import OpResult, decoded

    found = []
    for one in checked.trail.ops:
        try:
            change, result = change_of(dict(one.op)), decoded(OpResult, one.result.encode())
        except (FieldAppError, KeyError, TypeError, ValueError):
            continue
        found.append(
            Entry(change, result.status, change.at, received_at=result.at, applied_at=result.at, rev=result.rev)
        )
    return found


def said(checked: Checked) -> tuple[str, str]:
    """What the check found, in words, and the role of their colour."""
    if checked.fault:
        bad = tr("The City's history of this record does not hold: {fault}.", fault=checked.fault)
        return f"{bad} {tr('Tell IT before you decide.')}", "bad"
    written = tr("each is as it was written when the City took it")
    stands = tr("{written}, and stands in its signed history up to block {n}", written=written, n=checked.trail.head)
    parts = [plural(checked.proven, "The City has {n} change", "The City has {n} changes"), stands]
    words = tr("{first}; {second}.", first=parts[0], second=parts[1])
    if not checked.every_block:
        words += " " + tr("The City's signature stands for the blocks between.")
    if checked.known:
        words += " " + tr("It is the same history that this laptop saw before, up to block {n}.", n=checked.known)
    if checked.older:
        older = plural(checked.older, "{n} change is older than the chain.", "{n} changes are older than the chain.")
        words += " " + older
    return words, "ok"


def details(session: Session, reader: Reader, entry: Entry, checked: Checked | None) -> str:
    """One change in full: who, in which role, on which device, when by either clock, in which form, and what."""
    change, day = entry.change, today(session.clock)
    _name, roles = checked.trail.people.get(change.actor, ("", "")) if checked else ("", "")
    who = session.name_of(change.actor)
    if roles:
        who = tr("{who} ({roles})", who=who, roles=", ".join(role_words(one) for one in roles.split()))
    if change.stands_for:
        who = tr("{who} for {absent}", who=who, absent=session.name_of(change.stands_for))
    lines = [
        tr("{who}, on {device}", who=who, device=change.device),
        tr("by the laptop's clock {at}", at=moment(change.at, day)),
        _received(entry, day),
        tr("form version {version}", version=change.form_version),
    ]
    block = _block_of(checked, change.id) if checked else 0
    if block:
        lines.append(tr("block {n} of the City's history", n=block))
    if entry.seq:
        lines.append(tr("link {n} of this laptop's journal", n=entry.seq))
    asked = [reader.label(path) for path in change.edits if not path.startswith("@") and not path.endswith("]")]
    answers = tr("Answers: {labels}", labels=", ".join(dict.fromkeys(asked))) if asked else ""
    return "\n".join(part for part in (" · ".join(lines), answers) if part)


def _received(entry: Entry, day: date) -> str:
    if not entry.received_at:
        return tr("not with the City yet")
    return tr("by the City's clock {at}", at=moment(entry.received_at, day))


def _block_of(checked: Checked, op: str) -> int:
    return next((one.block for one in checked.trail.ops if one.op.get("id") == op), 0)
