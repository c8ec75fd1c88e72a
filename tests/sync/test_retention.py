"""Closed records leave a laptop when their time is over: with their photos, never with anything unsettled, and the
comparison with the City still holds."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from fieldapp.clock import FixedClock
from fieldapp.store import Query
from fieldapp.store.log import PURGED
from sync.gateway import events
from sync.switch import Switch
from sync.worker import Worker
from tests.support.gateway import APPROVED, CHIEF, CLERK, INSPECTOR_8, City, Laptop, some_bytes

DAYS = 30


def days(_service: str) -> int:
    return DAYS


def forward(city: City, by: float) -> None:
    clock = city.service.clock
    assert isinstance(clock, FixedClock)
    for one in (clock, *(laptop.clock for laptop in city.laptops)):
        one.forward(days=by)


def closed(city: City, clerk: Laptop, chief: Laptop, answers: Mapping[str, str] | None = None, **parts: Any) -> str:
    """A request that was submitted and approved; everybody has it."""
    record = clerk.new({"items": "couch", **(answers or {})}, submit=True, **parts)
    city.sync()
    chief.step(record, "approve", APPROVED)
    city.sync()
    return record


@pytest.fixture
def staff(near: City) -> tuple[Laptop, Laptop]:
    return near.laptop(CLERK), near.laptop(CHIEF)


def purge(laptop: Laptop) -> int:
    return laptop.store.purge(laptop.person.id, days)


def test_i09_a_closed_record_leaves_with_its_photo_and_both_sides_still_agree(
    near: City, staff: tuple[Laptop, Laptop]
) -> None:
    clerk, _ = staff
    photo = clerk.photo(some_bytes(40_000))
    record = closed(near, *staff, answers={"photo": f"{photo.sha256}.jpg"}, attachments=(photo,))
    other = clerk.new()
    number = clerk.record(record).reference
    near.sync()
    forward(near, DAYS + 1)
    _age_files(clerk)
    assert purge(clerk) == 1
    assert clerk.store.record(record) is None
    assert clerk.store.row(record) is None
    assert [row.id for row in clerk.store.rows(clerk.store.ids(Query()))] == [other]
    assert [row.id for row in clerk.store.search("couch")] == [other]
    assert not clerk.store.blobs.has(photo.sha256)
    assert [(one.id, one.number) for one in clerk.store.retention.left()] == [(record, number)]
    assert clerk.store.check() == []
    assert clerk.store.verify_chain().whole
    assert clerk.sync().equal


def test_nothing_of_the_answers_is_left_in_the_store(near: City, staff: tuple[Laptop, Laptop]) -> None:
    clerk, _ = staff
    record = closed(near, *staff, answers={"person/first_name": "Zebedee"})
    forward(near, DAYS + 1)
    purge(clerk)
    tables = ("record", "journal", "setting", "draft", "shadow", "event")
    texts = [str(row) for table in tables for row in clerk.store._database.read(f"SELECT * FROM {table}")]
    assert not [text for text in texts if "Zebedee" in text or "couch" in text]
    entries = clerk.store.history(record)
    assert [(entry.change.actor, dict(entry.change.edits)) for entry in entries] == [(CLERK.id, {})]


def test_a_receipt_is_kept_and_reaches_the_city(near: City, staff: tuple[Laptop, Laptop]) -> None:
    clerk, _ = staff
    numbers = sorted(clerk.record(closed(near, *staff)).reference for _ in range(3))
    forward(near, DAYS + 1)
    assert purge(clerk) == 3
    [receipt] = clerk.store.log.last(PURGED)
    assert (receipt.detail["count"], sorted(receipt.detail["numbers"].split())) == ("3", numbers)
    clerk.sync()
    assert [row[1] for row in events.listed_ones(near.service.database, PURGED, "", "")] == [PURGED]


def stays_open(near: City, clerk: Laptop, chief: Laptop) -> str:
    record = clerk.new(submit=True)
    near.sync()
    return record


def has_an_edit(near: City, clerk: Laptop, chief: Laptop) -> str:
    record = closed(near, clerk, chief)
    clerk.store.commit(clerk.change(record, {"note": "one more thing"}), seal=False)
    return record


def waits_to_be_sent(near: City, clerk: Laptop, chief: Laptop) -> str:
    record = closed(near, clerk, chief)
    clerk.edit(record, {"note": "one more thing"})
    return record


def has_a_photo_that_is_not_there(near: City, clerk: Laptop, chief: Laptop) -> str:
    photo = clerk.photo(some_bytes(1000))
    record = closed(near, clerk, chief, answers={"photo": f"{photo.sha256}.jpg"}, attachments=(photo,))
    clerk.store.blobs.unconfirm(photo.sha256)
    return record


@pytest.mark.parametrize("case", [stays_open, has_an_edit, waits_to_be_sent, has_a_photo_that_is_not_there])
def test_what_is_not_settled_never_leaves(
    near: City, staff: tuple[Laptop, Laptop], case: Callable[[City, Laptop, Laptop], str]
) -> None:
    record = case(near, *staff)
    forward(near, 400)
    assert purge(staff[0]) == 0
    assert staff[0].store.record(record) is not None


def test_nothing_leaves_before_its_time(near: City, staff: tuple[Laptop, Laptop]) -> None:
    closed(near, *staff)
    forward(near, DAYS - 1)
    assert purge(staff[0]) == 0
    forward(near, 2)
    assert purge(staff[0]) == 1


def test_a_record_whose_part_is_open_stays(near: City, staff: tuple[Laptop, Laptop]) -> None:
    parent = closed(near, *staff)
    part = staff[0].new({"@parent": parent})
    near.sync()
    forward(near, DAYS + 1)
    assert purge(staff[0]) == 0
    assert staff[0].store.record(part) is not None


def test_it_comes_back_when_the_city_changes_it(near: City, staff: tuple[Laptop, Laptop]) -> None:
    clerk, chief = staff
    record = closed(near, *staff)
    forward(near, DAYS + 1)
    purge(clerk)
    chief.edit(record, {"@assignee": "m.tremblay"})
    chief.sync()
    assert clerk.sync().equal
    assert clerk.answer(record, "items") == "couch"
    assert [row.id for row in clerk.store.search("couch")] == [record]
    assert clerk.store.retention.left() == []
    assert clerk.store.check() == []
    assert purge(clerk) == 0


def test_it_comes_back_when_somebody_asks_and_stays_as_long_again(near: City, staff: tuple[Laptop, Laptop]) -> None:
    clerk, _ = staff
    record = closed(near, *staff)
    forward(near, DAYS + 1)
    purge(clerk)
    assert clerk.engine.bring(record)
    assert clerk.answer(record, "items") == "couch"
    assert clerk.sync().equal
    assert clerk.store.check() == []
    assert purge(clerk) == 0
    forward(near, DAYS + 1)
    assert purge(clerk) == 1


def test_what_is_not_ones_business_is_not_given(near: City, staff: tuple[Laptop, Laptop]) -> None:
    record = closed(near, *staff, ward="09")
    assert near.service.as_(INSPECTOR_8).record(record).row is None
    assert near.service.as_(CLERK).record("unknown").row is None


@pytest.mark.parametrize("again", ["bucket", "epoch"])
def test_a_bucket_that_is_built_anew_brings_nothing_back(near: City, staff: tuple[Laptop, Laptop], again: str) -> None:
    clerk, _ = staff
    record = closed(near, *staff)
    clerk.new()
    near.sync()
    forward(near, DAYS + 1)
    purge(clerk)
    if again == "epoch":
        near.service.database.new_epoch()
    else:
        for bucket in clerk.store.exchange.buckets():
            clerk.store.exchange.begin_again(bucket)
    proof = clerk.sync()
    for bucket in clerk.store.exchange.buckets():
        clerk.store.exchange.finish_again(bucket)
    assert proof.equal
    assert clerk.store.record(record) is None
    assert clerk.store.retention.has_left(record)
    assert clerk.sync().equal
    assert clerk.store.check() == []


def test_i16_a_bucket_that_is_left_takes_its_purged_records_along(near: City, staff: tuple[Laptop, Laptop]) -> None:
    clerk, _ = staff
    closed(near, *staff)
    forward(near, DAYS + 1)
    purge(clerk)
    for bucket in list(clerk.store.exchange.buckets()):
        clerk.store.exchange.leave_bucket(bucket)
    assert clerk.store.retention.count() == 0
    assert clerk.store.check() == []


def test_a_photo_that_another_record_names_stays(near: City, staff: tuple[Laptop, Laptop]) -> None:
    clerk, _ = staff
    photo = clerk.photo(some_bytes(5000))
    closed(near, *staff, answers={"photo": f"{photo.sha256}.jpg"}, attachments=(photo,))
    clerk.new({"photo": f"{photo.sha256}.jpg"}, attachments=(photo,))
    near.sync()
    forward(near, DAYS + 1)
    _age_files(clerk)
    assert purge(clerk) == 1
    assert clerk.store.blobs.read(photo.sha256)


def test_the_worker_does_it_once_a_day_and_fetches_what_is_asked_for(near: City, staff: tuple[Laptop, Laptop]) -> None:
    clerk, _ = staff
    record = closed(near, *staff)
    forward(near, DAYS + 1)
    switch = Switch()
    catalogue = near.service.catalogue
    worker = Worker(clerk.store, switch.over(clerk.api), CLERK, near.service.clock, catalogue=catalogue)
    worker.start()
    worker.sync_now()
    worker.sync_now()
    assert clerk.store.record(record) is None
    worker.bring(record)
    worker.sync_now()
    assert clerk.store.record(record) is not None
    worker.stop()


def test_i15_a_clock_that_runs_ahead_lets_nothing_go_and_one_that_runs_behind_sends_nothing_hollow(
    near: City, staff: tuple[Laptop, Laptop]
) -> None:
    clerk, _ = staff
    record = closed(near, *staff)
    before = near.service.now()
    forward(near, 365)
    assert clerk.store.purge(CLERK.id, days, city_time=before) == 0
    assert purge(clerk) == 1
    clerk.clock.forward(days=-365)
    near.service.database.new_epoch()
    proof = clerk.sync()
    assert (proof.sent, proof.equal) == (0, True)
    assert clerk.store.retention.has_left(record)


def _age_files(laptop: Laptop) -> None:
    """As if the photos had been taken long ago."""
    for path in (laptop.store.folder / "blobs").iterdir():
        os.utime(path, (0, 0))
