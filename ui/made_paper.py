"""A paper that is made in another thread, then saved or printed: a page is not in the way of who waits for it, and who
thinks better of it meanwhile takes it back: then nothing is written or printed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Event

from fieldapp.errors import FieldAppError
from fieldapp.texts import tr
from ui.printing import print_out
from ui.records.pdf_file import write_pdf
from ui.session import Session


def save_made(session: Session, make: Callable[[], bytes], path: Path) -> None:
    """Make the PDF and write it to `path`; what came of it is said."""
    _make(session, make, partial(_write, session, path))


def print_made(session: Session, make: Callable[[], bytes]) -> None:
    """Make the PDF and print it."""
    _make(session, make, partial(_print, session))


def _make(session: Session, make: Callable[[], bytes], done: Callable[[bytes | BaseException], None]) -> None:
    taken_back = Event()
    session.say(tr("The paper is being made…"), taken_back.set)
    session.bridge.work(make, partial(_made, session, taken_back, done))


def _made(
    session: Session, taken_back: Event, done: Callable[[bytes | BaseException], None], outcome: bytes | BaseException
) -> None:
    if taken_back.is_set():
        session.say(tr("Stopped, as you wanted. Nothing was changed."))
    else:
        done(outcome)


def _write(session: Session, path: Path, outcome: bytes | BaseException) -> None:
    if isinstance(outcome, BaseException):
        session.say(str(outcome))
        return
    try:
        write_pdf(outcome, path)
    except FieldAppError as error:
        session.say(str(error))
        return
    session.say(tr("Saved as {name}", name=path.name))


def _print(session: Session, outcome: bytes | BaseException) -> None:
    if isinstance(outcome, BaseException):
        session.say(str(outcome))
        return
    print_out(session, outcome)
