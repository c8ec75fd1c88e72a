"""The City's records for a command: in a file beside the gateway, or in a PostgreSQL database."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sync.gateway.transactions import CityDatabase


def open_database(folder: Path, url: str) -> CityDatabase:
    """The City's records, in a file in `folder` or at `url`; the caller closes it."""
    if url:
        from sync.gateway.postgres import PostgresDatabase

        return PostgresDatabase(url)
    from sync.gateway.database import Database

    return Database(folder)


@contextmanager
def records_of(options: Namespace) -> Iterator[CityDatabase]:
    """The records that a command's `--data` and `--database` name, closed after it."""
    database = open_database(options.data, options.database)
    try:
        yield database
    finally:
        database.close()
