"""What was shown is noted on the laptop, also offline, and reaches the City's audit once, without the value."""

from __future__ import annotations

import pytest

from fieldapp.actions import Desk, is_hidden, reveal
from fieldapp.errors import StoreError
from fieldapp.places import Layers
from fieldapp.records import STATE
from fieldapp.services import Catalogue
from fieldapp.services.secrecy import is_secret
from fieldapp.store.sqlcipher import Error
from sync.gateway import events
from sync.gateway.verify import verify
from sync.wire import Happened, ReportRequest
from tests.support.faults import LosesEachAnswerOnce
from tests.support.gateway import CLERK, INSPECTOR_8, City, Laptop
from ui.__main__ import main

HAZARD = "visit/more_visit/hazard_to_staff"
VALUE = "a large dog behind the fence"


def desk_of(city: City, laptop: Laptop) -> Desk:
    layers = Layers(city.folder / "layers")
    return Desk(laptop.person, laptop.store, city.service.catalogue, layers, laptop.clock, laptop.device)


def visited(laptop: Laptop) -> str:
    """A visit with a hazard to staff."""
    return laptop.new({HAZARD: VALUE, STATE: "planned"}, service="building-inspection")


def told(city: City) -> list[tuple[str, ...]]:
    return events.listed_ones(city.service.database, "", "", "")


def test_a_reveal_is_noted_offline_and_reaches_the_city_once(either: City) -> None:
    laptop = either.laptop(INSPECTOR_8)
    line = LosesEachAnswerOnce(frozenset({"report"})).over(laptop.api)
    record = visited(laptop)
    assert reveal(desk_of(either, laptop), record, HAZARD) == VALUE
    laptop.api = line
    laptop.engine = type(laptop.engine)(laptop.store, line, laptop.person, laptop.clock)
    with pytest.raises(Exception, match="lost"):
        laptop.sync()
    laptop.sync()
    [(_, kind, person, device, about, _, _, detail)] = told(either)
    assert (kind, person, device, about) == ("revealed", INSPECTOR_8.id, laptop.device, record)
    assert HAZARD in detail
    assert VALUE not in str(told(either))
    assert laptop.store.log.untold() == []


def test_the_log_only_grows(near: City) -> None:
    laptop = near.laptop(INSPECTOR_8)
    reveal(desk_of(near, laptop), visited(laptop), HAZARD)
    for sql in ("DELETE FROM event", "UPDATE event SET person = 'somebody else'"):
        with pytest.raises((StoreError, Error)), laptop.store._database.write() as tx:
            tx.execute(sql)
    assert len(laptop.store.log.untold()) == 1


def test_who_tells_it_is_who_it_stands_under(near: City) -> None:
    laptop, clerk = near.laptop(INSPECTOR_8), near.laptop(CLERK)
    reveal(desk_of(near, laptop), visited(laptop), HAZARD)
    [seen] = laptop.store.log.untold()
    copied = Happened(seen.id, seen.kind, seen.record, seen.at, seen.detail)
    clerk.api.report(ReportRequest(clerk.device, events=(copied,)))
    assert [row[2] for row in told(near)] == [CLERK.id]


def test_an_event_that_is_touched_breaks_the_history(either: City) -> None:
    laptop = either.laptop(INSPECTOR_8)
    reveal(desk_of(either, laptop), visited(laptop), HAZARD)
    laptop.sync()
    assert verify(either.service.database).fault == ""
    with either.service.database.write() as tx:
        tx.execute("UPDATE event SET person = 'somebody.else'")
    assert "was altered" in verify(either.service.database).fault


def test_what_the_service_or_the_form_calls_sensitive_is_hidden(near: City) -> None:
    laptop = near.laptop(CLERK)
    desk = desk_of(near, laptop)
    assert is_hidden(desk, "building-inspection", HAZARD)
    assert not is_hidden(desk, "building-inspection", "visit/arrived")
    assert not is_hidden(desk, "no-such-service", HAZARD)


def test_the_class_of_a_group_is_that_of_all_in_it() -> None:
    for service in Catalogue.load():
        for path, question in service.form().questions.items():
            if question.extra.get("privacy") in {"P3", "P4"}:
                assert is_secret(service, path)
                assert is_secret(service, f"{path}/anything[k1]/below")


def test_the_command_lists_reveals(near: City, capsys: pytest.CaptureFixture[str]) -> None:
    laptop = near.laptop(INSPECTOR_8)
    record = visited(laptop)
    reveal(desk_of(near, laptop), record, HAZARD)
    laptop.sync()
    data = ["--data", str(near.folder / "gateway")]
    assert main(["gateway", "audit", *data, "--kind", "revealed", "--record", record]) == 0
    said = capsys.readouterr().out
    assert "revealed" in said
    assert VALUE not in said
    assert main(["gateway", "audit", *data, "--kind", "purged"]) == 0
    assert capsys.readouterr().out == ""
