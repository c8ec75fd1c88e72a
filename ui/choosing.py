"""Asking where a file goes, or which one is meant: in the folder that this person chose last, at first among their
documents, never in one by chance."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from fieldapp.errors import FieldAppError
from fieldapp.texts import tr
from ui.session import Session

FOLDER = "files.folder"  # setting


def folder_of(session: Session) -> Path:
    """Where a dialog opens: the folder chosen last, while it is there."""
    kept = session.store.setting(FOLDER)
    if kept and Path(kept).is_dir():
        return Path(kept)
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation) or Path.home())


def where_to_save(session: Session, parent: QWidget, title: str, name: str, kinds: str) -> Path | None:
    """Where the person wants it; None when they do not. `name` is proposed, and must name nobody."""
    proposed = str(folder_of(session) / name)
    return _kept(session, QFileDialog.getSaveFileName(parent, title, proposed, kinds)[0])


def where_to_save_pdf(session: Session, parent: QWidget, name: str) -> Path | None:
    """The same for a paper; `name` comes without its ending."""
    return where_to_save(session, parent, tr("Save as PDF"), f"{name}.pdf", "PDF (*.pdf)")


def which_file(session: Session, parent: QWidget, title: str, kinds: str) -> Path | None:
    """The file that is meant; None when none is."""
    return _kept(session, QFileDialog.getOpenFileName(parent, title, str(folder_of(session)), kinds)[0])


def which_files(session: Session, parent: QWidget, title: str, kinds: str) -> list[Path]:
    """The files that are meant."""
    chosen, _kind = QFileDialog.getOpenFileNames(parent, title, str(folder_of(session)), kinds)
    _kept(session, chosen[0] if chosen else "")
    return [Path(name) for name in chosen]


def _kept(session: Session, chosen: str) -> Path | None:
    """The path; its folder is where the next dialog opens. A full disk keeps nobody from choosing."""
    if not chosen:
        return None
    folder = str(Path(chosen).parent)
    if folder != session.store.setting(FOLDER):
        with suppress(FieldAppError):
            session.saved(partial(session.store.keep_setting, FOLDER, folder))
    return Path(chosen)
