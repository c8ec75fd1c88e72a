"""The file of the reference layers: plain SQLite, public data only, one a machine.

It can be made anew from the files it came from. WAL lets everybody read on while an import replaces a layer; each
import is one transaction. Every layer has its own tables, which its import drops and makes again.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fieldapp.errors import DamagedStoreError, DiskError, NewerStoreError
from fieldapp.store.sqlcipher import Connection, Error, plain, transaction
from fieldapp.texts import tr

SQLITE_CORRUPT, SQLITE_NOTADB = 11, 26

VERSION = 1
AREA_LAYERS = ("wards", "rural", "collection")
KINDS = (*AREA_LAYERS, "parcels", "addresses", "streets", "gtfs")

_LAYERS = """CREATE TABLE IF NOT EXISTS layers (
    name TEXT PRIMARY KEY, file TEXT NOT NULL, source TEXT NOT NULL, as_of TEXT NOT NULL, licence TEXT NOT NULL,
    rows INTEGER NOT NULL, imported_at TEXT NOT NULL, sha256 TEXT NOT NULL, details TEXT NOT NULL)"""
_AREAS = """
CREATE TABLE {name} (
    id INTEGER PRIMARY KEY, code TEXT NOT NULL, name TEXT NOT NULL, extra TEXT NOT NULL, wkb BLOB NOT NULL);
CREATE VIRTUAL TABLE {name}_box USING rtree(id, west, east, south, north);
CREATE TABLE {name}_outlines (area INTEGER NOT NULL, level INTEGER NOT NULL, rings BLOB NOT NULL);
"""
_AREAS_DONE = "CREATE INDEX {name}_outlines_of ON {name}_outlines(level, area);"
_PARCELS = """
CREATE TABLE parcels (
    id INTEGER PRIMARY KEY, parcel TEXT NOT NULL, lat REAL NOT NULL, lon REAL NOT NULL,
    ward TEXT NOT NULL, rural INTEGER NOT NULL, extra TEXT NOT NULL, outline BLOB);
CREATE VIRTUAL TABLE parcels_box USING rtree(id, west, east, south, north);
"""
_PARCELS_DONE = """
INSERT INTO parcels_box SELECT id, lon, lon, lat, lat FROM parcels;
CREATE INDEX parcels_by_parcel ON parcels(parcel);
"""
_ADDRESSES = """
CREATE TABLE streets (id INTEGER PRIMARY KEY, name TEXT NOT NULL, community TEXT NOT NULL, sort TEXT NOT NULL);
CREATE VIRTUAL TABLE street_words USING fts5(words, content='', prefix='1 2 3', detail=none);
CREATE TABLE addresses (
    id INTEGER PRIMARY KEY, address TEXT NOT NULL, number TEXT NOT NULL, unit TEXT NOT NULL, street INTEGER NOT NULL,
    key TEXT NOT NULL, value INTEGER NOT NULL, unit_key TEXT NOT NULL, lat REAL NOT NULL, lon REAL NOT NULL,
    ward TEXT NOT NULL, rural INTEGER NOT NULL, extra TEXT NOT NULL);
CREATE VIRTUAL TABLE addresses_box USING rtree(id, west, east, south, north);
"""
_ADDRESSES_DONE = """
INSERT INTO addresses_box SELECT id, lon, lon, lat, lat FROM addresses;
CREATE INDEX addresses_by_address ON addresses(address);
CREATE INDEX addresses_by_key ON addresses(street, key, unit_key);
CREATE INDEX addresses_by_number ON addresses(key, unit_key);
CREATE INDEX addresses_by_value ON addresses(street, value, key);
"""
_STREETS = """
CREATE TABLE centrelines (
    id INTEGER PRIMARY KEY, street TEXT NOT NULL, name TEXT NOT NULL, road TEXT NOT NULL, extra TEXT NOT NULL);
CREATE TABLE street_lines (id INTEGER PRIMARY KEY, name TEXT NOT NULL, road TEXT NOT NULL, line BLOB NOT NULL);
CREATE VIRTUAL TABLE street_lines_box USING rtree(id, west, east, south, north, finest, coarsest);
"""
_GTFS = """
CREATE TABLE stops (
    id INTEGER PRIMARY KEY, stop TEXT NOT NULL, code TEXT NOT NULL, name TEXT NOT NULL,
    lat REAL NOT NULL, lon REAL NOT NULL, ward TEXT NOT NULL, rural INTEGER NOT NULL, boarding INTEGER NOT NULL);
CREATE VIRTUAL TABLE stops_box USING rtree(id, west, east, south, north);
CREATE VIRTUAL TABLE stop_words USING fts5(words, content='', prefix='1 2 3', detail=none);
CREATE TABLE stop_access (stop INTEGER PRIMARY KEY, wheelchair INTEGER NOT NULL);
CREATE TABLE routes (
    id INTEGER PRIMARY KEY, route TEXT NOT NULL, short TEXT NOT NULL, long TEXT NOT NULL, colour TEXT NOT NULL);
CREATE TABLE trips (
    id INTEGER PRIMARY KEY, trip TEXT NOT NULL, route INTEGER NOT NULL, service TEXT NOT NULL,
    headsign TEXT NOT NULL, last INTEGER NOT NULL DEFAULT 0);
CREATE TABLE stop_times (
    stop INTEGER NOT NULL, departure INTEGER NOT NULL, trip INTEGER NOT NULL, sequence INTEGER NOT NULL,
    PRIMARY KEY (stop, departure, trip, sequence)) WITHOUT ROWID;
CREATE TABLE calendar (
    service TEXT NOT NULL, first TEXT NOT NULL, last TEXT NOT NULL, weekdays INTEGER NOT NULL);
CREATE TABLE calendar_dates (date TEXT NOT NULL, service TEXT NOT NULL, runs INTEGER NOT NULL);
"""
_GTFS_DONE = """
INSERT INTO stops_box SELECT id, lon, lon, lat, lat FROM stops;
CREATE INDEX stops_by_stop ON stops(stop);
CREATE INDEX stops_by_code ON stops(code);
CREATE INDEX trips_by_trip ON trips(trip);
CREATE INDEX stop_times_by_trip ON stop_times(trip, sequence);
CREATE INDEX calendar_dates_by_date ON calendar_dates(date, service);
"""
_CREATE = {
    **dict.fromkeys(AREA_LAYERS, _AREAS),
    "parcels": _PARCELS,
    "addresses": _ADDRESSES,
    "streets": _STREETS,  # under names of their own: the addresses have a table of the streets that they name
    "gtfs": _GTFS,
}
_DONE = {
    **dict.fromkeys(AREA_LAYERS, _AREAS_DONE),
    "parcels": _PARCELS_DONE,
    "addresses": _ADDRESSES_DONE,
    "streets": "CREATE INDEX centrelines_by_name ON centrelines(name);",
    "gtfs": _GTFS_DONE,
}


def open_to_read(path: Path) -> Connection:
    """A connection that cannot write; it raises Error where there is no readable file."""
    connection = plain(path, create=False)
    connection.execute("PRAGMA query_only = ON")
    return connection


@contextmanager
def writing(path: Path) -> Iterator[Connection]:
    """One transaction on the layers file, made where it is missing: all of the block takes effect or nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with _said_plainly(path):
        connection = plain(path, create=True)
        try:
            _prepare(connection)
            with transaction(connection) as tx:
                yield tx
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()


def recreate(connection: Connection, layer: str) -> None:
    """Empty the tables of `layer`, inside the caller's transaction."""
    for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall():
        if name in _tables(layer):
            connection.execute(f"DROP TABLE {name}")
    _run(connection, _CREATE[layer].format(name=layer))


def finish(connection: Connection, layer: str) -> None:
    """Make the indexes of `layer`, once its rows are in: far quicker than keeping them up to date row by row."""
    _run(connection, _DONE[layer].format(name=layer))


def _prepare(connection: Connection) -> None:
    if connection.execute("PRAGMA user_version").fetchone()[0] > VERSION:
        raise NewerStoreError(tr("The reference layers were written by a newer FieldApp; they are untouched."))
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")  # open data: after a power cut the last import is repeated
    connection.execute("PRAGMA cache_size = -64000")
    with transaction(connection) as tx:
        tx.execute(_LAYERS)
        present = {name for (name,) in tx.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        for layer in KINDS:
            if not present & _tables(layer):
                recreate(tx, layer)
                finish(tx, layer)
        tx.execute(f"PRAGMA user_version = {VERSION}")


def _tables(layer: str) -> frozenset[str]:
    """The names of the tables of a layer, as its CREATE statements have them."""
    statements = _statements(_CREATE[layer].format(name=layer))
    return frozenset(text.split(" TABLE ")[1].split(maxsplit=1)[0] for text in statements)


def _run(connection: Connection, script: str) -> None:
    for statement in _statements(script):
        connection.execute(statement)


def _statements(script: str) -> list[str]:
    return [text.strip() for text in script.split(";") if text.strip()]


@contextmanager
def _said_plainly(path: Path) -> Iterator[None]:
    """Turn the database's errors into ours."""
    try:
        yield
    except Error as error:
        if error.sqlite_errorcode in {SQLITE_NOTADB, SQLITE_CORRUPT}:
            message = tr("{path} is damaged or no file of layers; move it away and import anew.", path=path)
            raise DamagedStoreError(message) from error
        message = tr("The reference layers in {path} cannot be written ({error}).", path=path, error=error)
        raise DiskError(message) from error
