"""A city that hands out versions: keys, a signed folder, and programs to put into it."""

from __future__ import annotations

import json
import shutil
from datetime import datetime, timedelta
from pathlib import Path

from fieldapp.clock import Clock, SystemClock
from fieldapp.updates.place import UPDATES_ROOT, Installed, this_system
from sync.gateway.updates.folder import UpdateFolder
from sync.gateway.updates.keys import DAILY, RELEASES, ROOT, make_keys, signer_of
from sync.gateway.updates.publishing import publish
from sync.updates.release import Release
from tests.support.programs import make_light_program, make_program

NOTES = {"en": "Faster search.", "fr": "Recherche plus rapide."}


class Publisher:
    """Who signs versions, with all keys at hand."""

    def __init__(self, root: Path, clock: Clock | None = None) -> None:
        self._scratch, self.folder, self.keys = root / "built", root / "updates", root / "keys"
        self._clock = clock or SystemClock()
        make_keys(self.keys, "")
        self.root = self.signing().begin()

    def signing(self) -> UpdateFolder:
        """The folder, with all who sign."""
        root, releases, daily = (signer_of(self.keys / f"{name}.pem") for name in (ROOT, RELEASES, DAILY))
        signers = {"root": root, "targets": releases, "snapshot": daily, "timestamp": daily}
        return UpdateFolder(self.folder, self._clock, signers)

    def publish(
        self, version: str, fault: str = "", share: int = 100, laptops: tuple[str, ...] = (), *, real: bool = False
    ) -> Release:
        """Hand out a program of this version; a `real` one opens stores."""
        folder = self._scratch / version
        shutil.rmtree(folder, ignore_errors=True)
        (make_program if real else make_light_program)(folder, version, fault)
        return publish(self.signing(), folder, Release(version, this_system(), "", share, laptops, NOTES))

    def trusted_by(self, place: Installed) -> None:
        """Let a machine trust this city."""
        place.root.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(self.root, place.root / UPDATES_ROOT)

    def file_of(self, version: str) -> Path:
        """The file that laptops fetch."""
        [found] = (self.folder / "targets").glob(f"*.fieldapp-{version}-*")
        return found

    def list_path(self, role: str) -> Path:
        """The newest signed list of a role."""
        folder = self.folder / "metadata"
        if role == "timestamp":
            return folder / "timestamp.json"
        return max(folder.glob(f"*.{role}.json"), key=lambda one: int(one.name.partition(".")[0]))

    def alter(self, role: str) -> None:
        """Change something in a signed list, as one who has no key."""
        path = self.list_path(role)
        said = json.loads(path.read_text("utf-8"))
        said["signed"]["expires"] = "2099-01-01T00:00:00Z"
        path.write_text(json.dumps(said), "utf-8")


class LongAgo:
    """A clock that is years behind: what it signs has expired."""

    def now(self) -> datetime:
        """Three years ago."""
        return SystemClock().now() - timedelta(days=1100)
