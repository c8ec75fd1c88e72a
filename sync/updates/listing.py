"""The City's signed list of versions. What is not signed by its keys, is older than what was seen before, or has
expired, is refused in words: then nothing changes here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tuf.api.exceptions import (
    BadVersionNumberError,
    DownloadError,
    DownloadHTTPError,
    ExpiredMetadataError,
    LengthOrHashMismatchError,
    RepositoryError,
    UnsignedMetadataError,
)
from tuf.api.metadata import TargetFile
from tuf.ngclient import Updater

from fieldapp.errors import SyncError, UpdateError
from fieldapp.paths import resources
from fieldapp.store.durable import make_folder, write_durably
from fieldapp.texts import tr
from fieldapp.updates.place import UPDATES_ROOT, Installed
from sync.updates.line import Line
from sync.updates.release import FILES, LIST, METADATA, Release, Releases
from sync.wire import decoded


def shipped_root() -> Path:
    """The City's root of trust, where it came with the program."""
    return resources() / "program" / UPDATES_ROOT


def root_of(place: Installed) -> bytes | None:
    """The root of trust: shipped with the program, else given when this computer was set up. None without one: then
    IT brings new versions."""
    for path in (shipped_root(), place.root / UPDATES_ROOT):
        if path.is_file():
            return path.read_bytes()
    return None


def keep_root(place: Installed, given: Path) -> None:
    """Trust what the root in the file `given` signs. UpdateError for what is none."""
    content = given.read_bytes()
    with _translated():
        Updater(str(_lists(place)), "https://x.invalid", bootstrap=content)
    write_durably(place.root / UPDATES_ROOT, content)


@dataclass(frozen=True)
class Wanted:
    """A version with its file: where, how long, and whether what came is it."""

    release: Release
    name: str
    target: TargetFile

    @property
    def size(self) -> int:
        """Bytes."""
        return self.target.length

    @property
    def sha256(self) -> str:
        """Of the file."""
        return str(self.target.hashes["sha256"])

    def check(self, file: Path) -> None:
        """UpdateError unless the file is, byte for byte, the one that was signed."""
        with _translated(), file.open("rb") as content:
            self.target.verify_length_and_hashes(content)


class Listing:
    """The City's list, as it is now."""

    def __init__(self, place: Installed, root: bytes, line: Line) -> None:
        """Fetch and judge it. UpdateError where it cannot be trusted; a SyncError where the line failed."""
        base = line.base
        with _translated():
            folder = str(_lists(place))
            self._updater = Updater(
                folder, f"{base}/{METADATA}/", folder, f"{base}/{FILES}/", fetcher=line, bootstrap=root
            )
            self._updater.refresh()
            found = self._updater.get_targetinfo(LIST)
            content = Path(self._updater.download_target(found)).read_bytes() if found else b"{}"
        self.releases = decoded(Releases, content).releases

    def wanted(self, release: Release) -> Wanted:
        """The file of a version. UpdateError where the list has none."""
        with _translated():
            target = self._updater.get_targetinfo(release.file)
        if target is None or "sha256" not in target.hashes:
            raise UpdateError(tr("The City's list of versions names a file that it does not have."))
        return Wanted(release, f"{target.hashes['sha256']}.{release.file}", target)


def _lists(place: Installed) -> Path:
    make_folder(place.trust)
    return place.trust


@contextmanager
def _translated() -> Iterator[None]:
    """Inside, TUF's errors become ours."""
    try:
        yield
    except DownloadHTTPError as fault:
        raise UpdateError(tr("The City hands out no versions of FieldApp here.")) from fault
    except DownloadError as fault:
        if isinstance(fault.__cause__, SyncError):
            raise fault.__cause__ from fault
        raise UpdateError(_refused(tr("its list could not be fetched"))) from fault
    except RepositoryError as fault:
        raise UpdateError(_refused(_why(fault))) from fault


def _why(fault: RepositoryError) -> str:
    if isinstance(fault, ExpiredMetadataError):
        return tr("its signature has expired; if this computer's date is right, tell IT")
    if isinstance(fault, BadVersionNumberError):
        return tr("it is older than what was seen here before")
    if isinstance(fault, UnsignedMetadataError):
        return tr("it is not signed by the City")
    if isinstance(fault, LengthOrHashMismatchError):
        return tr("it came other than it was signed")
    return tr("it cannot be read")


def _refused(why: str) -> str:
    return tr("The City's update was not taken: {why}. FieldApp stays as it is.", why=why)
