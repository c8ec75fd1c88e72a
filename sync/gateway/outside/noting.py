"""A step that hands a record on is kept in the transaction that takes it; so is what the server is to be told later."""

from __future__ import annotations

from collections.abc import Sequence

from fieldapp.records import NUMBER, Record, canonical
from fieldapp.services import Catalogue, Service
from fieldapp.services.forwarding import Forward
from sync.gateway.transactions import LISTED, Transaction, listed
from sync.gateway.webhooks.noting import Step

WAITING, POSTED, TOKEN, KNOWN = "waiting", "posted", "token", "known"
REFUSED, DOUBT, DROPPED = "refused", "doubt", "dropped"
HANDED = (
    "INSERT INTO outside_request (record, service, server, ref, state, answers, handed_at, due)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (record) DO UPDATE SET state = excluded.state,"
    " answers = excluded.answers, due = excluded.due, attempts = 0, why = ''"
)
TOLD = "INSERT INTO outside_update (id, record, server, status, words, at, due) VALUES (?, ?, ?, ?, ?, ?, ?)"


def note(tx: Transaction, catalogue: Catalogue, steps: Sequence[Step], now: str) -> None:
    """Keep what these steps hand on. What was refused there and is handed in again goes again; else it goes once."""
    concerned = [(step, catalogue.get(step.after.service)) for step in steps]
    named = [(step, service, rule) for step, service in concerned if (rule := service.forward)]
    if not named:
        return
    ids = listed({step.after.id for step, *_ in named})
    known = dict(tx.execute(f"SELECT record, state FROM outside_request WHERE record IN {LISTED}", (ids,)).fetchall())
    for step, service, rule in named:
        record, state = step.after, known.get(step.after.id)
        if step.change.transition in rule.submit and state in (None, REFUSED):
            values = record.id, service.id, rule.server, record.get(NUMBER), WAITING, answers_of(rule, record), now, now
            tx.execute(HANDED, values)
            known[record.id] = WAITING
        elif state and (status := rule.statuses.get(record.state)) and step.before != record.state:
            words = _words(service, record)
            tx.execute(TOLD, (step.change.id, record.id, rule.server, status, words, step.change.at, now))


def answers_of(rule: Forward, record: Record) -> str:
    """The answers that go with a record, in canonical JSON: those that the service names, and no other."""
    named = set(rule.paths.values()) | set(rule.attributes.values())
    photos = rule.paths.get("photos")
    found = {
        path: value
        for path, value in record.fields.items()
        if path in named or (photos and path.startswith(f"{photos}["))
    }
    return canonical(found).decode()


def _words(service: Service, record: Record) -> str:
    """The state's title: no reason, which may name somebody."""
    return next((state.title.en for state in service.states if state.id == record.state), record.state)
