"""Two people's versions, as the City keeps them: what waits for a supervisor, the decision, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping

from fieldapp.access import SUPERVISOR, has_role
from fieldapp.actions.clashes import Clash, Version
from fieldapp.actions.desk import Desk
from fieldapp.clock import new_id, stamp
from fieldapp.errors import AccessError, RefusedError
from fieldapp.records import AUTHOR, SUBMITTED_BY, WHY, Change, Record
from fieldapp.store import Dispute
from fieldapp.texts import tr

UNDONE = frozenset({"rejected", "withdrawn", "replaced"})


def to_decide(desk: Desk) -> list[Dispute]:
    """The disputes that wait for this person, oldest first: a supervisor who wrote neither version."""
    if not has_role(desk.person, frozenset({SUPERVISOR})):
        return []
    waiting = [one for one in desk.store.exchange.disputes().items if one.referred and not one.settled_by]
    return sorted((one for one in waiting if _may_decide(desk, one)), key=lambda one: one.at)


def undecided(desk: Desk, record_id: str) -> list[Dispute]:
    """The disputes of a record that wait for a supervisor, whoever that is."""
    known = desk.store.exchange.disputes().items
    return [one for one in known if one.record == record_id and one.referred and not one.settled_by]


def outcomes(desk: Desk, record_id: str = "") -> list[Dispute]:
    """What became of versions of this person's that clashed with somebody else's, newest first, of one record or all;
    without those that this person settled."""
    me = desk.person.id
    known = (one for one in desk.store.exchange.disputes().items if one.settled_by not in {"", me})
    mine = [one for one in known if me in parties(one) and record_id in {"", one.record}]
    return sorted(mine, key=lambda one: one.settled_at, reverse=True)


def parties(dispute: Dispute) -> set[str]:
    """Who wrote the two versions."""
    return {dispute.mine_by, *(one.theirs_by for one in dispute.paths)} - {""}


def versions(dispute: Dispute) -> list[Clash]:
    """The contested answers: base, the version that came later as `mine`, the one that the City has as `theirs`."""
    later = dispute.mine_by, dispute.mine_at
    return [
        Clash(one.path, one.base, Version(one.mine, *later), Version(one.theirs, one.theirs_by))
        for one in dispute.paths
    ]


def decide_between(desk: Desk, dispute: Dispute, chosen: Mapping[str, str], why: str) -> Record:
    """Say which value is kept at each contested path, and why; works without a network. Both authors read it.

    AccessError when it is not this person's to decide, RefusedError without a reason or on a record that is not here.
    """
    if not has_role(desk.person, frozenset({SUPERVISOR})) or not _may_decide(desk, dispute):
        raise AccessError(tr("A supervisor who wrote neither of the two versions decides this."))
    if not why.strip():
        raise RefusedError(tr("Please give a reason: both authors read it."))
    record = desk.record(dispute.record)
    change = Change(
        id=new_id(),
        record=record.id,
        service=record.service,
        form_version=record.form_version,
        base_rev=record.rev,
        edits={**{path: value or None for path, value in chosen.items()}, WHY: why.strip()},
        was={**{one.path: one.theirs or None for one in dispute.paths}, WHY: record.fields.get(WHY)},
        actor=desk.person.id,
        principal=desk.service_of(record).principal(desk.person.id),
        device=desk.device,
        at=stamp(desk.clock.now()),
        settles=(dispute.op,),
    )
    return desk.store.commit(change, seal=True)


def _may_decide(desk: Desk, dispute: Dispute) -> bool:
    """Whether it is this person's, and they have not decided it already."""
    record = desk.store.record(dispute.record)
    if record is None or desk.person.id in parties(dispute) | {record.get(AUTHOR), record.get(SUBMITTED_BY)}:
        return False
    entries = desk.store.history(dispute.record)
    return not any(dispute.op in one.change.settles and one.state not in UNDONE for one in entries)
