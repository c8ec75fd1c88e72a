"""What the City hands out besides records: forms before any record names them, its tables, its layers."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from fieldapp.errors import OfflineError
from fieldapp.paths import resources
from fieldapp.records import ASSIGNEE
from fieldapp.services import Catalogue
from fieldapp.store import FORM, LAYER, TABLE
from sync.engine import Engine
from sync.gateway.handouts import Handout, hand_out
from sync.wire import FORMS, KNOWS, REF, SLOTS, PullRequest, Start, decoded, encoded
from tests.support.dogs import CHIEF as BELL
from tests.support.dogs import DogCity, Laptop
from tests.support.faults import Counting, Fails
from tests.support.gateway import CHIEF, CLERK, INSPECTOR_8, SERVICE, City
from tests.support.places import loaded, wards_file
from tests.support.versions import DOGS


def cycle(laptop: Laptop, line: Counting | Fails) -> None:
    """One cycle of a program that was just started."""
    desk = laptop.desk
    Engine(desk.store, line.over(laptop.client), desk.person, desk.clock, catalogue=desk.catalogue).cycle()


def test_a_new_form_comes_before_any_record_names_it(dogs: DogCity) -> None:
    dogs.gateway.keep_forms()
    laptop = dogs.laptop(BELL)
    line = Counting()
    cycle(laptop, line)
    assert "get_form" not in line.requests
    dogs.update()
    dogs.gateway.keep_forms()
    cycle(laptop, line)
    newest = dogs.service.form_version
    assert laptop.desk.catalogue.get(DOGS).form(newest) is not None
    assert line.requests.count("get_form") == 1
    line.requests.clear()
    cycle(laptop, line)
    assert line.requests == ["hello", "pull", "report"]  # who begins tells how the laptop stands


def test_a_form_whose_coming_was_cut_comes_the_next_time(dogs: DogCity) -> None:
    laptop = dogs.laptop(BELL)
    dogs.update()
    dogs.gateway.keep_forms()
    with pytest.raises(OfflineError):
        cycle(laptop, Fails(lambda _count, name: name == "get_form"))
    cycle(laptop, Counting())
    assert laptop.desk.catalogue.get(DOGS).has_form(dogs.service.form_version)


def test_everybody_learns_which_tables_the_city_has(city: City) -> None:
    city.service.prepare()
    laptop = city.laptop(INSPECTOR_8)
    assert laptop.sync().equal
    tables = {one.fields["name"]: one.fields["sha256"] for one in laptop.store.handouts.of(TABLE)}
    fees = (resources() / "reference" / "fees.csv").read_bytes()
    assert tables["fees"] == hashlib.sha256(fees).hexdigest()
    assert {one.id for one in laptop.store.handouts.of(FORM)} == {one.id for one in city.service.catalogue}
    assert laptop.sync().received == 0


def test_the_citys_layers_are_told_with_their_day_and_hash(near: City, tmp_path: Path) -> None:
    loaded(tmp_path, wards=wards_file(tmp_path))
    near.service.prepare(tmp_path / "layers.db")
    laptop = near.laptop(CLERK)
    laptop.sync()
    told = {one.fields["name"]: one.fields for one in laptop.store.handouts.of(LAYER)}
    assert told["wards"]["as_of"]
    assert len(told["wards"]["sha256"]) == 64


def test_what_is_handed_out_changes_goes_and_returns_like_a_row(either: City) -> None:
    database, now = either.service.database, either.service.now()
    laptop = either.laptop(CLERK)
    versions = (
        [Handout("a", TABLE, {"n": "1"}), Handout("b", TABLE)],
        [Handout("a", TABLE, {"n": "2"})],
        [Handout("a", TABLE, {"n": "2"})],
        [Handout("b", TABLE), Handout("a", TABLE, {"n": "2"})],
    )
    received = []
    for things in versions:
        hand_out(database, REF, things, now)
        proof = laptop.sync()
        assert proof.equal
        received.append(proof.received)
        assert {one.id: one.fields for one in laptop.store.handouts.of(TABLE)} == {one.id: one.fields for one in things}
    assert received == [2, 2, 0, 1]
    assert laptop.store.check() == []


def test_an_older_laptop_hears_nothing_of_it(near: City) -> None:
    near.service.prepare()
    api = near.api(CLERK)
    assert api.pull(PullRequest({})).pages == ()
    assert [page.bucket for page in api.pull(PullRequest({}, knows=KNOWS)).pages] == [FORMS, REF, SLOTS]


def test_i16_records_of_before_come_to_whom_they_are_assigned(either: City) -> None:
    chief, eight = either.laptop(CHIEF), either.laptop(INSPECTOR_8)
    record = chief.new({ASSIGNEE: INSPECTOR_8.id}, ward="11")
    chief.sync()
    with either.service.database.write() as tx:  # as an older gateway left it
        tx.execute("UPDATE record SET bucket = 'ward:11'")
        tx.execute("DELETE FROM member WHERE bucket <> 'ward:11'")
        tx.execute("DELETE FROM bucket WHERE name <> 'ward:11'")
    eight.sync()
    assert eight.store.record(record) is None
    either.service.prepare()
    assert eight.sync().equal
    assert eight.record(record) == chief.record(record)


def test_i16_an_office_that_is_named_later_gets_its_records(near: City) -> None:
    chief = near.laptop(CHIEF)
    desk = near.laptop(replace(INSPECTOR_8, id="d.desk", wards=frozenset(), offices=frozenset({"waste"})))
    record = chief.new()
    near.service.prepare()
    near.sync()
    assert desk.store.record(record) is None
    services = {one.id: one for one in near.service.catalogue}
    services[SERVICE] = replace(services[SERVICE], office="waste")
    near.service.catalogue = Catalogue(services)
    near.service.prepare()
    assert desk.sync().equal
    assert desk.record(record) == chief.record(record)
    head = near.service.database.read("SELECT v FROM counter WHERE name = 'feed'")
    near.service.prepare()
    assert near.service.database.read("SELECT v FROM counter WHERE name = 'feed'") == head


def test_how_far_handouts_have_come_goes_over_the_wire() -> None:
    """Their ids say their kind, as in table/fees: a bucket of them that is brought by id tells the last one."""
    start = Start(7, "table/fees")
    assert decoded(Start, encoded(start)) == start
