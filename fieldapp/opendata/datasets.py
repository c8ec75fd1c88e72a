"""The City's data sets: resources/opendata/*.json. Each is a Table Schema with what its columns are filled from.

`from` names the path of a column for every service, unless the service names another; `texts` are the same in every
row. A data set whose schema has the columns `lon` and `lat` names is also written as GeoJSON.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from fieldapp.errors import Place, ServiceError
from fieldapp.paths import resources
from fieldapp.texts import tr


@dataclass(frozen=True)
class Dataset:
    """One file of the package: its schema as frictionless has it, and where its columns come from by default."""

    name: str
    title: str
    description: str
    schema: Mapping[str, Any]
    sources: tuple[Mapping[str, str], ...] = ()
    from_: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    lon: str = ""
    lat: str = ""

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The columns in their order."""
        return tuple(column["name"] for column in self.schema["fields"])

    @cached_property
    def types(self) -> Mapping[str, str]:
        """The type of each column."""
        return {column["name"]: column["type"] for column in self.schema["fields"]}


@cache
def datasets(folder: Path | None = None) -> Mapping[str, Dataset]:
    """All data sets by name; ServiceError with the file for one that cannot be read."""
    found = (_read(path) for path in sorted((folder or resources() / "opendata").glob("*.json")))
    return {one.name: one for one in found}


def dataset(name: str, asked_by: Path) -> Dataset:
    """The data set that a service's file asks for; ServiceError, with that file, when there is none."""
    try:
        return datasets()[name]
    except KeyError as error:
        known = ", ".join(datasets())
        message = tr("there is no data set “{name}”; there are: {known}", name=name, known=known)
        raise ServiceError(message, Place(str(asked_by), field="publish.dataset")) from error


def _read(path: Path) -> Dataset:
    try:
        told = json.loads(path.read_text("utf-8"))
        sources = tuple(told.get("sources", ()))
        known = {name: told.get(name, {}) for name in ("texts",)} | {
            name: told.get(name, "") for name in ("lon", "lat")
        }
        about = told["title"], told["description"], told["schema"], sources, told.get("from", {})
        return Dataset(path.stem, *about, **known)
    except (OSError, ValueError, KeyError) as error:
        raise ServiceError(tr("cannot be read: {error}", error=error), Place(str(path))) from error
