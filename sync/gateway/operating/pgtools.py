"""PostgreSQL's own tools, pg_dump and pg_restore: what a backup of the City's records there is made of.

They are told by the environment where the database is, so that a password is on no command line."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict

from fieldapp.errors import RefusedError, StoreError
from fieldapp.texts import tr
from sync.gateway.postgres import CONNECT_WAIT, EPOCH, PostgresDatabase

NAMES = {
    "host": "PGHOST",
    "hostaddr": "PGHOSTADDR",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "options": "PGOPTIONS",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
    "service": "PGSERVICE",
    "passfile": "PGPASSFILE",
}
LONGEST = 6 * 3600.0  # s


def dump(url: str, target: Path) -> str:
    """Write the records at `url` as one moment has them, in pg_dump's own format; their epoch. StoreError when it
    cannot be done now."""
    epoch, schema = _asked(url, EPOCH), _asked(url, "SELECT current_schema()")
    words = ["--format=custom", "--no-owner", "--no-privileges", f"--table={schema}.*", f"--file={target}"]
    _run("pg_dump", url, words)
    target.chmod(0o600)
    with target.open("rb+") as file:
        os.fsync(file.fileno())
    return epoch


def check_empty(url: str) -> None:
    """RefusedError where a City's records are at `url` already."""
    _tool("pg_restore")
    if _asked(url, "SELECT to_regclass('meta')") != "None":
        raise RefusedError(tr("There are records of a City in this database already; nothing was written."))


def load(url: str, source: Path) -> None:
    """Put a dump into the empty database at `url`, all of it or nothing, and begin a new history there."""
    words = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", f"--dbname={_name(url)}"]
    _run("pg_restore", url, [*words, str(source)])
    database = PostgresDatabase(url)
    try:
        database.new_epoch()
    finally:
        database.close()


def _asked(url: str, sql: str) -> str:
    try:
        with psycopg.connect(url, connect_timeout=CONNECT_WAIT) as connection:
            found = connection.execute(sql.encode()).fetchone()
    except psycopg.Error as fault:
        raise StoreError(tr("The City's records cannot be opened: {why}.", why=str(fault).strip())) from fault
    return str(found[0]) if found else ""


def _name(url: str) -> str:
    return str(conninfo_to_dict(url).get("dbname") or _asked(url, "SELECT current_database()"))


def _tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise RefusedError(tr("{tool} is missing: install PostgreSQL's client tools (postgresql-client).", tool=name))
    return found


def _run(name: str, url: str, words: list[str]) -> None:
    told = {NAMES[key]: str(value) for key, value in conninfo_to_dict(url).items() if key in NAMES and value}
    ran = subprocess.run(  # noqa: S603 - PostgreSQL's own tool, with words of ours alone
        [_tool(name), *words], env={**os.environ, **told}, capture_output=True, text=True, timeout=LONGEST, check=False
    )
    if ran.returncode:
        raise StoreError(tr("{tool} failed: {why}", tool=name, why=ran.stderr.strip()))
