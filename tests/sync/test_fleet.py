"""The fleet: what laptops tell of themselves, what the gateway tells supervisors, and what stays readable offline."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from fieldapp import __version__
from fieldapp.access import looks_after
from fieldapp.actions import Desk
from fieldapp.actions.laptops import on_its_way, say_found, say_lost
from fieldapp.clock import FixedClock, stamp
from fieldapp.errors import AccessError, ErasedError, GatewayError, RefusedError
from fieldapp.places import Layers
from fieldapp.records import Person, StandIn
from fieldapp.services import Catalogue
from sync import fleet, wire
from sync.engine import Engine
from sync.gateway.fleet import note
from sync.gateway.operating.standing import Standing
from sync.wire import Fleet, Happened, LaptopState, ReportReply, ReportRequest, decoded, encoded
from tests.support.faults import Counting, Fails
from tests.support.gateway import CHIEF, CLERK, INSPECTOR_8, City, Laptop

WARD_8 = Person("s.eight", "S. Eight", frozenset({"supervisor"}), frozenset({"08"}))
WARD_9 = Person("s.nine", "S. Nine", frozenset({"supervisor"}), frozenset({"09"}))


def telling(city: City, person: Person) -> Laptop:
    """A laptop whose engine knows the services, as a real one's does."""
    made = city.laptop(person)
    made.engine = Engine(made.store, made.api, person, made.clock, catalogue=city.service.catalogue)
    return made


def desk_of(laptop: Laptop) -> Desk:
    """Where this laptop's person works; nothing here looks at a map."""
    layers = Layers(laptop.store.folder / "layers.db")
    services = Catalogue({})
    return Desk(laptop.person, laptop.store, services, layers, laptop.clock, laptop.device)


def heard(chief: Laptop) -> dict[str, wire.Laptop]:
    found = fleet.known(chief.store)
    return {one.person: one for one in found.laptops} if found else {}


def test_a_supervisor_reads_offline_how_each_laptop_stands(city: City) -> None:
    inspector, chief = telling(city, INSPECTOR_8), telling(city, CHIEF)
    inspector.new(submit=True)
    inspector.sync()
    chief.sync()
    one = heard(chief)[INSPECTOR_8.id]
    assert one.state is not None
    assert (one.device, one.name, one.heard) == (inspector.device, INSPECTOR_8.name, city.service.now())
    assert (one.state.version, one.state.unsent, one.state.held) == (__version__, 0, {"P2": 1})


def test_what_is_stuck_is_told_although_the_line_breaks(near: City) -> None:
    inspector, chief = telling(near, INSPECTOR_8), telling(near, CHIEF)
    inspector.new()
    saved = inspector.store.unsent(INSPECTOR_8.id)
    clock = FixedClock(inspector.clock.now() + timedelta(hours=2))
    broken = Fails(lambda _n, name: name == "push")
    engine = Engine(inspector.store, broken.over(inspector.api), INSPECTOR_8, clock, catalogue=near.service.catalogue)
    with pytest.raises(Exception, match="cut"):
        engine.cycle()
    chief.sync()
    state = heard(chief)[INSPECTOR_8.id].state
    assert state is not None
    assert (state.unsent, state.unsent_since) == saved


def test_an_older_laptop_is_heard_of_without_a_state(near: City) -> None:
    inspector, chief = near.laptop(INSPECTOR_8), telling(near, CHIEF)
    inspector.sync()
    chief.sync()
    assert heard(chief)[INSPECTOR_8.id].state is None


def test_an_older_gateway_stops_no_sync(near: City) -> None:
    old = Fails(lambda _n, name: name in {"report", "fleet"}, lambda: GatewayError("no such thing", 404))
    chief = near.laptop(CHIEF)
    engine = Engine(chief.store, old.over(chief.api), CHIEF, chief.clock, catalogue=near.service.catalogue)
    assert engine.cycle().equal
    assert fleet.known(chief.store) is None


def test_only_supervisors_are_told_and_only_of_their_wards(near: City) -> None:
    for person in (WARD_8, WARD_9):
        near.service.people.keep(person)
    telling(near, INSPECTOR_8).sync()
    with pytest.raises(GatewayError):
        near.api(CLERK).fleet()
    assert [one.person for one in near.api(WARD_8).fleet().laptops] == [INSPECTOR_8.id]
    assert near.api(WARD_9).fleet().laptops == ()


def test_whom_a_supervisor_looks_after() -> None:
    inspector = replace(INSPECTOR_8, offices=frozenset({"building"}))
    lent = StandIn(WARD_8.id, WARD_8.name, WARD_8.roles, WARD_8.wards, "2026-01-01", "2027-01-01")
    assert looks_after(WARD_8, inspector)
    assert not looks_after(WARD_9, inspector)
    assert looks_after(replace(WARD_9, offices=frozenset({"building"})), inspector)
    assert looks_after(replace(WARD_9, stands_in=(lent,)), inspector)
    assert not looks_after(replace(INSPECTOR_8, id="other"), inspector)


def test_a_lost_laptop_erases_itself_and_its_supervisor_hears_of_it(city: City) -> None:
    inspector, chief = telling(city, INSPECTOR_8), telling(city, CHIEF)
    inspector.sync()
    say_lost(desk_of(chief), inspector.device, INSPECTOR_8.id, take_work=False)
    chief.sync()
    assert heard(chief)[INSPECTOR_8.id].withdrawn == "erasing"
    with pytest.raises(ErasedError):
        inspector.sync()
    assert city.api(CHIEF).fleet().laptops[0].withdrawn == "erased"


def test_what_is_found_again_is_let_in(near: City) -> None:
    inspector, chief = telling(near, INSPECTOR_8), telling(near, CHIEF)
    inspector.sync()
    say_lost(desk_of(chief), inspector.device, INSPECTOR_8.id, take_work=True)
    say_found(desk_of(chief), inspector.device, INSPECTOR_8.id)
    assert on_its_way(desk_of(chief)) == {(inspector.device, INSPECTOR_8.id): False}
    chief.sync()
    assert inspector.sync().equal


def test_nobody_else_withdraws_a_laptop(near: City) -> None:
    near.service.people.keep(WARD_9)
    inspector, clerk, other = telling(near, INSPECTOR_8), telling(near, CLERK), near.laptop(WARD_9)
    inspector.sync()
    for one in (clerk, other):  # the log of a laptop that was tampered with
        one.store.log.add("laptop_lost", one.person.id, detail={"device": inspector.device, "person": INSPECTOR_8.id})
        one.sync()
    assert inspector.sync().equal
    with pytest.raises(AccessError):
        say_lost(desk_of(clerk), inspector.device, INSPECTOR_8.id, take_work=True)
    with pytest.raises(RefusedError):
        say_lost(desk_of(telling(near, CHIEF)), "LT09", CHIEF.id, take_work=True)


def test_a_withdrawn_supervisor_withdraws_nobody(near: City) -> None:
    inspector, chief = telling(near, INSPECTOR_8), telling(near, CHIEF)
    inspector.sync()
    near.service.revocations.revoke("", CHIEF.id, near.service.now(), erase=False, take_work=True)
    detail = {"device": inspector.device, "person": INSPECTOR_8.id}
    told = Happened("e1", "laptop_lost", "", near.service.now(), detail)
    assert chief.api.report(ReportRequest(chief.device, events=(told,))).taken == ("e1",)
    assert inspector.sync().equal


def test_a_quiet_cycle_tells_nothing_anew(near: City) -> None:
    laptop = near.laptop(INSPECTOR_8)
    told: list[str] = []
    counting = Counting(told)
    engine = Engine(
        laptop.store, counting.over(laptop.api), INSPECTOR_8, laptop.clock, catalogue=near.service.catalogue
    )
    engine.cycle()
    told.clear()
    engine.cycle()
    assert "report" not in told


def test_who_works_on_tells_at_most_once_a_minute_and_forgets_nothing(near: City) -> None:
    inspector = telling(near, INSPECTOR_8)
    inspector.sync()
    line = Counting()
    later = FixedClock(inspector.clock.now())
    inspector.engine = Engine(
        inspector.store, line.over(inspector.api), INSPECTOR_8, later, catalogue=near.service.catalogue
    )
    for _ in range(3):
        inspector.new(submit=True)
        inspector.sync()
    assert line.requests.count("report") == 1
    later.forward(seconds=61)
    inspector.sync()
    assert line.requests.count("report") == 2


def test_keys_of_another_version_are_passed_over() -> None:
    assert decoded(ReportRequest, b'{"device":"LT00"}').state is None
    old = b'{"as_of":"x","laptops":[{"device":"a","person":"b","name":"c","heard":"d","mood":1}],"more":2}'
    assert decoded(Fleet, old) == Fleet("x", (wire.Laptop("a", "b", "c", "d"),))
    assert decoded(ReportReply, encoded(ReportReply(()))).taken == ()


def test_measures_tell_of_silence_and_of_money_and_of_no_laptop(either: City) -> None:
    now = either.service.clock.now()
    state = LaptopState("0.1.0", stamp(now), 1, stamp(now - timedelta(days=2)), money=4250)
    with either.service.database.write() as tx:
        note(tx, "LT00", INSPECTOR_8.id, state, stamp(now - timedelta(hours=1)))
        note(tx, "LT01", CLERK.id, replace(state, unsent_since="", money=0), stamp(now))
    standing = Standing(either.service.database, either.folder, either.service.clock)
    found = {one.name: one.samples[0].value for one in standing.collect() if one.samples}
    assert found["fieldapp_laptop_silence_seconds"] == 3600
    assert (found["fieldapp_laptops_unsent_money"], found["fieldapp_laptops_stuck"]) == (1, 1)
