"""Services that were published to this gateway: checked before they are taken, kept for good, judged with at once.

They lie among the versions of forms. A mark beside them tells the gateway's other processes of what is new.
"""

from __future__ import annotations

import logging
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from fieldapp.access import may_publish
from fieldapp.errors import GatewayError, ServiceError
from fieldapp.forms.lint.findings import ERROR, Finding
from fieldapp.records import Person
from fieldapp.services import Catalogue, Service
from fieldapp.services.adopting import adopt_newest
from fieldapp.services.checking import check_folder
from fieldapp.services.checking.problems import FRENCH
from fieldapp.services.loader import load_service
from fieldapp.services.packages import unpack
from fieldapp.services.versions import is_newer
from fieldapp.store.durable import write_durably
from fieldapp.texts import plural, tr
from sync.gateway.forms import Forms

log = logging.getLogger(__name__)
UNUSABLE = 422  # to a laptop 403 says that its sign-in has ended, 409 that the City was restored
MARK = "published"
MOST_TOLD = 10


@dataclass
class Published:
    """The catalogue of a gateway: the services that it was started with, and what was published since."""

    base: Catalogue
    forms: Forms
    folder: Path  # where the versions of forms are kept
    note: Callable[
        [Person, str, str, bytes, str], None
    ]  # into the City's history: who, service, version, package, when
    _seen: int = -1
    _catalogue: Catalogue = field(default_factory=lambda: Catalogue({}))

    @property
    def catalogue(self) -> Catalogue:
        """All services as they are now, also where another process took a new one."""
        changed = self._changed()
        if changed != self._seen:
            made = Catalogue({one.id: one for one in self.base}, self.base.versions)
            adopt_newest(made, self.forms.versions)
            self._catalogue, self._seen = made, changed
        return self._catalogue

    def take(self, person: Person, name: str, package: bytes, now: str) -> Service:
        """Take a service, whole and checked, or not at all; the service as it is kept.

        GatewayError, with every problem, when it is not in order; where the person may not publish; and when the City
        has this version, or a later one."""
        if not may_publish(person):
            words = tr("Publishing a service takes the role supervisor or back_office, for all wards.")
            raise GatewayError(words, UNUSABLE)
        version = self._checked(name, package)
        versions = self.forms.versions
        if versions.package(name, version) != package:
            self._is_next(name, version)
            self.note(person, name, version, package, now)
            versions.keep(name, version, package)
            self._mark(now)
            log.info("%s published version %s of %s", person.id, version, name)
        return self.catalogue.get(name)

    def _checked(self, name: str, package: bytes) -> str:
        """The version of a package in which nothing is to be corrected."""
        part = Path(tempfile.mkdtemp())
        try:
            unpack(package, part / name)
            service = load_service(part / name)
            version, problems = service.form_version, check_folder(part / name, _Others(self.catalogue, name)).problems
        except ServiceError as fault:
            raise GatewayError(str(fault), UNUSABLE) from fault
        finally:
            shutil.rmtree(part, ignore_errors=True)
        if service.target is not None:
            raise GatewayError(tr("This service has a server of its own: it is not the City's to hand out."), UNUSABLE)
        serious = [one for one in problems if one.severity == ERROR or one.code == FRENCH]
        if serious:
            raise GatewayError(_told(serious), UNUSABLE)
        return version

    def _is_next(self, name: str, version: str) -> None:
        """GatewayError unless the author counted the version up."""
        known = self.catalogue.get(name).form_version if name in self.catalogue else ""
        if known and not is_newer(version, known):
            words = {"known": known.rpartition("-")[0], "service": name}
            message = tr(
                "The City has version {known} of “{service}” already. Count version up in service.toml; what was "
                "published stays as it is.",
                **words,
            )
            raise GatewayError(message, UNUSABLE)

    def _changed(self) -> int:
        try:
            return (self.folder / MARK).stat().st_mtime_ns
        except OSError:
            return 0

    def _mark(self, now: str) -> None:
        write_durably(self.folder / MARK, now.encode())
        self._seen = -1


@dataclass(frozen=True)
class _Others:
    """What a published service is checked beside."""

    catalogue: Catalogue
    name: str

    def blocks(self, _folder: Path) -> None:
        """None: they are in its form already."""

    def others(self, _folder: Path) -> Sequence[Service]:
        """The City's other services."""
        return [service for service in self.catalogue if service.id != self.name]


def _told(problems: Sequence[Finding]) -> str:
    """The problems with their places, the first of them where there are many."""
    lines = [f"{one.place}: {one.text}" for one in problems[:MOST_TOLD]]
    n = len(problems)
    said = plural(
        n, "This service has {n} problem and was not taken.", "This service has {n} problems and was not taken."
    )
    return "\n".join([said, *lines])
