"""The same done to several records: looked at first, then each on its own through its own verb. What cannot be done is
named and the rest goes on; what was done is called back while it has not been sent, else changed back where there is a
way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from fieldapp.access import SUPERVISOR, require_role
from fieldapp.actions.choosing import choices
from fieldapp.actions.decide import LOOK, decide
from fieldapp.actions.desk import Desk, check_reach
from fieldapp.actions.sharing import Share, fits, give_out
from fieldapp.errors import DiskError, FieldAppError, RefusedError, StoppedError
from fieldapp.far import Far, unwatched
from fieldapp.records import ASSIGNEE, Record
from fieldapp.reports.standing import OPEN
from fieldapp.texts import language, tr

ASSIGN, AGREE, RETURN = "assign", "agree", "return"
HELD = 12.0  # seconds that nothing of it leaves this laptop: so long the toast offers the way back


@dataclass(frozen=True)
class Piece:
    """One record, and what would be done to it: given to `to`, or the step with the id `step`, or both at once.
    `refusal` says why nothing can be; `change` is the id of the Change that was made."""

    record: Record
    to: str = ""
    step: str = ""
    words: str = ""  # what is done, for a person
    refusal: str = ""
    change: str = ""
    seen: str = ""  # what was kept of the last look, before it was decided

    @property
    def can(self) -> bool:
        """Whether it can be done, as far as is known before."""
        return not self.refusal


def look(desk: Desk, ids: Sequence[str], deed: str, to: str = "") -> list[Piece]:
    """What `deed` would do to each of these records; one that has left is passed over. Nothing is changed."""
    here = (desk.store.record(id_) for id_ in ids)
    return [_looked(desk, record, deed, to) for record in here if record is not None]


def carry_out(
    desk: Desk, pieces: Sequence[Piece], *, reason: str = "", field: str = "", far: Far = unwatched
) -> list[Piece]:
    """Do what can be done, one durable Change each; how each came out. Nothing of it leaves before HELD seconds after
    the last. `field` is the question that a single record is returned for.

    After a DiskError nothing more is tried: the rest is named with it. What `far` stops is taken back whole."""
    held = [one.record.id for one in pieces if one.can]
    done: list[Piece] = []
    broken = ""
    for number, one in enumerate(pieces):
        desk.store.departures.hold(held, HELD)  # anew each time: many take longer than it lasts
        try:
            far(number, len(pieces))
        except StoppedError:
            undo(desk, done)
            desk.store.departures.let_go(held)
            raise
        if broken or not one.can:
            done.append(replace(one, refusal=one.refusal or broken))
            continue
        try:
            seen = desk.store.setting(LOOK + one.record.id)
            done.append(replace(one, change=_do(desk, one, reason, field), seen=seen))
        except DiskError as fault:
            broken = str(fault)
            done.append(replace(one, refusal=broken))
        except FieldAppError as fault:
            done.append(replace(one, refusal=str(fault)))
    desk.store.departures.hold(held, HELD)
    desk.store.departures.let_go(one.record.id for one in done if not one.change)
    return done


def undo(desk: Desk, pieces: Sequence[Piece]) -> list[Piece]:
    """Take back what was done: it is called back where it never left; work that was given is given back by a Change of
    its own. What is left as it is, each with the reason."""
    made = [one for one in pieces if one.change]
    called = desk.store.call_back([one.change for one in made])
    desk.store.departures.let_go(one.record.id for one in made)
    for one in made:
        if one.step and one.change in called:
            desk.store.keep_setting(LOOK + one.record.id, one.seen)
    return [one for one in (_changed_back(desk, piece) for piece in made if piece.change not in called) if not one.can]


def _looked(desk: Desk, record: Record, deed: str, to: str) -> Piece:
    try:
        check_reach(desk, record)
        return _given(desk, record, to) if deed == ASSIGN else _stepped(desk, record, deed)
    except FieldAppError as fault:
        return Piece(record, to, refusal=str(fault))


def _given(desk: Desk, record: Record, to: str) -> Piece:
    require_role(desk.person, frozenset({SUPERVISOR}), tr("assign work"))
    state = desk.service_of(record).state(record.state)
    if state.kind not in OPEN:
        raise RefusedError(tr("It is “{state}”: there is nothing left to do.", state=state.title.text(language())))
    if to and record.get(ASSIGNEE) == to:
        raise RefusedError(tr("This person has it already."))
    if not fits(desk, record, desk.store.people.roles().get(to)):
        raise RefusedError(tr("This person's role cannot finish it. Please choose somebody else."))
    return Piece(record, to)


def _stepped(desk: Desk, record: Record, deed: str) -> Piece:
    found, state = choices(desk, record), desk.service_of(record).state(record.state)
    step = found.agree if deed == AGREE else found.send_back
    if step is None or state.kind != "review":
        raise RefusedError(tr("It is “{state}”: that is no step of yours now.", state=state.title.text(language())))
    if deed == AGREE and found.refusal:
        raise RefusedError(found.refusal)
    if step.gives:
        title = step.title.text(language())
        raise RefusedError(tr("“{step}” asks to whom: open the record, and say it there.", step=title))
    return Piece(record, step=step.id, words=step.title.text(language()))


def _do(desk: Desk, one: Piece, reason: str, field: str) -> str:
    """Do it; the id of the Change."""
    if one.step:
        decide(desk, one.record.id, one.step, reason=reason, field=field, to=one.to)
    else:
        give_out(desk, [Share(desk.record(one.record.id), one.to)])
    return desk.store.history(one.record.id)[-1].change.id


def _changed_back(desk: Desk, one: Piece) -> Piece:
    if one.step:
        return replace(one, refusal=tr("It is with the City already: what was decided stands."))
    try:
        give_out(desk, [Share(desk.record(one.record.id), one.record.get(ASSIGNEE))])
    except FieldAppError as fault:
        return replace(one, refusal=str(fault))
    return one
