"""Stock moves as records: received, handed over with a step, spoilt, counted; two counters, one City."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldapp.access import COUNTER
from fieldapp.actions import Desk
from fieldapp.actions.stock import Left, book_stock, left_at, moves
from fieldapp.errors import RefusedError
from fieldapp.records import ALIAS, Person
from tests.support.papers import catalogue
from tests.support.walked import Office, Walk, who
from tests.support.walking import ways
from ui.__main__ import main

CLERK, COLLEAGUE = who(COUNTER, "a"), who(COUNTER, "b")
CART, TAG, HALL = "green_cart", "dog_tag", "city_hall"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path, catalogue())
    yield made
    made.close()


def left(desk: Desk, item: str = CART) -> Left:
    return next(one for one in left_at(desk, HALL) if one.item.id == item)


def bin_handed_over(office: Office, person: Person) -> str:
    """A green cart that is handed over at once; the case's reference."""
    walk = Walk(office, catalogue().get("green-bin"))
    way = next(one for one in ways(walk.service) if one.steps[0].id == "hand_over")
    record = walk.fill(person, walk.start(person), way)
    desk = office.desk(person)
    desk.commit(record, {"bin/container": CART, "bin/qty": "1", "bin/pickup_site": HALL})
    from fieldapp.actions import take

    return take(desk, record.id, "hand_over").get(ALIAS)


def test_the_step_that_hands_over_books_it_in_the_same_commit(office: Office) -> None:
    desk = office.desk(CLERK)
    book_stock(desk, "receive", CART, HALL, quantity=12)
    reference = bin_handed_over(office, CLERK)
    (over,) = [one for one in moves(desk) if one.kind == "hand_over"]
    assert (over.item, over.quantity, over.case) == (CART, 1, reference)
    assert left(desk).said == "11 left here"


def test_two_counters_offline_are_added_up_by_the_city(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    desk = office.desk(CLERK)
    book_stock(desk, "receive", CART, HALL, quantity=6)
    bin_handed_over(office, CLERK)
    bin_handed_over(office, COLLEAGUE)
    office.sync(CLERK, COLLEAGUE)
    office.sync(CLERK)
    assert left(desk).holding.left == left(office.desk(COLLEAGUE)).holding.left == 4
    assert left(desk).low
    assert main(["gateway", "stock", "--data", str(office.folder / "gateway"), "--json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)["stock"]
    assert (told["office"], told["left"], told["faults"]) == (HALL, 4, [])


def test_a_count_that_differs_needs_a_reason_and_is_told(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    desk = office.desk(CLERK)
    book_stock(desk, "receive", CART, HALL, quantity=12)
    book_stock(desk, "spoil", CART, HALL, quantity=1, reason="Cracked")
    with pytest.raises(RefusedError, match="why"):
        book_stock(desk, "count", CART, HALL, quantity=9)
    book_stock(desk, "count", CART, HALL, quantity=9, reason="Two were lent to Dundas")
    assert left(desk).holding.left == 9
    office.sync(CLERK)
    assert main(["gateway", "stock", "--data", str(office.folder / "gateway")]) == 1
    assert "the count differed by -2: Two were lent to Dundas" in capsys.readouterr().out


def test_each_number_is_accounted_for(office: Office) -> None:
    desk = office.desk(CLERK)
    book_stock(desk, "receive", TAG, HALL, numbers="T0001-T0010")
    with pytest.raises(RefusedError, match="already: T0004-T0005"):
        book_stock(desk, "receive", TAG, HALL, numbers="T0004-T0005")
    book_stock(desk, "spoil", TAG, HALL, numbers="T0002", reason="Bent")
    with pytest.raises(RefusedError, match="already: T0002"):
        book_stock(desk, "spoil", TAG, HALL, numbers="T0002", reason="Bent")
    book_stock(desk, "count", TAG, HALL, numbers="T0001, T0003-T0008", reason="Looked everywhere")
    assert left(desk, TAG).holding.faults == ("not accounted for: T0009-T0010",)
    book_stock(desk, "spoil", TAG, HALL, numbers="T0009-T0010", reason="Lost, told to the supervisor")
    book_stock(desk, "count", TAG, HALL, numbers="T0001, T0003-T0008")
    assert left(desk, TAG).holding.faults == ()
    assert left(desk, TAG).holding.numbers == ("T0001", *(f"T000{n}" for n in range(3, 9)))


def test_what_one_office_sends_another_receives(office: Office) -> None:
    desk = office.desk(CLERK)
    book_stock(desk, "receive", TAG, HALL, numbers="T0001-T0010")
    for sender, receiver in ((HALL, "dundas"), ("dundas", HALL)):
        book_stock(desk, "send", TAG, sender, numbers="T0004-T0005", reason=f"To {receiver}")
        book_stock(desk, "receive", TAG, receiver, numbers="T0004-T0005")
    assert (left(desk, TAG).holding.left, left(desk, TAG).holding.faults) == (10, ())
    (dundas,) = left_at(desk, "dundas")
    assert (dundas.holding.left, dundas.holding.faults) == (0, ())


def test_of_what_is_numbered_the_numbers_are_asked(office: Office) -> None:
    with pytest.raises(RefusedError, match="Write the numbers"):
        book_stock(office.desk(CLERK), "receive", TAG, HALL, quantity=5)
