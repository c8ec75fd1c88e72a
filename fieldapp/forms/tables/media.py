"""The files that belong to a form: its tables, pictures and sounds, found by name in its folders."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

from fieldapp.forms.definition.instances import Item
from fieldapp.forms.tables.files import found, of_file


class Media:
    """Looks in `folders`, in their order; `cache` is the folder for what is made of long tables."""

    def __init__(self, folders: Sequence[Path] = (), cache: Path | None = None) -> None:
        self._lock = threading.Lock()
        self.look_in(folders, cache)

    def look_in(self, folders: Sequence[Path], cache: Path | None = None) -> None:
        """Look in other folders from now on; what was read from the former ones is forgotten."""
        self.folders = tuple(folders)
        self._cache = cache
        self._tables: dict[str, Item | None] = {}

    def file(self, source: str) -> Path | None:
        """The file that `name` or `jr://images/name` means, None where no folder has it."""
        return found(source, self.folders)

    def table(self, source: str) -> Item | None:
        """The table in a file, read once; None where no folder has it. FormError when it cannot be read."""
        with self._lock:
            if source not in self._tables:
                self._tables[source] = of_file(source, self.folders, self._cache)
            return self._tables[source]
