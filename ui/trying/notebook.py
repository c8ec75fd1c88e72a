"""A notebook in memory in the place of a store: what is typed while one tries a form lasts until its window closes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from fieldapp.clock import Clock, SystemClock
from fieldapp.errors import RefusedError
from fieldapp.records import Edits, edited
from fieldapp.texts import tr
from ui.forms import Host


@dataclass
class Notebook:
    """Answers and files of one trial."""

    clock: Clock = field(default_factory=SystemClock)
    fields: dict[str, str] = field(default_factory=dict)
    _files: dict[str, bytes] = field(default_factory=dict)

    def save(self, edits: Edits, _was: Edits) -> datetime:
        """Take edits."""
        self.fields = edited(self.fields, edits)
        return self.clock.now()

    def attach(self, data: bytes, mime: str, name: str) -> str:
        """Take a file; the answer that names it."""
        value = hashlib.sha256(data).hexdigest() + (Path(name).suffix or "." + mime.rpartition("/")[2])
        self._files[value] = data
        return value

    def read(self, value: str) -> bytes:
        """The bytes of a file; RefusedError when it is not here."""
        if value not in self._files:
            raise RefusedError(tr("This file is not on this laptop."))
        return self._files[value]

    def host(self) -> Host:
        """The form's way to this notebook."""
        return Host(self.save, self.attach, self.read, clock=self.clock)
