"""Bringing forms: before a record arrives, the version of the form that it was made with is on this laptop, and what
the City publishes stands in its catalogue.

So a laptop opens what was made with a form that it never had, older or newer. A version that the City never had, or a
package that is damaged, holds nothing up: the record comes, and is shown in the form that is here.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable

from fieldapp.errors import ServiceError
from fieldapp.services import Catalogue
from fieldapp.services.adopting import adopt
from fieldapp.services.packages import MOST_BYTES
from fieldapp.store import Handout, RemoteRow
from sync.api import RemoteApi
from sync.wire import CHUNK

log = logging.getLogger(__name__)


class Forms:
    """The forms of one laptop. Each version is asked for once a run of the program."""

    def __init__(self, catalogue: Catalogue, api: RemoteApi) -> None:
        self._catalogue = catalogue
        self._api = api
        self._looked_at: set[tuple[str, str]] = set()  # what records were made with
        self._taken_up: set[tuple[str, str]] = set()  # what the City lists

    def bring(self, rows: Iterable[RemoteRow]) -> None:
        """Fetch what these rows' records were made with and is not here. Raises SyncError when the line fails."""
        named = {(row.service, row.form_version) for row in rows if not row.gone}
        for service, version in sorted(named - self._looked_at):
            if self._lacks(service, version):
                self._fetch(service, version)
            self._looked_at.add((service, version))

    def bring_listed(self, listed: Iterable[Handout]) -> None:
        """Fetch the City's forms of today that are not here, before any record names them. Raises SyncError when the
        line fails."""
        for one in listed:
            service, version = str(one.row.get("service")), str(one.row.get("form_version"))
            if (service, version) in self._taken_up:
                continue
            if self._is_new(service) or self._lacks(service, version):
                self._fetch(service, version, str(one.fields.get("sha256")))
            self._adopt(service, version)
            self._taken_up.add((service, version))

    def _lacks(self, service: str, version: str) -> bool:
        known = service in self._catalogue and self._catalogue.versions is not None
        return known and not self._catalogue.get(service).has_form(version)

    def _is_new(self, service: str) -> bool:
        """Whether the City has published a service that this program does not know."""
        versions = self._catalogue.versions
        return versions is not None and service not in self._catalogue

    def _adopt(self, service: str, version: str) -> None:
        """What is here now stands in the catalogue, where it is newer: new records are made with it from now on."""
        versions = self._catalogue.versions
        if versions is not None and versions.has(service, version):
            adopt(self._catalogue, versions, service, version)

    def _fetch(self, service: str, version: str, sha256: str = "") -> None:
        package = self._package(service, version)
        other = sha256 and hashlib.sha256(package).hexdigest() != sha256  # the City has changed it meanwhile, or worse
        if not package or other or self._catalogue.versions is None:
            log.warning("the City does not have version %s of the form of %s", version, service)
            return
        try:
            self._catalogue.versions.keep(service, version, package)
        except ServiceError:
            log.exception("version %s of the form of %s cannot be used", version, service)

    def _package(self, service: str, version: str) -> bytes:
        """All pieces; the last is shorter than the others. What grows beyond all bounds is no package."""
        package = bytearray()
        while len(package) <= MOST_BYTES:
            piece = self._api.get_form(service, version, len(package))
            package += piece
            if len(piece) < CHUNK:
                return bytes(package)
        return b""
