"""Whether a gateway lives, and whether it can do its work: for systemd, a load balancer and whoever looks after it."""

from __future__ import annotations

import http.client
import os
import shutil
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from fieldapp.errors import FieldAppError
from fieldapp.logs import scrubbed
from fieldapp.store.sqlcipher import Error
from fieldapp.texts import tr
from sync.gateway.access import ALIVE
from sync.gateway.blobs import RESERVE
from sync.gateway.service import BLOBS, GatewayService

PATIENCE = 10.0  # s
NOBODY = "0" * 64  # the hash of no file


def answers(url: str) -> str:
    """Ask the gateway at `url` whether it answers; "" when it does, else why not."""
    where = urlsplit(url)
    host, port = where.hostname or "", where.port or 0
    plain = where.scheme == "http"
    # Its own port on this machine: the certificate is for the name that laptops use, not for this address.
    secure = ssl._create_unverified_context()  # noqa: S323, SLF001 - as said above
    line = (
        http.client.HTTPConnection(host, port, timeout=PATIENCE)
        if plain
        else http.client.HTTPSConnection(host, port, timeout=PATIENCE, context=secure)
    )
    try:
        line.request("GET", ALIVE)
        status = line.getresponse().status
    except (OSError, http.client.HTTPException) as fault:
        return tr("The gateway does not answer: {why}", why=type(fault).__name__)
    finally:
        line.close()
    return "" if status == 200 else tr("The gateway does not answer: {why}", why=f"HTTP {status}")


@dataclass(frozen=True)
class Health:
    """What a gateway needs, looked at anew each time."""

    service: GatewayService
    data: Path
    url: str  # of its own port

    def live(self) -> str:
        """ "" when it answers; else why it should be started anew."""
        return answers(self.url)

    def ready(self) -> dict[str, str]:
        """ "" for each part that does its work, else what is wrong with it."""
        checks: dict[str, Callable[[], str]] = {
            "gateway": self.live,
            "database": self._database,
            "files": self._files,
            "disk": self._disk,
        }
        return {name: _said(check) for name, check in checks.items()}

    def _database(self) -> str:
        self.service.database.read("SELECT v FROM counter WHERE name = 'feed'")
        return ""

    def _files(self) -> str:
        self.service.files.status(NOBODY)
        folder = self.data / BLOBS
        there = folder if folder.exists() else self.data
        return "" if os.access(there, os.W_OK | os.X_OK) else tr("{folder} cannot be written.", folder=there)

    def _disk(self) -> str:
        free = shutil.disk_usage(self.data).free
        words = {"free": free >> 20, "least": RESERVE >> 20}
        return "" if free >= RESERVE else tr("{free} MiB are free, {least} MiB are needed.", **words)


def _said(check: Callable[[], str]) -> str:
    try:
        return check()
    except (FieldAppError, Error, OSError) as fault:
        return scrubbed(str(fault)) or type(fault).__name__
