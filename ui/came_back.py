"""Forms that came back filled, dropped on the window or chosen: each becomes a draft or is refused with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QWidget

from fieldapp.actions import TakenForm, take_form
from fieldapp.errors import FieldAppError, InputError, Place
from fieldapp.texts import plural, tr
from ui.choosing import which_files
from ui.session import Session


def choose(session: Session, parent: QWidget) -> list[Path]:
    """Let somebody choose filled forms; none where they think better of it."""
    return which_files(session, parent, tr("Take in a filled form…"), "PDF (*.pdf)")


def dropped(mime: QMimeData) -> list[Path]:
    """The files of this machine that are dropped."""
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]


def take_in(session: Session, files: Sequence[Path]) -> TakenForm | None:
    """Make a draft of each, and say what came of it; the draft where there is only one, to be opened."""
    made: list[TakenForm] = []
    said: list[str] = []
    for file in files:
        try:
            made.append(session.saved(partial(_take, session, file)))
        except FieldAppError as error:
            said.append(str(error))
    said += [_words(one) for one in made]
    if said:
        session.say("\n".join(said))
    return made[0] if len(made) == len(files) == 1 else None


def _take(session: Session, file: Path) -> TakenForm:
    from fieldapp.documents.filled import MOST_BYTES  # reads PDF: nothing that a start needs

    try:
        with file.open("rb") as source:
            data = source.read(MOST_BYTES + 1)
    except OSError as error:
        raise InputError(tr("this file cannot be read: {why}", why=error.strerror or ""), Place(file.name)) from error
    return take_form(session.desk, data, name=file.name)


def _words(taken: TakenForm) -> str:
    """What came of one file."""
    answers = plural(taken.answers, "{n} answer", "{n} answers")
    said = [tr("Draft {reference}: {answers}.", reference=taken.record.reference, answers=answers)]
    if taken.aside:
        count = len(taken.aside)
        said.append(
            plural(count, "{n} does not fit and stands beside the form.", "{n} do not fit and stand beside it.")
        )
    if not taken.kept:
        said.append(tr("The file itself was not kept: a payment card's number stands in it. Destroy the paper."))
    return " ".join(said)
