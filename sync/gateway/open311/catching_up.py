"""Records that came before the City spoke Open311 are told as well."""

from __future__ import annotations

from fieldapp.records import NUMBER, RECEIVED
from fieldapp.services import Catalogue
from sync.gateway.open311.noting import KEPT, is_told
from sync.gateway.publishing.cases import cases
from sync.gateway.transactions import CityDatabase


def catch_up(database: CityDatabase, catalogue: Catalogue) -> None:
    """Keep what may be told of each record of which nothing is kept yet. Once, when the City begins with it."""
    if database.read("SELECT 1 FROM open311_request LIMIT 1"):
        return
    rows = []
    for case in cases(database):
        record = case.record
        if is_told(catalogue, record):
            first = record.get(RECEIVED) or case.steps[0].at
            rows.append(
                (record.get(NUMBER), record.id, record.service, first, case.steps[-1].at if case.steps else first)
            )
    if rows:
        with database.write() as tx:
            tx.executemany(KEPT, rows)
