"""The table of the services in README.md, made from their folders: `fieldapp service table` writes it anew."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from fieldapp.errors import RefusedError
from fieldapp.services.service import Service
from fieldapp.texts import tr

BEGIN, END = "<!-- services: made by `./run service table` -->", "<!-- services: end -->"


def listing(services: Iterable[Service]) -> str:
    """The table, a row a service."""
    rows = ["| code | service | en français | folder |", "|---|---|---|---|"]
    for one in services:
        folder = f"[{one.id}](resources/services/{one.id})"
        rows.append(f"| {one.code} | {one.title.en} | {one.title.fr} | {folder} |")
    return "\n".join(rows)


def with_listing(text: str, services: Iterable[Service]) -> str:
    """`text` with the table between its two marks. RefusedError where they are not there."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise RefusedError(tr("This file has no place for the table of services."))
    return f"{before}{BEGIN}\n{listing(services)}\n{END}{after}"


def write_listing(path: Path, services: Iterable[Service]) -> None:
    """Write the table into a file. RefusedError, and nothing written, where it has no place for it."""
    path.write_text(with_listing(path.read_text("utf-8"), services), "utf-8")
