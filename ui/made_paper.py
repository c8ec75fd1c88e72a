"""A paper that is made in another thread, then saved or printed: a page is not in the way of who waits for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from fieldapp.errors import FieldAppError
from fieldapp.texts import tr
from ui.printing import print_out
from ui.records.pdf_file import write_pdf
from ui.session import Session


def save_made(session: Session, make: Callable[[], bytes], path: Path) -> None:
    """Make the PDF and write it to `path`; what came of it is said."""
    session.bridge.work(make, partial(_write, session, path))


def print_made(session: Session, make: Callable[[], bytes]) -> None:
    """Make the PDF and print it."""
    session.bridge.work(make, partial(_print, session))


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
