"""Opening a file of a record in the system's own program, from a copy that is read-only and gone when FieldApp ends."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from fieldapp.sniffing import opening_suffix


def open_copy(data: bytes, suffix: str) -> bool:
    """Show the file; False when the system has no program for it, or the disk no room, or it may be a program itself:
    its content decides what it is opened as, and `suffix` only where that tells no more.

    The copy lies in a folder that only this person may enter. It is the one place where a file of a record is not
    encrypted, and it exists only because somebody asked to see it.
    """
    try:
        safe = opening_suffix(data, suffix)
        if not safe:
            return False
        with tempfile.NamedTemporaryFile(dir=_folder().name, suffix=safe, delete=False) as file:
            file.write(data)
        path = Path(file.name)
        path.chmod(0o400)
    except OSError:
        return False
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    """One for the program's whole run; Python removes it at the end."""
    return tempfile.TemporaryDirectory(prefix="fieldapp-", ignore_cleanup_errors=True)
