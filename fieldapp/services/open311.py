"""What a service says of Open311 (GeoReport v2): under which answers a stranger's request is written down.

A request from outside becomes a record like any other: the same form judges it, the same step hands it in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from fieldapp.services.entries import Entries

PARTS = ("description", "address", "location", "first_name", "last_name", "phone", "email", "photos")


@dataclass(frozen=True)
class Open311:
    """A service that takes requests by Open311. `paths` name the answer of each part of GeoReport's request, `photos`
    a repeat with the picture; `attributes` the questions that are asked there; `answers` what is answered for all."""

    step: str
    paths: Mapping[str, str]
    attributes: tuple[str, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)

    def named(self) -> Iterator[str]:
        """All questions that it names."""
        yield from self.paths.values()
        yield from self.attributes
        yield from self.answers


def read_open311(entries: Entries) -> Open311 | None:
    """What service.toml says under `open311`, None where it says nothing."""
    if not entries.has("open311"):
        return None
    table = entries.table("open311")
    found = Open311(
        step=table.text("step"),
        paths={part: table.text(part) for part in PARTS if table.has(part)},
        attributes=table.texts("attributes", ()),
        answers=table.pairs("answers"),
    )
    table.finish()
    return found
