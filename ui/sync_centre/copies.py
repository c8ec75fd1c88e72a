"""A copy of a record for the person's own safe-keeping: everything it holds and all its Changes, as JSON."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from fieldapp.records import Record
from fieldapp.texts import tr
from ui.session import Session


def save_copy(session: Session, record_id: str, parent: QWidget) -> None:
    """Ask where to, and write it there; the person chooses the place, since the copy is not encrypted."""
    record = session.store.record(record_id)
    if record is None:
        return
    asked = tr("Save a copy (it will not be encrypted)")
    chosen, _kind = QFileDialog.getSaveFileName(parent, asked, f"{record.reference or record.id}.json", "JSON (*.json)")
    if chosen:
        write_copy(session, record, Path(chosen))


def write_copy(session: Session, record: Record, path: Path) -> None:
    """Write the copy, and say how it went."""
    whole = {**vars(record), "changes": [entry.change.payload() for entry in session.store.history(record.id)]}
    try:
        path.write_text(json.dumps(whole, ensure_ascii=False, indent=1), "utf-8")
        session.say(tr("A copy is in {file}.", file=path.name))
    except OSError as error:
        session.say(tr("The copy could not be written: {why}. Nothing was lost.", why=error.strerror or str(error)))
