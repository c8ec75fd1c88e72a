"""What a supervisor must hear of laptops' journals: work that was altered, doubled, or has not arrived."""

from __future__ import annotations

from fieldapp.texts import plural
from sync import alarms
from ui.session import Session

SHOWN = 3  # alarms in words; the rest is counted


def alarm_lines(session: Session) -> list[str]:
    """A line an alarm that is open with the City; none for whoever is no supervisor."""
    found = alarms.known(session.store)
    lines = [f"{one.device} · {session.name_of(one.person)} · {alarms.words(one)}" for one in found[:SHOWN]]
    rest = len(found) - len(lines)
    return [*lines, plural(rest, "and {n} more", "and {n} more")] if rest else lines
