"""What a service says of an Open311 server outside to which the City's gateway hands its requests on (`[target]`).

The City stays the one that judges and keeps the record. The server's address, and the key for it, are no data of a
service: the gateway knows the server by its name (`gateway open311 add`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from fieldapp.services.declared import Privacy, State, Transition
from fieldapp.services.entries import Entries
from fieldapp.services.open311 import check_status
from fieldapp.texts import tr

OPEN311 = "open311"
HEALTH = "P4"
PARTS = ("description", "address", "location", "first_name", "last_name", "phone", "email", "media_url", "photos")
SERVER = re.compile(r"[a-z][a-z0-9-]{0,40}")


@dataclass(frozen=True)
class Forward:
    """Where a service's requests go on to, and how they are said there.

    `code` is its service_code there. `submit` are the steps that hand a record on, once. `paths` name the answer of
    each part of GeoReport's request (`photos` a repeat with the picture), `attributes` that of each attribute there,
    `values` for an attribute what our choices are called there. Our own reference goes in the attribute `marker`, where
    there is one, and at the end of the description. `states` are the states that their statuses lead to here,
    `statuses` the statuses in which they are told of our states."""

    server: str
    code: str
    submit: frozenset[str]
    paths: Mapping[str, str]
    attributes: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    marker: str = ""
    states: Mapping[str, str] = field(default_factory=dict)
    statuses: Mapping[str, str] = field(default_factory=dict)

    def named(self) -> Iterator[tuple[str, str]]:
        """All questions that it names, each with its key."""
        yield from ((f"target.{part}", path) for part, path in self.paths.items())
        yield from ((f"target.attributes.{code}", path) for code, path in self.attributes.items())


def read_forward(
    entries: Entries, states: Sequence[State], steps: Sequence[Transition], privacy: Privacy
) -> Forward | None:
    """What service.toml says under `target`, where that is a server that speaks Open311; else None."""
    if not entries.has("target") or entries.table("target").text("kind", "") != OPEN311:
        return None
    table = entries.table("target")
    table.text("kind")
    found = Forward(
        server=table.text("server"),
        code=table.text("service_code"),
        submit=frozenset(table.texts("submit")),
        paths={part: table.text(part) for part in PARTS if table.has(part)},
        attributes=table.pairs("attributes"),
        values=_values(table),
        marker=table.text("marker", ""),
        states=table.pairs("states"),
        statuses=table.pairs("statuses"),
    )
    table.finish()
    _check_ways(table, found, {state.id for state in states}, steps)
    _check_content(table, found, privacy)
    return found


def _values(table: Entries) -> dict[str, dict[str, str]]:
    if not table.has("values"):
        return {}
    inner = table.table("values")
    found = {code: inner.pairs(code) for code in inner.names()}
    inner.finish()
    return found


def _check_ways(table: Entries, found: Forward, states: set[str], steps: Sequence[Transition]) -> None:
    """The server's name, steps, states and statuses."""
    if not SERVER.fullmatch(found.server):
        wrong = tr("“{name}” must be the name that the gateway has for the server, not its address", name=found.server)
        table.wrong("server", wrong)
    complete = {step.id for step in steps if step.needs_complete_form}
    for step in sorted(found.submit - complete):
        table.wrong("submit", tr("“{step}” is no step that needs a complete form", step=step))
    if not found.submit:
        table.wrong("submit", tr("must name at least one step"))
    for status, state in found.states.items():
        check_status(table, f"states.{status}", status)
        if state not in states:
            table.wrong(f"states.{status}", tr("unknown state “{state}”", state=state))
    for state, status in found.statuses.items():
        check_status(table, f"statuses.{state}", status)
        if state not in states:
            table.wrong(f"statuses.{state}", tr("unknown state “{state}”", state=state))


def _check_content(table: Entries, found: Forward, privacy: Privacy) -> None:
    """What may leave the City, and what a request cannot do without."""
    if privacy.class_ == HEALTH:
        table.wrong("kind", tr("a service of class {name} hands nothing on", name=HEALTH))
    for key, path in found.named():
        if path in privacy.sensitive:
            table.wrong(key.partition(".")[2], tr("“{path}” is sensitive: it is handed to nobody", path=path))
    if not {"address", "location"} & found.paths.keys():
        table.wrong("address", tr("is missing: a request there needs an address or a location"))
    for code in sorted(found.values.keys() - found.attributes.keys()):
        table.wrong(f"values.{code}", tr("“{code}” is not among the attributes", code=code))
    if found.marker in found.attributes:
        table.wrong(
            "marker", tr("“{code}” is asked already: the marker needs an attribute for itself", code=found.marker)
        )
