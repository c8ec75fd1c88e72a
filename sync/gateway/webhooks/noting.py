"""A step of a record becomes what each webhook is to be told of it, in the transaction that takes the step.

What is told names no person and repeats no answer: number, service, state, times. Its keys are those of Standard
Webhooks (`type`, `timestamp`, `data`) and of CloudEvents 1.0 at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fieldapp.clock import new_id
from fieldapp.records import NUMBER, Change, Record, canonical
from fieldapp.services import Catalogue
from sync.gateway.transactions import Transaction

STEP = "fieldapp.record.step"


@dataclass(frozen=True)
class Step:
    """A Change that was applied: the record's state before ("" for a new one), and the record after."""

    change: Change
    before: str
    after: Record


def note(tx: Transaction, catalogue: Catalogue, steps: Iterable[Step], now: str) -> None:
    """Keep for each webhook what it is to be told of these steps; it is told once the transaction holds."""
    taken = [step for step in steps if _is_step(catalogue, step)]
    if not taken:
        return
    hooks = tx.execute("SELECT id, services FROM webhook WHERE disabled_at = '' ORDER BY id").fetchall()
    rows = []
    for step in taken:
        wanting = [id_ for id_, services in hooks if _wants(catalogue, services.split(), step.after.service)]
        id_ = new_id()
        body = canonical(event(catalogue, id_, step, now)).decode() if wanting else ""
        rows += [(id_, hook, body, now) for hook in wanting]
    tx.executemany("INSERT INTO webhook_due (id, hook, body, due) VALUES (?, ?, ?, ?)", rows)


def event(catalogue: Catalogue, id_: str, step: Step, now: str) -> dict[str, object]:
    """What is told. Its time is that of the City's judgement; the work may have been done hours before (`made`)."""
    record = step.after
    data = {
        "record": record.id,
        "number": record.get(NUMBER),
        "service": record.service,
        "state": record.state,
        "kind": catalogue.kind(record.service, record.state),
        "before": step.before,
        "rev": record.rev,
        "made": step.change.at,
    }
    return {
        "type": STEP,
        "timestamp": now,
        "data": data,
        "specversion": "1.0",
        "id": id_,
        "source": f"/services/{record.service}",
        "subject": record.get(NUMBER) or record.id,
        "time": now,
    }


def _is_step(catalogue: Catalogue, step: Step) -> bool:
    """A draft is nobody's business, except where it was more than that before."""
    if step.after.state == step.before and not step.change.transition:
        return False
    kinds = [catalogue.kind(step.after.service, state) for state in (step.before, step.after.state) if state]
    return any(kind != "draft" for kind in kinds)


def _wants(catalogue: Catalogue, chosen: list[str], service: str) -> bool:
    return service in chosen if chosen else catalogue.get(service).is_counted
