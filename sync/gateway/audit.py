"""What a gateway holds in all, for those who check it: totals, records, files. No person's view, no network."""

from __future__ import annotations

import hashlib
import json

from fieldapp.records import Record
from sync.gateway.feed import MOD
from sync.gateway.scope import WARDS
from sync.gateway.service import GatewayService
from sync.wire import APPLIED, MERGED


def totals(service: GatewayService) -> tuple[int, str]:
    """How many records the City has, and the sum of their fingerprints mod 2^64 in hex: each is in one ward."""
    summary = [tally for name, tally in service.summary().items() if name.startswith(WARDS)]
    return sum(count for count, _ in summary), f"{sum(int(checksum, 16) for _, checksum in summary) % MOD:016x}"


def records(service: GatewayService) -> list[Record]:
    """Every record as it stands."""
    found = service.database.read("SELECT id, service, form_version, rev, fields FROM record ORDER BY id")
    return [Record(id_, name, version, rev, json.loads(fields)) for id_, name, version, rev, fields in found]


def applied(service: GatewayService) -> int:
    """How many ops took effect."""
    sql = "SELECT count(*) FROM op WHERE status IN (?, ?)"
    return int(service.database.read(sql, (APPLIED, MERGED))[0][0])


def files(service: GatewayService) -> list[str]:
    """The SHA-256 of every file that an op has named."""
    return [sha for (sha,) in service.database.read("SELECT DISTINCT sha256 FROM attachment ORDER BY sha256")]


def is_whole(service: GatewayService, sha256: str) -> bool:
    """Whether the file is here whole, byte by byte as its name says."""
    digest, offset = hashlib.sha256(), 0
    while data := service.files.read(sha256, offset):
        digest.update(data)
        offset += len(data)
    return digest.hexdigest() == sha256
