"""What a server says of a request, written into its record as the City's own Change."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from fieldapp.clock import moment_of
from fieldapp.outside import Word
from fieldapp.records import DUE, LANG, OUTSIDE, STATE, WORDS, Edits, Record, edited
from fieldapp.services import Catalogue, Service
from sync.gateway import citys
from sync.gateway.transactions import Transaction


@dataclass(frozen=True)
class Heard:
    """Something that was heard of a request: `word` stands on the record under a name that is made of `id`; server,
    number and status replace what was known of them ("" leaves it)."""

    id: str
    server: str = ""
    number: str = ""
    status: str = ""
    word: Word | None = None


def write(tx: Transaction, catalogue: Catalogue, record: str, heard: Heard, now: str) -> None:
    """Write it, and take the state that the service maps its status to. Last in its transaction. What the record has
    already is not written twice."""
    standing = citys.locked(tx, record)
    if standing is None or standing.record.service not in catalogue:
        return
    service = catalogue.get(standing.record.service)
    edits = _edits(service, standing.record, heard, now)
    if edits:
        citys.put(tx, catalogue, standing, edits, now)


def _edits(service: Service, record: Record, heard: Heard, now: str) -> Edits:
    own = {"server": heard.server, "number": heard.number, "status": heard.status}
    edits: dict[str, str | None] = {OUTSIDE + name: value for name, value in own.items() if value}
    if heard.word:
        edits[WORDS + hashlib.sha256(heard.id.encode()).hexdigest()[:16]] = heard.word.written()
    edits |= _state(service, record, heard.status, now)
    return {path: value for path, value in edits.items() if value != record.fields.get(path)}


def _state(service: Service, record: Record, status: str, now: str) -> dict[str, str | None]:
    """From where the record was handed on, and between the states that a server leads to; never out of another one."""
    rule = service.forward
    to = rule.states.get(status) if rule else None
    if rule is None or to is None or record.state == to:
        return {}
    if record.state not in {step.to for step in service.transitions if step.id in rule.submit} | set(
        rule.states.values()
    ):
        return {}
    edits: dict[str, str | None] = {STATE: to}
    due = service.derived(edited(record.fields, edits), record.get(LANG), moment_of(now).date()).get(DUE)
    return {**edits, DUE: due} if due else edits
