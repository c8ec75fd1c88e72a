"""The shelf: where service folders lie, and how one is found by its id or its path."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from fieldapp.errors import ServiceError
from fieldapp.services.catalogue import BLOCKS, shipped
from fieldapp.services.declared import OfficialNumber
from fieldapp.services.loader import load_service
from fieldapp.services.service import Service
from fieldapp.texts import tr


@dataclass
class Shelf:
    """Some folders of services, the shipped ones first. What each service says is read once."""

    places: Sequence[Path] = field(default_factory=lambda: (shipped(),))
    _read: dict[Path, Service | None] = field(default_factory=dict)

    def folders(self) -> list[Path]:
        """All service folders."""
        return [path.parent for place in self.places for path in sorted(place.glob("*/service.toml"))]

    def find(self, name: str) -> Path:
        """The folder of a service, by its id or by its path. ServiceError when there is none."""
        known = {folder.name: folder for folder in self.folders()}
        folder = known.get(name) or Path(name)
        if not folder.is_dir():
            words = ", ".join(get_close_matches(name, known, n=5) or known)
            raise ServiceError(tr("there is no service or folder “{name}”; there are {known}", name=name, known=words))
        return folder.resolve()

    def blocks(self, folder: Path) -> Path | None:
        """The shared question blocks for a folder: its neighbours' own, else those of the first place that has some."""
        candidates = (folder.parent / BLOCKS, *(place / BLOCKS for place in self.places))
        return next((path for path in candidates if path.is_dir()), None)

    def others(self, folder: Path) -> list[Service]:
        """What is known of all services but the one in `folder`."""
        return [one for path in self.folders() if path != folder and (one := self.service(path)) is not None]

    def service(self, folder: Path) -> Service | None:
        """What the folder says, as far as it can be read."""
        if folder not in self._read:
            try:
                self._read[folder] = load_service(folder, blocks=self.blocks(folder), faults=[])
            except ServiceError:
                self._read[folder] = None
        return self._read[folder]


def writes_alike(one: OfficialNumber, other: OfficialNumber) -> bool:
    """Whether two services give the numbers of one series the same look."""
    return (one.prefix, one.digits, one.start) == (other.prefix, other.digits, other.start)
