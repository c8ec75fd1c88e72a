"""Keeping a service's form as it is now, for all records that are made with it."""

from __future__ import annotations

import logging

from fieldapp.errors import FormError, ServiceError
from fieldapp.services.service import Service
from fieldapp.services.versions import Versions

log = logging.getLogger(__name__)


def keep(service: Service, versions: Versions) -> None:
    """Keep today's version among `versions`. Where that fails (a full disk) the work goes on: the next use tries again,
    and the gateway has the version too."""
    if versions.has(service.id, service.form_version):
        return
    from fieldapp.services.packages import packed

    try:
        versions.keep(service.id, service.form_version, packed(service.files))
    except (FormError, ServiceError, OSError):
        log.exception("version %s of the form of %s could not be kept", service.form_version, service.id)
