"""What a service says of Open311 (GeoReport v2): under which answers a stranger's request is written down.

A request from outside becomes a record like any other: the same form judges it, the same step hands it in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from fieldapp.outside import STATUSES
from fieldapp.services.declared import Transition
from fieldapp.services.entries import Entries
from fieldapp.texts import tr

PARTS = ("description", "address", "location", "first_name", "last_name", "phone", "email", "photos")


@dataclass(frozen=True)
class Open311:
    """A service that takes requests by Open311. `paths` name the answer of each part of GeoReport's request, `photos`
    a repeat with the picture; `attributes` the questions that are asked there; `answers` what is answered for all;
    `updates` the step that a status takes which another system posts."""

    step: str
    paths: Mapping[str, str]
    attributes: tuple[str, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    updates: Mapping[str, str] = field(default_factory=dict)

    def named(self) -> Iterator[str]:
        """All questions that it names."""
        yield from self.paths.values()
        yield from self.attributes
        yield from self.answers


def read_open311(entries: Entries, steps: Sequence[Transition]) -> Open311 | None:
    """What service.toml says under `open311`, None where it says nothing."""
    if not entries.has("open311"):
        return None
    table = entries.table("open311")
    found = Open311(
        step=table.text("step"),
        paths={part: table.text(part) for part in PARTS if table.has(part)},
        attributes=table.texts("attributes", ()),
        answers=table.pairs("answers"),
        updates=table.pairs("updates"),
    )
    table.finish()
    known = {step.id for step in steps}
    if found.step not in known:
        table.wrong("step", tr("unknown step “{step}”", step=found.step))
    for status, step in found.updates.items():
        check_status(table, f"updates.{status}", status)
        if step not in known:
            table.wrong(f"updates.{status}", tr("unknown step “{step}”", step=step))
    return found


def check_status(table: Entries, key: str, status: str) -> None:
    """Say that `key` is wrong where this is no status of Open311."""
    if status not in STATUSES:
        table.wrong(
            key, tr("“{status}” is no status of Open311; known are: {known}", status=status, known=", ".join(STATUSES))
        )
