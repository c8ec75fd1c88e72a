"""The folder that laptops read: `metadata`, the signed lists, and `targets`, the files. Any web server may hand it out.

What is new comes first and what points to it last, each file whole: a laptop that reads in between sees the list before
or the list after, never half of one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from securesystemslib.signer import CryptoSigner
from tuf.api.exceptions import RepositoryError, StorageError
from tuf.api.metadata import (
    Metadata,
    MetaFile,
    Root,
    Signed,
    Snapshot,
    TargetFile,
    Targets,
    Timestamp,
)
from tuf.repository import Repository

from fieldapp.clock import Clock, SystemClock
from fieldapp.errors import UpdateError
from fieldapp.store.durable import make_folder, write_durably
from fieldapp.texts import tr
from sync.gateway.updates.keys import signer_of
from sync.updates.release import FILES, LIST, METADATA, Release, Releases
from sync.wire import decoded, encoded

KINDS: dict[str, Callable[[], Signed]] = {
    Root.type: Root,
    Targets.type: Targets,
    Snapshot.type: Snapshot,
    Timestamp.type: Timestamp,
}
LASTS = {  # how long a signature counts; a list that nobody refreshes says nothing of today any more
    Root.type: timedelta(days=730),
    Targets.type: timedelta(days=365),
    Snapshot.type: timedelta(days=30),
    Timestamp.type: timedelta(days=30),
}


class UpdateFolder(Repository):
    """One such folder, with whoever signs which of its lists."""

    def __init__(self, folder: Path, clock: Clock, signers: Mapping[str, CryptoSigner]) -> None:
        """`signers` by the list: those that are not there are not changed."""
        self._metadata, self.files = folder / METADATA, folder / FILES
        self._clock = clock
        self._signers = signers

    def begin(self) -> Path:
        """Make an empty one: its first root, which the program ships with. UpdateError where there is one already."""
        if self._newest(Root.type):
            raise UpdateError(tr("{folder} is begun already. Nothing was changed.", folder=self._metadata.parent))
        make_folder(self._metadata)
        make_folder(self.files)
        with self.edit_root() as root:
            for role, signer in self._signers.items():
                root.add_key(signer.public_key, role)
        self.keep([])
        return self._metadata / "1.root.json"

    def releases(self) -> list[Release]:
        """What is handed out. UpdateError where there is no such folder, or it cannot be read."""
        self._require_lists()
        try:
            listed = self.targets().targets[LIST]
        except (KeyError, RepositoryError) as fault:
            raise UpdateError(tr("{folder} cannot be read: {why}", folder=self._metadata, why=fault)) from fault
        content = (self.files / f"{listed.hashes['sha256']}.{LIST}").read_bytes()
        return list(decoded(Releases, content).releases)

    def add_file(self, file: Path) -> None:
        """Sign a file that lies in `files` already, under its hash and its name."""
        with self.edit_targets() as targets:
            name = file.name.partition(".")[2]
            targets.targets[name] = TargetFile.from_file(name, str(file), ["sha256"])

    def keep(self, releases: list[Release]) -> None:
        """Hand these out from now on; files of others are not signed any more, and go."""
        content = encoded(Releases(tuple(releases)))
        named = TargetFile.from_data(LIST, content, ["sha256"])
        _put(self.files / f"{named.hashes['sha256']}.{LIST}", content)
        with self.edit_targets() as targets:
            known = {one.file for one in releases}
            targets.targets = {name: one for name, one in targets.targets.items() if name in known}
            targets.targets[LIST] = named
        self.do_snapshot()
        self.do_timestamp()
        self._forget_files()

    def refresh(self) -> None:
        """Say that the list is still today's. UpdateError where there is none."""
        self._require_lists()
        self.do_snapshot(force=True)
        self.do_timestamp(force=True)

    def renew(self) -> None:
        """Sign the root and the list of versions anew, before their signatures expire."""
        known = self.releases()
        with self.edit_root():
            pass
        self.keep(known)

    def open(self, role: str) -> Metadata[Any]:
        """The newest list of a role, or a new one."""
        path = self._newest(role)
        if path is not None:
            return Metadata.from_file(str(path))
        signed = KINDS[role]()
        signed.version = 0  # `close` counts on
        return Metadata(signed)

    def close(self, role: str, md: Metadata[Any]) -> None:
        """Sign it, as the next of its role."""
        md.signed.version += 1
        md.signed.expires = self._clock.now().replace(microsecond=0, tzinfo=None) + LASTS[role]
        md.signatures.clear()
        md.sign(self._signers[role], append=True)
        name = f"{role}.json" if role == Timestamp.type else f"{md.signed.version}.{role}.json"
        _put(self._metadata / name, md.to_bytes())

    @property
    def targets_infos(self) -> dict[str, MetaFile]:
        """What the snapshot says of the list of versions."""
        return {"targets.json": MetaFile(self.targets().version)}

    @property
    def snapshot_info(self) -> MetaFile:
        """What the timestamp says of the snapshot."""
        return MetaFile(self.snapshot().version)

    def _require_lists(self) -> None:
        if self._newest(Targets.type) is None:
            raise UpdateError(tr("{folder} is no folder of updates yet: begin one.", folder=self._metadata.parent))

    def _newest(self, role: str) -> Path | None:
        if role == Timestamp.type:
            path = self._metadata / f"{role}.json"
            return path if path.exists() else None
        found = [(int(one.name.partition(".")[0]), one) for one in self._metadata.glob(f"*.{role}.json")]
        return max(found)[1] if found else None

    def _forget_files(self) -> None:
        """Files that no list names; a laptop in the middle of one is told that it is handed out no more. Where another
        version is being packed, or was when it was cut off, is left alone."""
        kept = {f"{one.hashes['sha256']}.{name}" for name, one in self.targets().targets.items()}
        for path in self.files.iterdir():
            if path.name not in kept and not path.is_dir():
                path.unlink()


def _put(path: Path, content: bytes) -> None:
    """For everybody to read: whoever hands it out is another than who signs."""
    write_durably(path, content)
    path.chmod(0o644)


def kept_fresh(folder: Path, key: Path) -> None:
    """Say with the key `daily` that the list is still today's. UpdateError where it cannot be said."""
    signer = signer_of(key)
    try:
        UpdateFolder(folder, SystemClock(), {Snapshot.type: signer, Timestamp.type: signer}).refresh()
    except (OSError, RepositoryError, StorageError) as fault:
        raise UpdateError(tr("The list of versions could not be kept fresh: {why}", why=fault)) from fault


def require_begun(folder: Path) -> None:
    """UpdateError where the folder holds no lists of versions."""
    if not (folder / METADATA).is_dir():
        raise UpdateError(tr("{folder} is no folder of updates yet: begin one.", folder=folder))
