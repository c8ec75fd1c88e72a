"""Buckets: what comes to whom by ward, by assignment and by office, and what goes when that ends (I16)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fieldapp.access import COUNTER, INSPECTOR
from fieldapp.actions import Desk, answer, may_edit, offered
from fieldapp.errors import AccessError
from fieldapp.places import Layers
from fieldapp.records import ASSIGNEE, STATE, WARD, Person
from fieldapp.services import Catalogue
from fieldapp.store import Place
from sync.wire import PullRequest
from tests.support.faults import Capturing
from tests.support.gateway import APPROVED, CHIEF, CLERK, INSPECTOR_8, SERVICE, City, Laptop

NINE = Person("l.beaulieu", "L. Beaulieu", frozenset({INSPECTOR}), frozenset({"09"}))
DESK = Person("d.nowak", "D. Nowak", frozenset({COUNTER}), frozenset(), offices=frozenset({"waste"}))


@pytest.fixture
def offices(either: City) -> City:
    """A city whose pick-ups come to the desk of an office."""
    services = {one.id: one for one in either.service.catalogue}
    services[SERVICE] = replace(services[SERVICE], office="waste")
    either.service.catalogue = Catalogue(services)
    for person in (NINE, DESK):
        either.service.people.keep(person)
    return either


def names(laptop: Laptop) -> set[str]:
    """The buckets that have rows on this laptop."""
    return {name for name, state in laptop.store.exchange.buckets().items() if state.count}


def moved(city: City, laptop: Laptop, wards: tuple[str, ...], offices: tuple[str, ...] = ()) -> None:
    """The City gives somebody another scope."""
    person = replace(laptop.person, wards=frozenset(wards), offices=frozenset(offices))
    city.service.people.keep(person)
    laptop.person, laptop.api = person, city.api(person)
    laptop.engine = type(laptop.engine)(laptop.store, laptop.api, person, laptop.clock)


def test_i16_what_is_assigned_comes_also_from_outside_ones_wards(offices: City) -> None:
    chief, nine = offices.laptop(CHIEF), offices.laptop(NINE)
    record = chief.new({ASSIGNEE: NINE.id}, ward="08")
    chief.new(ward="08")
    offices.sync()
    assert nine.sync().equal
    assert names(nine) == {f"assigned:{NINE.id}"}
    nine.edit(record, {"items/a": "seen"})
    nine.sync()
    offices.sync()
    assert chief.answer(record, "items/a") == "seen"
    assert nine.record(record).rev == chief.record(record).rev == 2


def test_i16_what_is_given_to_another_leaves(offices: City) -> None:
    chief, nine, eight = (offices.laptop(person) for person in (CHIEF, NINE, INSPECTOR_8))
    record = chief.new({ASSIGNEE: NINE.id}, ward="08")
    offices.sync()
    chief.edit(record, {ASSIGNEE: INSPECTOR_8.id})
    offices.sync()
    assert nine.store.record(record) is None
    assert names(eight) == {"ward:08", f"assigned:{INSPECTOR_8.id}"}
    assert all(laptop.sync().equal for laptop in offices.laptops)
    assert all(laptop.store.check() == [] for laptop in offices.laptops)


def test_i16_what_is_unsent_stays_until_the_city_has_it(offices: City) -> None:
    chief, nine = offices.laptop(CHIEF), offices.laptop(NINE)
    record = chief.new({ASSIGNEE: NINE.id}, ward="08")
    offices.sync()
    change = nine.edit(record, {"items/a": "unsent"})
    chief.edit(record, {ASSIGNEE: CHIEF.id})
    chief.sync()
    nine.sync()
    assert (nine.state_of(change), nine.code_of(change)) == ("rejected", "out_of_scope")
    row = nine.store.row(record)
    assert row is not None
    assert row.place is Place.ATTENTION
    nine.store.resolve(record, mine=False)
    assert nine.store.record(record) is None
    assert nine.sync().equal


def test_i16_what_was_given_away_can_be_read_until_it_is_settled_and_a_draft_be_finished(near: City) -> None:
    near.service.people.keep(NINE)
    chief, nine = near.laptop(CHIEF), near.laptop(NINE)
    sealed, drafted = (chief.new({ASSIGNEE: NINE.id}, ward="08") for _ in range(2))
    near.sync()
    layers = Layers(near.folder / "none.db")
    desk = Desk(NINE, nine.store, near.service.catalogue, layers, nine.clock, nine.device)
    assert may_edit(desk, nine.record(sealed))
    nine.edit(sealed, {"items/a": "unsent"})
    nine.store.commit(nine.change(drafted, {"items/a": "half an answer"}), seal=False)
    for record in (sealed, drafted):
        chief.edit(record, {ASSIGNEE: CHIEF.id})
    chief.sync()
    nine.sync()
    assert not may_edit(desk, nine.record(sealed))
    assert offered(desk, nine.record(sealed)) == []
    with pytest.raises(AccessError, match="not with you any more"):
        answer(desk, sealed, {"items/a": "more"})
    assert not nine.store.left(drafted)
    assert nine.answer(drafted, "items/a") == "half an answer"


def test_i16_a_row_that_two_buckets_have_goes_with_the_last(offices: City) -> None:
    chief, eight = offices.laptop(CHIEF), offices.laptop(INSPECTOR_8)
    record = chief.new({ASSIGNEE: INSPECTOR_8.id}, ward="08")
    other = chief.new(ward="08")
    offices.sync()
    moved(offices, eight, ("09",))
    proof = eight.sync()
    assert proof.equal
    assert eight.store.record(other) is None
    assert eight.record(record) == chief.record(record)
    moved(offices, eight, ("08",))
    assert eight.sync().equal
    assert eight.record(other) == chief.record(other)
    assert eight.store.check() == []


def test_i16_a_desk_has_its_offices_records_of_all_wards(offices: City) -> None:
    clerk, desk = offices.laptop(CLERK), offices.laptop(DESK)
    records = [clerk.new(ward=ward, submit=True) for ward in ("08", "09", "")]
    offices.sync()
    assert names(desk) == {"desk:waste"}
    assert {desk.record(record).get(WARD) for record in records} == {"08", "09", ""}
    mine = desk.new(ward="03")
    assert desk.sync().results == {"applied": 1}
    assert desk.sync().equal
    moved(offices, desk, ())
    desk.sync()
    assert desk.store.record(records[0]) is None
    assert desk.record(mine).rev == 1  # assigned to whoever made it


def test_who_works_in_all_wards_gets_each_row_once(offices: City) -> None:
    chief = offices.laptop(CHIEF)
    chief.new()
    offices.sync()
    reply = chief.api.pull(PullRequest({}, knows=("assigned", "desk")))
    assert [page.bucket for page in reply.pages] == ["ward:08"]


def test_i16_no_row_outside_the_scope_is_ever_on_the_wire(offices: City) -> None:
    """Everything that goes to one inspector, while records change hands, wards and states around him."""
    line = Capturing()
    chief, clerk, eight = offices.laptop(CHIEF), offices.laptop(CLERK), offices.laptop(INSPECTOR_8, wrap=line.over)
    ever: set[str] = set()
    records = [
        clerk.new({"items/secret": f"of {ward}"}, ward=ward, submit=True) for ward in ("08", "09", "", "08", "11")
    ]
    for step in range(6):
        offices.sync()
        chief.edit(records[step % 5], {ASSIGNEE: (INSPECTOR_8.id, NINE.id)[step % 2]})
        clerk.sync()
        chief.sync()
        ever |= {record for record in records if in_reach(chief.record(record).fields)}
        eight.sync()
        assert {record for record in records if eight.store.record(record)} == {
            record for record in records if in_reach(chief.record(record).fields)
        }
        assert {row.id for row in line.rows if not row.gone} <= ever | own(offices)
    chief.step(records[0], "approve", APPROVED)
    offices.sync()
    left = [row for row in line.rows if row.gone]
    assert left
    assert all((row.fields, row.service, row.form_version, row.at) == ({}, "", "", "") for row in left)
    assert eight.answer(records[0], STATE) == APPROVED


def own(city: City) -> set[str]:
    """The records that were in the inspector's ward from the beginning."""
    found = city.service.database.read("SELECT record FROM member WHERE bucket = 'ward:08'")
    return {record for (record,) in found}


def in_reach(fields: object) -> bool:
    """Whether a record with these fields is the inspector's of ward 8."""
    assert isinstance(fields, dict)
    return fields.get(WARD) == "08" or fields.get(ASSIGNEE) == INSPECTOR_8.id
