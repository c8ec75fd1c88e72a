"""Stock: receive it, say what was spoilt, count it; what a step hands over; what is left at an office.

Each movement is a record of its own of the service "stock", complete when it is made, and never changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from weakref import WeakKeyDictionary

from fieldapp.access import require_role
from fieldapp.actions.desk import Desk
from fieldapp.actions.forms import open_form
from fieldapp.clock import moment_of, new_id, today
from fieldapp.errors import RefusedError
from fieldapp.records import ALIAS, AUTHOR, LANG, STATE, WARD, Change, Fields, Record
from fieldapp.services import Service
from fieldapp.settings import OFFICE
from fieldapp.stock import moves as stock
from fieldapp.stock.items import StockItem, counted_on, stock_item
from fieldapp.stock.moves import Holding, Move, holdings, move_of
from fieldapp.stock.numbers import numbers_in, written
from fieldapp.store import Issue, Query, Store
from fieldapp.texts import language, tr

STEP = "book"
Made = tuple[Change, Sequence[Issue]]
_read: WeakKeyDictionary[Store, dict[int, Move]] = WeakKeyDictionary()


@dataclass(frozen=True)
class Left:
    """An item at an office: what should be there, and whether that is little."""

    item: StockItem
    holding: Holding

    @property
    def low(self) -> bool:
        """Whether a counter is warned."""
        return self.holding.left <= self.item.low

    def counted_on(self, day: date) -> bool:
        """Whether it was counted on that day, by the City's clock."""
        at = self.holding.counted_at
        return bool(at) and moment_of(at).date() == day

    @property
    def said(self) -> str:
        """How many, in words."""
        return tr("{n} left here", n=self.holding.left)


def moves(desk: Desk) -> list[Move]:
    """The movements that are on this laptop. None ever changes, so each is read once while the store is open."""
    numbers = desk.store.ids(Query(service=stock.SERVICE, state=stock.BOOKED))
    seen = _read.setdefault(desk.store, {})
    for n, record in desk.store.records([n for n in numbers if n not in seen]).items():
        seen[n] = move_of(record)
    return [seen[n] for n in numbers if n in seen]


def left_at(desk: Desk, office: str) -> list[Left]:
    """What an office has ever had of what is counted today, in the table's order."""
    known = {one.item: one for one in holdings(one for one in moves(desk) if one.office == office)}
    return [Left(item, known[item.id]) for item in counted_on(today(desk.clock)) if item.id in known]


def in_doubt(desk: Desk) -> list[Left]:
    """Of all offices what a supervisor looks at: numbers that are not accounted for, and counts that differed."""
    items = {one.id: one for one in counted_on(today(desk.clock))}
    found = [one for one in holdings(moves(desk)) if one.item in items and (one.faults or one.difference)]
    return [Left(items[one.item], one) for one in found]


def uncounted(desk: Desk) -> list[Left]:
    """What was not counted today at the office of this laptop."""
    office, day = office_here(desk), today(desk.clock)
    there = left_at(desk, office) if office else []
    return [one for one in there if not one.counted_on(day)]


def office_here(desk: Desk) -> str:
    """The office at which this laptop stands, "" where nobody has said."""
    return desk.store.setting(OFFICE)


def book_stock(
    desk: Desk, kind: str, item: str, office: str, *, quantity: int = 0, numbers: str = "", reason: str = ""
) -> Record:
    """Book what was received, spoilt or counted at an office. Of what is numbered, `numbers` say which.

    RefusedError for a number that is there already, is gone, or does not end in a number; without a reason for what
    was spoilt, or for a count that differs from what should be there."""
    counted = stock_item(item, today(desk.clock))
    if counted is None:
        raise RefusedError(tr("This is not counted today."))
    which = numbers_in(numbers) if counted.numbered else ()
    if counted.numbered and not which and kind != stock.COUNT:
        raise RefusedError(tr("Write the numbers, such as ML 000120-ML 000169."))
    known = moves(desk)
    _check_numbers(known, kind, item, which)
    should = next((one.left for one in holdings(known) if (one.office, one.item) == (office, item)), 0)
    answers = {
        **_move(desk, kind, counted, office, len(which) if counted.numbered else quantity, which),
        "move/move_reason": reason.strip(),
        "count/expected": str(should) if kind == stock.COUNT else "",
    }
    return desk.store.commit_together([_made(desk, answers)])[0]


def handed_over(desk: Desk, service: Service, step: str, case: Record, after: Fields) -> list[Made]:
    """What a step of a case hands over that was not booked for it yet: to be saved together with the step.

    RefusedError for a number that is known to be gone to somebody else."""
    rules = [one for one in service.stock if step in one.steps and one.fits(after)]
    if not rules or stock.SERVICE not in desk.catalogue:
        return []
    return [_made(desk, answers) for answers in _handed(desk, service, rules_of=step, case=case, after=after)]


def _handed(desk: Desk, service: Service, *, rules_of: str, case: Record, after: Fields) -> Iterator[dict[str, str]]:
    known, reference = moves(desk), case.get(ALIAS)
    own = [one for one in known if one.case == reference and one.kind == stock.HAND_OVER]
    others = [one for one in known if one.case != reference]
    for rule in service.stock:
        counted = stock_item(rule.item, today(desk.clock))
        if rules_of not in rule.steps or not rule.fits(after) or counted is None:
            continue
        before = [one for one in own if one.item == rule.item]
        gone = {number for one in before for number in one.numbers}
        which = [number for number in rule.borne(after) if number not in gone]
        _check_numbers(others, stock.HAND_OVER, rule.item, which)
        many = len(which) if counted.numbered else rule.many(after) - sum(one.quantity for one in before)
        if many > 0:
            office = after.get(rule.office) or office_here(desk) or "field"
            yield {**_move(desk, stock.HAND_OVER, counted, office, many, which), "move/case_no": reference}


def _move(desk: Desk, kind: str, item: StockItem, office: str, quantity: int, which: Sequence[str]) -> dict[str, str]:
    if quantity < 0 or (quantity == 0 and kind != stock.COUNT):
        raise RefusedError(tr("Enter how many, at least one."))
    return {
        "move/move_kind": kind,
        "move/item": item.id,
        "move/item_name": item.title.text(language()),
        "move/office": office,
        "move/quantity": str(quantity),
        "move/numbers": written(which),
        "move/moved_at": desk.clock.now().isoformat(timespec="milliseconds"),
    }


def _made(desk: Desk, answers: dict[str, str]) -> Made:
    """The Change that makes a movement, complete. RefusedError for what is wrong in it."""
    service = desk.catalogue.get(stock.SERVICE)
    require_role(desk.person, service.start_roles, tr("book stock"))
    blank = Record(new_id(), service.id, service.form_version)
    wards = sorted(desk.person.wards)
    given = {
        **answers,
        ALIAS: desk.store.next_alias(desk.device + desk.lane, today(desk.clock)),
        AUTHOR: desk.person.id,
        LANG: language(),
        WARD: "" if "*" in wards or not wards else wards[0],
        STATE: service.first_state,
    }
    given = {path: value for path, value in given.items() if value}
    session = open_form(desk, Record(blank.id, service.id, service.form_version, fields=given))
    if problems := session.problems():
        raise RefusedError(problems[0].message)
    whole = {**given, **session.answers(pruned=True)}
    whole |= {path: value for path, value in service.derived(whole, language()).items() if value}
    whole[STATE] = service.transition(STEP).to
    return desk.change(blank, whole, transition=STEP, creates=True), ()


def _check_numbers(known: Sequence[Move], kind: str, item: str, which: Sequence[str]) -> None:
    """RefusedError for numbers that are received although some office has them, or that no office has any more."""
    own = [one for one in known if one.item == item]
    here = {number for one in holdings(own) for number in one.numbers}
    gone = {number for one in own if one.kind in stock.GONE for number in one.numbers} - here
    if kind == stock.RECEIVE and (twice := here.intersection(which)):
        raise RefusedError(tr("An office has these already: {numbers}", numbers=written(twice)))
    if kind != stock.RECEIVE and (lost := gone.intersection(which)):
        raise RefusedError(tr("Given out or sent away already: {numbers}. Take another number.", numbers=written(lost)))
