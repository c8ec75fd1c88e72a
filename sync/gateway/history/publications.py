"""Who published which service, when, and what exactly: in the City's history, whose chain nobody alters unseen.

It is written down before the version is kept: nothing is ever judged with that the history does not know. What was cut
off in between stands there as not kept, and the author sends it again.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from fieldapp.records import Person, plain
from fieldapp.services.versions import Versions
from sync.gateway import events
from sync.gateway.transactions import CityDatabase
from sync.wire import Happened

KEPT, LACKING, ALTERED = "kept", "lacking", "altered"  # how a package lies at the gateway now


@dataclass(frozen=True)
class Publication:
    """One version of a service, as the history has it. `at` is the gateway's time, `sha256` the package's."""

    at: str
    person: str
    service: str
    version: str
    sha256: str
    now: str


def note(database: CityDatabase, person: Person, service: str, version: str, package: bytes, now: str) -> None:
    """Write down that `person` publishes this package. The same package again is the same entry."""
    sha256 = hashlib.sha256(package).hexdigest()
    detail = {"service": service, "version": version, "sha256": sha256}
    # Laptops tell of events too; a name with a stroke is none that they could take.
    one = Happened(f"{service}/{version}/{sha256[:16]}", events.PUBLISHED, "", now, detail)
    with database.write() as tx:
        events.keep(tx, [one], person, "", now)


def publications(database: CityDatabase, versions: Versions) -> list[Publication]:
    """All that were published, the first one first, each with how its package lies here now."""
    sql = "SELECT received_at, person, detail FROM event WHERE kind = ? ORDER BY received_at, id"
    return [_of(at, person, plain(detail), versions) for at, person, detail in database.read(sql, (events.PUBLISHED,))]


def _of(at: str, person: str, said: dict[str, str], versions: Versions) -> Publication:
    package = versions.package(said["service"], said["version"])
    same = hashlib.sha256(package).hexdigest() == said["sha256"]
    now = (KEPT if same else ALTERED) if package else LACKING
    return Publication(at, person, said["service"], said["version"], said["sha256"], now)
