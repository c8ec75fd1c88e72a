"""What the City hands off (health, P4): the answers leave laptops at once, and the gateway after its days, with files
and what the history has of them; a receipt stays, the chain holds, and both sides still agree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from fieldapp.clock import FixedClock
from fieldapp.records import NUMBER, Attachment
from sync.gateway import events
from sync.gateway.verify import verify
from sync.worker import Worker
from tests.support.gateway import CHIEF, CLERK, City, Laptop, some_bytes

NAME, CARD = "Zebedee", "9876543217"
ANSWERS = {"client/client_first": NAME, "client/hc_number": CARD}
PAIRS = [("vaccine", "purged")]


@pytest.fixture
def staff(near: City) -> tuple[Laptop, Laptop]:
    return near.laptop(CLERK), near.laptop(CHIEF)


def handed_off(city: City, clerk: Laptop, chief: Laptop) -> tuple[str, str]:
    """A request that came to its end and was handed off; everybody has heard of it. Its id, and its file."""
    slip = clerk.photo(some_bytes(4_000))
    record = requested(clerk, {"slip": f"{slip.sha256}.jpg"}, slip)
    city.sync()
    for step, to in (("book", "booked"), ("attend", "attended"), ("purge", "purged")):
        chief.step(record, step, to, reason=f"Nurse saw {NAME}", service="vaccine")
        city.sync()
    assert chief.record(record).state == "purged"
    return record, slip.sha256


def requested(clerk: Laptop, more: Mapping[str, str] | None = None, *files: Attachment) -> str:
    record = clerk.new({**ANSWERS, **(more or {})}, service="vaccine", attachments=files)
    clerk.step(record, "submit", "requested", service="vaccine")
    return record


def let_go(city: City) -> list[int]:
    return [one.store.let_go(one.person.id, PAIRS, city.service.now()) for one in city.laptops]


def everything(laptop: Laptop) -> str:
    tables = ("record", "journal", "setting", "draft", "shadow", "event", "search")
    return str([laptop.store._database.read(f"SELECT * FROM {table}") for table in tables])


def at_city(city: City) -> str:
    tables = ("record", "op", "spent", "conflict", "attachment", "event")
    return str([city.service.database.read(f"SELECT * FROM {table}") for table in tables])


def forward(city: City, days: int) -> None:
    clock = city.service.clock
    assert isinstance(clock, FixedClock)
    for one in (clock, *(laptop.clock for laptop in city.laptops)):
        one.forward(days=days)


def test_the_answers_leave_every_laptop_at_once(near: City, staff: tuple[Laptop, Laptop]) -> None:
    record, _ = handed_off(near, *staff)
    assert near.service.catalogue.handed_off() == PAIRS
    assert let_go(near) == [1, 1]
    for laptop in staff:
        assert NAME not in everything(laptop)
        assert CARD not in everything(laptop)
        assert laptop.store.record(record) is None
        assert laptop.store.retention.left() == []  # nobody is offered to bring it back
        assert laptop.store.retention.handed_off() == {record}
        assert laptop.store.check() == []
        assert laptop.store.verify_chain().whole
        assert laptop.sync().equal


def test_a_laptop_does_it_by_itself_after_its_next_sync(near: City, staff: tuple[Laptop, Laptop]) -> None:
    record, _ = handed_off(near, *staff)
    clerk = staff[0]
    worker = Worker(clerk.store, clerk.api, CLERK, near.service.clock, catalogue=near.service.catalogue)
    worker.start()
    worker.sync_now()
    worker.stop()
    assert clerk.store.retention.has_left(record)


def test_nothing_leaves_before_the_step_is_with_the_city(near: City, staff: tuple[Laptop, Laptop]) -> None:
    clerk, chief = staff
    record = requested(clerk)
    near.sync()
    chief.step(record, "cancel", "cancelled", reason="moved away", service="vaccine")
    chief.step(record, "purge", "purged", reason="done", service="vaccine")
    assert let_go(near) == [0, 0]
    assert chief.record(record).get("client/client_first") == NAME


def test_what_was_handed_off_is_given_to_nobody_again(near: City, staff: tuple[Laptop, Laptop]) -> None:
    record, _ = handed_off(near, *staff)
    assert staff[1].api.record(record).row is None


def test_the_city_keeps_it_for_its_days(near: City, staff: tuple[Laptop, Laptop]) -> None:
    handed_off(near, *staff)
    forward(near, 29)
    near.service.tidy()
    assert NAME in at_city(near)


def test_it_is_so_in_either_database(either: City) -> None:
    handed_off(either, either.laptop(CLERK), either.laptop(CHIEF))
    forward(either, 31)
    either.service.tidy()
    assert NAME not in at_city(either)
    assert verify(either.service.database).fault == ""


def test_then_only_hashes_and_a_receipt_are_left_at_the_city(near: City, staff: tuple[Laptop, Laptop]) -> None:
    record, slip = handed_off(near, *staff)
    let_go(near)
    assert near.service.files.whole([slip]) == {slip}
    forward(near, 31)
    near.service.tidy()
    assert NAME not in at_city(near)
    assert CARD not in at_city(near)
    assert near.service.files.whole([slip]) == set()
    (fields,) = near.service.database.read("SELECT fields FROM record WHERE id = ?", (record,))[0]
    assert NUMBER in fields
    [(_, kind, person, _, about, _, _, detail)] = events.listed_ones(near.service.database, events.HANDED_OFF, "", "")
    assert (kind, person, about) == (events.HANDED_OFF, "@city", record)
    assert slip in detail
    assert verify(near.service.database).fault == ""


def test_both_sides_agree_afterwards_and_it_happens_once(near: City, staff: tuple[Laptop, Laptop]) -> None:
    handed_off(near, *staff)
    let_go(near)
    forward(near, 31)
    near.service.tidy()
    near.service.tidy()
    near.sync()
    assert len(events.listed_ones(near.service.database, events.HANDED_OFF, "", "")) == 1
    assert let_go(near) == [1, 1]  # the row without answers came once more
    assert all(laptop.sync().equal for laptop in staff)
    assert NAME not in everything(staff[0])


def test_a_deletion_that_was_cut_off_is_done_the_next_day(
    near: City, staff: tuple[Laptop, Laptop], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, slip = handed_off(near, *staff)
    forward(near, 31)
    with monkeypatch.context() as broken:
        broken.setattr(near.service.files, "drop", lambda _sha, _named: None)
        near.service.tidy()
    assert near.service.files.whole([slip]) == {slip}
    near.service.tidy()
    assert near.service.files.whole([slip]) == set()


def test_a_file_that_another_record_names_stays(near: City, staff: tuple[Laptop, Laptop]) -> None:
    clerk, _ = staff
    shared = clerk.photo(some_bytes(4_000))
    clerk.new({"photo": f"{shared.sha256}.jpg"}, attachments=(shared,))
    _, slip = handed_off(near, *staff)
    assert slip == shared.sha256
    forward(near, 31)
    near.service.tidy()
    assert near.service.files.whole([slip]) == {slip}


def test_a_file_that_another_record_names_in_that_moment_stays(
    near: City, staff: tuple[Laptop, Laptop], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, slip = handed_off(near, *staff)
    clerk, files = staff[0], near.service.files
    forward(near, 31)
    drop = files.drop

    def late(sha256: str, *more: Any) -> None:
        again = clerk.photo(some_bytes(4_000))
        clerk.new({"photo": f"{again.sha256}.jpg"}, attachments=(again,))
        clerk.sync()
        drop(sha256, *more)

    with monkeypatch.context() as racing:
        racing.setattr(files, "drop", late)
        near.service.tidy()
    assert files.whole([slip]) == {slip}


def test_a_state_that_only_looks_like_it_is_not_handed_off(near: City, staff: tuple[Laptop, Laptop]) -> None:
    handed_off(near, *staff)
    service = near.service.catalogue.get("vaccine")
    near.service.catalogue.put(replace(service, privacy=replace(service.privacy, handed_off=frozenset({"p_rged"}))))
    forward(near, 400)
    near.service.tidy()
    assert NAME in at_city(near)
