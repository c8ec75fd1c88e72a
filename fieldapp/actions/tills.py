"""The till: open it with its float, count it blind, see what should be there, close it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from fieldapp.access import require_role
from fieldapp.actions.desk import Desk
from fieldapp.actions.forms import open_form
from fieldapp.actions.steps import take
from fieldapp.clock import new_id, today
from fieldapp.errors import RefusedError
from fieldapp.money import payment as pay
from fieldapp.money import till as tills
from fieldapp.money.cards import refuse_card
from fieldapp.money.cash import ZERO, difference_said, dollars, kept
from fieldapp.money.payment import Payment, payment_of
from fieldapp.money.till import CLOSE, MORE, TOOK, Takings, Till, piece_answers, takings, till_of
from fieldapp.records import ALIAS, AUTHOR, LANG, STATE, WARD, Edits, Record, whole
from fieldapp.store import Place, Query
from fieldapp.texts import language, plural, tr

MOST = 100_000  # payments of one till
NOT_SENT = (Place.DRAFT, Place.WAITING, Place.ATTENTION)


@dataclass(frozen=True)
class Unsent:
    """Takings of a till that the City does not have yet: their receipt numbers, and what they come to."""

    numbers: tuple[str, ...]
    total: Decimal

    @property
    def said(self) -> str:
        """In words, "" where all is sent."""
        if not self.numbers:
            return ""
        return plural(
            len(self.numbers),
            "{n} receipt of this till is not with the City yet, {sum}: {numbers}",
            "{n} receipts of this till are not with the City yet, {sum} in all: {numbers}",
            sum=dollars(self.total),
            numbers=", ".join(self.numbers),
        )


def my_till(desk: Desk) -> Till | None:
    """This person's till at this laptop that is not closed yet."""
    for state in (tills.OPEN, tills.COUNTED):
        wanted = Query(service=tills.SERVICE, state=state, author=desk.person.id)
        for record in desk.store.find(wanted, 50):
            if (till := till_of(record)).device == desk.device:
                return till
    return None


def my_closed(desk: Desk, limit: int = 30) -> list[Till]:
    """This person's tills of before, the newest first."""
    found: list[Till] = []
    for state in (tills.CLOSED, tills.ACCEPTED):
        wanted = Query(service=tills.SERVICE, state=state, author=desk.person.id)
        found += map(till_of, desk.store.find(wanted, limit))
    return sorted(found, key=lambda one: one.opened_at, reverse=True)[:limit]


def my_till_name(desk: Desk) -> str:
    """What this person called their till last, here if they had one here; "" for a first one."""
    before = my_closed(desk)
    return next((one.name for one in [*(one for one in before if one.device == desk.device), *before]), "")


def open_till(desk: Desk, name: str, of: Mapping[int, int]) -> Record:
    """Open a till with its float, as notes and coins ({cents of one: how many}): an empty float was not counted, one of
    0 pieces was, and there is none.

    AccessError for a role that takes no money; RefusedError while another till of this person is open here, or for a
    float that was not counted."""
    service = desk.catalogue.get(tills.SERVICE)
    require_role(desk.person, service.start_roles, tr("open a till"))
    if (there := my_till(desk)) is not None:
        raise RefusedError(tr("Your till “{name}” is still open here. Close it first.", name=there.name))
    refuse_card(name)
    _need_float(of)
    blank = Record(new_id(), service.id, service.form_version)
    given = {
        ALIAS: desk.store.next_alias(desk.device + desk.lane, today(desk.clock)),
        AUTHOR: desk.person.id,
        WARD: _ward(desk),
        LANG: language(),
        STATE: service.first_state,
        "till/till_name": name.strip(),
        "till/till_device": desk.device,
        "till/opened_at": desk.clock.now().isoformat(timespec="milliseconds"),
        **piece_answers("float", of),
    }
    fields = {path: value for path, value in given.items() if value}
    session = open_form(desk, Record(blank.id, service.id, service.form_version, fields=fields))
    if problems := session.problems():
        raise RefusedError(problems[0].message)
    whole = {**fields, **session.answers(pruned=True)}
    derived = {path: value for path, value in service.derived(whole, language()).items() if value}
    step = service.transition("open")
    return desk.commit(blank, {**whole, **derived, STATE: step.to}, transition=step.id, creates=True)


def correct_float(desk: Desk, of: Mapping[int, int], reason: str) -> Record:
    """Put an opening float right that was counted wrongly: a step of its own, with a reason, so that the journal keeps
    both. RefusedError once money was taken or paid back: from then on the count tells, and explains it."""
    record = _mine(desk, tills.OPEN)
    if payments_in(desk, record.id):
        raise RefusedError(tr("Money was taken in this till: say what was wrong when it is counted."))
    refuse_card(reason)
    _need_float(of)
    return take(desk, record.id, "correct", edits=piece_answers("float", of), reason=reason)


def count_till(desk: Desk, of: Mapping[int, int], cheques: tuple[int, Decimal] = (0, ZERO), slips: str = "") -> Record:
    """Close the count: notes and coins, cheques and money orders, the terminal's day slip. Only then does anybody see
    what should be there. RefusedError where no till is open here."""
    record = _mine(desk, tills.OPEN)
    again = whole(record.get("count/more_count/times")) + 1
    edits: Edits = {
        **piece_answers("count", of),
        "count/cheques_n": str(cheques[0]),
        "count/cheques_sum": kept(cheques[1]),
        "count/more_count/slips_sum": slips or None,
        "count/more_count/times": str(again),
    }
    return take(desk, record.id, "count", edits=edits)


def recount_till(desk: Desk, reason: str) -> Record:
    """Count once more, with a reason; the first count stays in the history."""
    refuse_card(reason)
    return take(desk, _mine(desk, tills.COUNTED).id, "recount", reason=reason)


def close_till(desk: Desk, *, reason: str = "", although_unsent: bool = False) -> Record:
    """Close the till that was counted. `reason` explains a difference.

    RefusedError without it where there is a difference, and, unless `although_unsent`, while takings are not sent:
    the error names them. They stand by their numbers in the till that is closed."""
    refuse_card(reason)
    record = _mine(desk, tills.COUNTED)
    till, listed = till_of(record), payments_in(desk, record.id)
    sums, waiting = takings(listed), unsent(desk, record.id)
    if waiting.numbers and not although_unsent:
        raise RefusedError(waiting.said)
    difference = tills.over_short(till, sums)
    if difference and not reason.strip():
        words = tr("{difference}. Say what explains it, or that nothing does.", difference=difference_said(difference))
        raise RefusedError(words)
    edits = _closing(desk, till, sums, waiting, reason if difference else "")
    return take(desk, record.id, "close", edits=edits)


def payments_in(desk: Desk, till_id: str) -> list[Payment]:
    """All payments of a till that are on this laptop."""
    return [payment_of(one) for one in desk.store.find(Query(service=pay.SERVICE, parent=till_id), MOST)]


def unsent(desk: Desk, till_id: str) -> Unsent:
    """What the City does not have of a till's takings."""
    wanted = Query(service=pay.SERVICE, parent=till_id, places=NOT_SENT)
    found = sorted((payment_of(one) for one in desk.store.find(wanted, MOST)), key=lambda one: one.receipt)
    total = sum((-one.paid if one.kind == "refund" else one.paid for one in found if one.counts), ZERO)
    return Unsent(tuple(one.name for one in found), total)


def _closing(desk: Desk, till: Till, sums: Takings, waiting: Unsent, reason: str) -> Edits:
    amounts = {
        **{TOOK[method]: amount for method, amount in sums.took.items()},
        "back_cash": sums.back_cash,
        "back_other": sums.back_other,
        "voids_sum": sums.voided,
        "waived_sum": sums.waived,
        "unsent_sum": waiting.total if waiting.total > 0 else ZERO,
    }
    numbers = {"receipts_n": sums.receipts, "voids_n": sums.voids, "unsent_n": len(waiting.numbers)}
    return {
        f"{CLOSE}/expected_cash": kept(tills.expected(till, sums)),
        f"{CLOSE}/over_reason": reason.strip() or None,
        **{f"{MORE}/{name}": kept(amount) for name, amount in amounts.items()},
        **{f"{MORE}/{name}": str(number) for name, number in numbers.items()},
        f"{MORE}/numbers_used": ", ".join(sums.numbers) or None,
        f"{MORE}/unsent_list": ", ".join(waiting.numbers) or None,
        f"{MORE}/closed_at": desk.clock.now().isoformat(timespec="milliseconds"),
    }


def _need_float(of: Mapping[int, int]) -> None:
    if not of:
        raise RefusedError(tr("Count the float first: how many of each note and coin. If there is none, write a 0."))


def _mine(desk: Desk, state: str) -> Record:
    till = my_till(desk)
    if till is None or till.state != state:
        words = tr("No till is open here.") if state == tills.OPEN else tr("The till has to be counted first.")
        raise RefusedError(words)
    return desk.record(till.id)


def _ward(desk: Desk) -> str:
    """A ward of this person's, so that what they may reach has the till: a till lies in none."""
    wards = sorted(desk.person.wards)
    return "" if "*" in wards or not wards else wards[0]
