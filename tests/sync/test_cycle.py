"""The everyday: what one laptop records comes to the City and to the others, once, and then all is quiet."""

from __future__ import annotations

from dataclasses import replace

from fieldapp.records import NUMBER, RECEIVED, STATE, SUBMITTED_BY
from sync import citys_name
from tests.support.faults import Counting
from tests.support.gateway import APPROVED, CHIEF, CLERK, INSPECTOR_8, SUBMITTED, City


def test_a_new_record_gets_number_receipt_and_submitter(city: City) -> None:
    laptop = city.laptop(CLERK)
    record = laptop.new({"items/what": "couch"}, submit=True)
    proof = laptop.sync()
    got = laptop.record(record)
    assert (proof.sent, proof.equal, got.rev, got.state) == (1, True, 1, SUBMITTED)
    assert got.get(NUMBER) == "BK26-100001"
    assert got.get(RECEIVED)
    assert got.get(SUBMITTED_BY) == CLERK.id


def test_it_comes_to_the_others_and_back(city: City) -> None:
    clerk, chief = city.laptop(CLERK), city.laptop(CHIEF)
    record = clerk.new(submit=True)
    clerk.sync()
    chief.sync()
    chief.step(record, "approve", APPROVED)
    chief.sync()
    clerk.sync()
    assert clerk.record(record) == chief.record(record)
    assert clerk.answer(record, STATE) == APPROVED
    assert clerk.store.exchange.summary() == chief.store.exchange.summary()


def test_i10_a_quiet_cycle_is_two_requests_and_moves_nothing(near: City) -> None:
    counting = Counting()
    clerk = near.laptop(CLERK, wrap=counting.over)
    clerk.new()
    near.sync()
    counting.requests.clear()
    proof = clerk.sync()
    assert counting.requests == ["hello", "pull"]
    assert (proof.sent, proof.received) == (0, 0)


def test_many_records_come_in_pages_and_agree(near: City) -> None:
    clerk, chief = near.laptop(CLERK), near.laptop(CHIEF)
    for n in range(1203):
        clerk.new({"items/n": str(n)}, ward=f"{n % 15 + 1:02d}")
    assert clerk.sync().results == {"applied": 1203}
    proof = chief.sync()
    assert (proof.received, proof.equal) == (1203, True)
    assert clerk.store.exchange.summary() == chief.store.exchange.summary()


def test_three_laptops_that_edit_in_turns_converge(city: City) -> None:
    first, second, third = city.laptop(CLERK), city.laptop(CLERK), city.laptop(CHIEF)
    records = [first.new({"items/a": "0"}) for _ in range(5)]
    city.sync()
    for n, record in enumerate(records):
        first.edit(record, {"items/a": f"a{n}"})
        second.edit(record, {"items/b": f"b{n}"})
    city.sync()
    assert first.store.exchange.summary() == second.store.exchange.summary() == third.store.exchange.summary()
    assert [third.answer(record, "items/b") for record in records] == ["b0", "b1", "b2", "b3", "b4"]


def test_i16_an_inspector_gets_only_the_own_wards_rows(city: City) -> None:
    clerk, inspector = city.laptop(CLERK), city.laptop(INSPECTOR_8)
    mine, other = clerk.new(ward="08"), clerk.new(ward="09")
    clerk.new(ward="")
    city.sync()
    assert inspector.store.record(mine) is not None
    assert inspector.store.record(other) is None
    assert inspector.store.exchange.buckets().keys() == {"ward:08"}


def test_i16_a_record_that_changes_ward_leaves_and_arrives(city: City) -> None:
    clerk, inspector = city.laptop(CLERK), city.laptop(INSPECTOR_8)
    record = clerk.new(ward="08")
    city.sync()
    clerk.edit(record, {"@ward": "09"})
    city.sync()
    assert inspector.store.record(record) is None
    clerk.edit(record, {"@ward": "08"})
    city.sync()
    assert inspector.store.record(record) == clerk.store.record(record)


def test_a_drafts_edits_after_the_first_are_applied_in_order(near: City) -> None:
    clerk = near.laptop(CLERK)
    record = clerk.new({"items/a": "1"})
    for value in ("2", "3", "4"):
        clerk.edit(record, {"items/a": value})
    assert clerk.sync().results == {"applied": 4}
    assert (clerk.record(record).rev, clerk.answer(record, "items/a")) == (4, "4")


def test_the_audit_trail_tells_every_op(city: City) -> None:
    clerk = city.laptop(CLERK)
    record = clerk.new({"items/a": "1"})
    change = clerk.edit(record, {"items/a": "2"})
    clerk.sync()
    entries = clerk.api.history(record).entries
    assert [entry.result.status for entry in entries] == ["applied", "applied"]
    assert entries[1].op["edits"] == change.edits
    assert city.api(INSPECTOR_8).history(clerk.new(ward="09")).entries == ()


def test_colleagues_names_come_with_the_greeting(city: City) -> None:
    laptop = city.laptop(CLERK)
    laptop.sync()
    assert laptop.store.people.names()[CHIEF.id] == CHIEF.name


def test_what_the_city_is_called_comes_with_the_greeting(far: City) -> None:
    laptop = far.laptop(CLERK)
    far.service.city = "Northgate"
    laptop.sync()
    assert citys_name.of(laptop.store) == "Northgate"


def test_a_role_that_the_city_gives_reaches_the_laptop(far: City) -> None:
    laptop = far.laptop(CLERK)
    laptop.sync()
    assert laptop.store.people.me() == CLERK
    promoted = replace(CLERK, roles=frozenset({"counter", "supervisor"}))
    far.service.people.keep(promoted)
    laptop.sync()
    assert laptop.store.people.me() == promoted
