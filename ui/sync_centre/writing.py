"""Writing a file where a person chose, and saying how it went."""

from __future__ import annotations

from pathlib import Path

from fieldapp.texts import tr
from ui.session import Session


def write_copy(session: Session, path: Path, text: str) -> None:
    """Write the copy, and say how it went."""
    try:
        path.write_text(text, "utf-8")
        session.say(tr("A copy is in {file}.", file=path.name))
    except OSError as error:
        session.say(tr("The copy could not be written: {why}. Nothing was lost.", why=error.strerror or str(error)))
