"""Who stands in for whom, as a supervisor asks for it: the same in process and over HTTP on a real port."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from fieldapp.access import SUPERVISOR
from fieldapp.clock import new_id, today
from fieldapp.errors import GatewayError, OfflineError, RefusedError, SignInError
from fieldapp.records import Person
from sync.stand_ins import CityStandIns, known
from sync.wire import GivenStandIn
from tests.support.faults import Fails, LosesEachAnswerOnce
from tests.support.gateway import CHIEF, INSPECTOR_8, SECOND_CHIEF, City, Laptop
from ui.__main__ import main

WARD_3 = Person("w.three", "W. Three", frozenset({SUPERVISOR}), frozenset({"03"}))


def given(city: City, taker: str = INSPECTOR_8.id, wards: tuple[str, ...] = ()) -> GivenStandIn:
    first = today(city.service.clock)
    return GivenStandIn(new_id(), taker, first, first + timedelta(days=5), wards)


def test_a_supervisor_names_somebody_who_hears_of_it(city: City) -> None:
    asked = given(city, wards=("08",))
    told = city.api(CHIEF).let_stand_in(asked)
    assert [(one.id, one.giver_name, one.taker_name, one.wards) for one in told.standing] == [
        (asked.id, CHIEF.name, INSPECTOR_8.name, ("08",))
    ]
    assert city.api(SECOND_CHIEF).stand_ins().standing == told.standing
    absence = city.api(INSPECTOR_8).hello().person.stands_in[0]
    assert (absence.giver, absence.ends) == (CHIEF.id, told.standing[0].ends)


def test_who_has_no_reviewing_role_is_named_knowingly(city: City) -> None:
    told = city.api(CHIEF).let_stand_in(given(city))
    assert told.said.startswith("M. Tremblay has no reviewing role of their own")
    assert not told.standing[0].reviews
    other = city.api(CHIEF).let_stand_in(given(city, SECOND_CHIEF.id))
    assert (other.said, other.standing[1].reviews) == ("", True)


def test_the_same_again_is_one_and_a_withdrawn_one_stays_so(city: City) -> None:
    asked, chief = given(city), city.api(CHIEF)
    chief.let_stand_in(asked)
    assert len(chief.let_stand_in(asked).standing) == 1
    assert chief.end_stand_in(asked.id).standing == ()
    assert chief.end_stand_in(asked.id).standing == ()
    assert chief.let_stand_in(asked).standing == ()


def test_only_supervisors_ask_and_each_ends_their_own(city: City) -> None:
    asked = given(city)
    city.api(CHIEF).let_stand_in(asked)
    nobodys = city.api(INSPECTOR_8)  # nobody hands on what was given to them
    refused: tuple[Callable[[], object], ...] = (
        nobodys.stand_ins,
        partial(nobodys.let_stand_in, given(city, CHIEF.id)),
        partial(nobodys.end_stand_in, asked.id),
    )
    for act in refused:
        with pytest.raises((GatewayError, SignInError), match="for supervisors"):  # to a laptop, 403 is a sign-in
            act()
    with pytest.raises(GatewayError, match=r"R\. Kaur gave this"):
        city.api(SECOND_CHIEF).end_stand_in(asked.id)
    with pytest.raises(GatewayError, match="somebody else"):
        city.api(SECOND_CHIEF).let_stand_in(replace(given(city), id=asked.id))
    assert len(city.api(CHIEF).stand_ins().standing) == 1


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"taker": "nobody"}, "Nobody “nobody” is known"),
        ({"taker": WARD_3.id}, "another person"),
        ({"last": date(2001, 1, 1)}, "later than now"),
        ({"wards": ("04",)}, r"W\. Three does not work in ward 04"),
    ],
)
def test_what_cannot_be_is_refused_in_words(city: City, more: dict[str, Any], words: str) -> None:
    city.service.people.keep(WARD_3)
    with pytest.raises(GatewayError, match=words) as told:
        city.api(WARD_3).let_stand_in(replace(given(city), **more))
    assert told.value.status == 422


def test_the_calendars_ends_are_days_too(city: City) -> None:
    asked = replace(given(city), first=date.min, last=date.max)
    assert city.api(CHIEF).let_stand_in(asked).standing[0].ends.startswith("9999-12-31")


def at(laptop: Laptop, line: Fails | LosesEachAnswerOnce | None = None) -> CityStandIns:
    return CityStandIns(laptop.store, lambda: line.over(laptop.api) if line else laptop.api)


def test_the_list_is_read_offline_and_giving_is_not_done_twice(city: City) -> None:
    chief = city.laptop(CHIEF)
    assert known(chief.store) is None
    asked, lossy = given(city), at(chief, LosesEachAnswerOnce(frozenset({"let_stand_in"})))
    with pytest.raises(OfflineError):
        lossy.give(asked)
    told = lossy.give(asked)
    assert len(told.standing) == 1
    with pytest.raises(OfflineError):
        at(chief, Fails(lambda _n, _name: True)).all()
    assert known(chief.store) == told
    assert at(chief).withdraw(asked.id).standing == ()


def test_an_older_gateway_is_said_in_words(near: City) -> None:
    chief = near.laptop(CHIEF)
    old = at(chief, Fails(lambda _n, _name: True, lambda: GatewayError("no such thing", 404)))
    with pytest.raises(RefusedError, match="older than this page"):
        old.all()


def test_the_command_says_it_too(near: City, capsys: pytest.CaptureFixture[str]) -> None:
    where = ["gateway", "delegate", "--data", str(near.folder / "gateway")]
    until = ["--until", "2099-12-31"]
    assert main([*where, "--from", CHIEF.id, "--to", INSPECTOR_8.id, *until]) == 0
    told = capsys.readouterr()
    assert "has no reviewing role" in told.err
    assert main([*where, "--from", CHIEF.id, "--to", SECOND_CHIEF.id, *until]) == 0
    assert "reviewing" not in capsys.readouterr().err
