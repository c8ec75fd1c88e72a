"""Services that came as packages: the newest version of each that this machine has stands in the catalogue.

A service that is published to the City's gateway comes to laptops as the package of its form, with its service.toml in
it. It is kept like every version of a form, so that it is there again after a restart, also without a network.
"""

from __future__ import annotations

import logging

from fieldapp.errors import FormError, ServiceError
from fieldapp.services.catalogue import Catalogue
from fieldapp.services.declared import TOML
from fieldapp.services.loader import load_service
from fieldapp.services.service import Service
from fieldapp.services.versions import Versions, is_newer

log = logging.getLogger(__name__)


def kept_service(versions: Versions, service: str, version: str) -> Service | None:
    """The service as that version has it; None where its package is of a form alone, as older programs made them.

    ServiceError or FormError when the version is not here, or cannot be used."""
    folder = versions.folder(service, version)
    if not (folder / TOML).is_file():
        return None
    found = load_service(folder, versions=versions, kept_version=version)
    if found.id != service:
        return None
    found.form()
    return found


def adopt(catalogue: Catalogue, versions: Versions, service: str, version: str) -> bool:
    """Let this version stand in the catalogue, where it is newer than what does; whether it does now.

    What cannot be used is logged, and changes nothing."""
    if service in catalogue and not is_newer(version, catalogue.get(service).form_version):
        return False
    try:
        found = kept_service(versions, service, version)
    except (ServiceError, FormError):
        log.exception("version %s of the service %s cannot be used", version, service)
        return False
    if found is None or found.target is not None:
        return False
    catalogue.put(found)
    return True


def adopt_newest(catalogue: Catalogue, versions: Versions) -> None:
    """The newest version of each service that is kept here, where it is newer than what the catalogue has."""
    for service, names in versions.listed().items():
        newest = names[0]
        for name in names[1:]:
            newest = name if is_newer(name, newest) else newest
        adopt(catalogue, versions, service, newest)
