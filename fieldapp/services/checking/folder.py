"""Checking one service folder: service.toml, the form, the tables, and how they fit together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from fieldapp.errors import FormError, ServiceError
from fieldapp.forms.lint.check import report
from fieldapp.forms.lint.findings import Finding
from fieldapp.services.check import path_faults
from fieldapp.services.checking import handed, named, privacy, tablerows, together, unwritten, wording
from fieldapp.services.checking.lookups import Lookups
from fieldapp.services.checking.problems import DECLARED, PATH, ROW, of_fault
from fieldapp.services.checking.subject import Subject
from fieldapp.services.checking.tomlrows import TomlRows
from fieldapp.services.loader import load_service
from fieldapp.services.service import Service


@dataclass(frozen=True)
class Checked:
    """A service, by its folder's name, and what is to be corrected in it."""

    id: str
    folder: Path
    problems: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing is."""
        return not self.problems


class Neighbours(Protocol):
    """What a folder is checked beside: a shelf of folders, or the services of a gateway."""

    def blocks(self, folder: Path, /) -> Path | None:
        """The shared question blocks."""
        ...

    def others(self, folder: Path, /) -> Sequence[Service]:
        """The other services."""
        ...


def check_folder(folder: Path, shelf: Neighbours) -> Checked:
    """Everything that is to be corrected in `folder`, beside the services of the `shelf`."""
    found = list(_problems(folder, shelf))
    rows = _rows(folder)
    return Checked(folder.name, folder, tuple(dict.fromkeys(_placed(item, rows) for item in found)))


def _problems(folder: Path, shelf: Neighbours) -> Iterator[Finding]:
    faults: list[ServiceError] = []
    service = None
    try:
        service = load_service(folder, blocks=shelf.blocks(folder), faults=faults)
    except ServiceError as fault:  # no TOML, no form: what follows would speak of nothing
        faults.append(fault)
    yield from (of_fault(DECLARED, fault) for fault in faults)
    yield from tablerows.problems(folder)
    if service is not None:
        yield from named.problems(service)
        yield from unwritten.problems(service)
        yield from together.problems(service, shelf.others(folder))
        yield from _of_form(service, shelf)


def _of_form(service: Service, shelf: Neighbours) -> Iterator[Finding]:
    checked = report(service.files.form, service.files.blocks, advice=True)
    if checked.definition is None or checked.places is None:
        yield from checked.findings
        return
    subject = Subject(service, checked.definition, checked.places)
    yield from wording.made_by_headings(subject, checked.findings)
    yield from (of_fault(PATH, fault) for fault in path_faults(service, checked.definition))
    yield from handed.problems(subject)
    yield from wording.problems(subject)
    yield from privacy.problems(subject)
    yield from unwritten.in_form(subject)
    yield from together.copies(service, shelf.others(service.files.folder))
    try:
        yield from Lookups(subject).problems()
    except (ServiceError, FormError) as fault:  # a table that cannot be read: tablerows.py tells it, row by row
        yield of_fault(ROW, fault)


def _rows(folder: Path) -> TomlRows:
    try:
        return TomlRows((folder / "service.toml").read_text("utf-8"))
    except (OSError, UnicodeDecodeError):
        return TomlRows("")


def _placed(item: Finding, rows: TomlRows) -> Finding:
    place = item.place
    if place.file != "service.toml" or place.row or not place.field:
        return item
    return replace(item, place=replace(place, row=rows.of(place.field)))
