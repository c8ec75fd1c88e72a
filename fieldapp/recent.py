"""The last warnings and errors of the program, kept in memory for a diagnosis: what happened where, never with whom.

Only what the program's own authors wrote is kept: a message's template without the values that filled it, the kind of
an error without its words, and the program's own lines that it came through. Nothing that a person typed is in those.
"""

from __future__ import annotations

import logging
import traceback
from collections import deque
from dataclasses import dataclass
from pathlib import Path

from fieldapp.logs import FAULT, TEMPLATE

KEPT = 50
OURS = ("fieldapp", "sync", "ui")


@dataclass(frozen=True)
class Event:
    """A warning or an error: when (seconds since 1970), how grave, where, what, and through which lines."""

    at: float
    level: str
    where: str
    what: str
    kind: str = ""  # of the error that was raised
    through: tuple[str, ...] = ()


class Recent(logging.Handler):
    """Remembers the newest events; older ones make room."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._events: deque[Event] = deque(maxlen=KEPT)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep what of a log record nobody can be known by."""
        fault = getattr(record, FAULT, None) or (record.exc_info[1] if record.exc_info else None)
        words = getattr(record, TEMPLATE, record.msg)  # the log has filled the values in by now, where it is kept
        template = words if isinstance(words, str) and record.name.split(".")[0] in OURS else ""
        kind, through = (type(fault).__name__, _lines(fault)) if fault is not None else ("", ())
        self._events.append(Event(record.created, record.levelname, record.name, template, kind, through))

    def events(self) -> list[Event]:
        """Oldest first."""
        return list(self._events)


def watch() -> Recent:
    """Begin to remember, once for the whole program."""
    root = logging.getLogger()
    known = next((one for one in root.handlers if isinstance(one, Recent)), None)
    if known is not None:
        return known
    made = Recent()
    root.addHandler(made)
    return made


def _lines(fault: BaseException) -> tuple[str, ...]:
    """The program's own lines that an error came through, without folders: they may bear a person's name."""
    found = traceback.extract_tb(fault.__traceback__)
    ours = (frame for frame in found if set(OURS) & set(Path(frame.filename).parts))
    return tuple(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in ours)
