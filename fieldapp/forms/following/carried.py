"""Carried answers: those without a place in the form as it is now. They stay with the record until a person dismisses
them, under a path that says which version of the form they were given in:

    @carried/2-9f86d081/place/unit

Being record fields (`@`), they are no answers: no form shows them as its own, no search finds them, and they are
merged, synced and kept in the history like everything else.
"""

from __future__ import annotations

from dataclasses import dataclass

from fieldapp.records import CARRIED, Fields


@dataclass(frozen=True)
class Carried:
    """An answer that was set aside: `field` is where the record keeps it, `path` where it stood in `version`."""

    field: str
    version: str
    path: str
    value: str


def carried_path(version: str, path: str) -> str:
    """Where a record keeps the answer that stood at `path` in `version` (which holds no slash) of its form."""
    return f"{CARRIED}{version}/{path}"


def carried_in(fields: Fields) -> list[Carried]:
    """All carried answers among `fields`, by version and path."""
    found = []
    for field in sorted(fields):
        version, slash, path = field.removeprefix(CARRIED).partition("/")
        if field.startswith(CARRIED) and slash and fields[field]:
            found.append(Carried(field, version, path, fields[field]))
    return found
