"""A case moves on when its visit does: in the same transaction, as its service says, by the City's own Change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from fieldapp.records import ALIAS, CITY, PARENT, REASON, STATE
from fieldapp.services.checking.together import problems
from fieldapp.services.effects import Effect, faults
from fieldapp.services.stocked import StockRule
from sync.gateway.verify import verify
from tests.support.gateway import CHIEF, CLERK, INSPECTOR_8, City, Laptop

MADE_SAFE, REPAIRED = {"outcome/result": "made_safe"}, {"outcome/result": "repaired"}


class Road:
    """A pothole that was reported, and the crew's visits."""

    def __init__(self, city: City) -> None:
        self.city = city
        self.clerk, self.crew, self.chief = (city.laptop(who) for who in (CLERK, INSPECTOR_8, CHIEF))
        self.case = self.clerk.new({}, service="road-defect")
        self.clerk.step(self.case, "submit", "submitted", service="road-defect")
        city.sync()

    def visit(self, answers: Mapping[str, str], *, alias: str = "HAM-LT01-261123-007") -> str:
        """A visit that the crew began; not handed in."""
        own = {PARENT: self.case, ALIAS: alias, STATE: "planned", **answers}
        return self.crew.new(own, service="road-repair")

    def hand_in(self, answers: Mapping[str, str]) -> str:
        visit = self.visit(answers)
        self.step(self.crew, visit, "submit", "submitted")
        return visit

    def step(self, laptop: Laptop, visit: str, step: str, to: str, **parts: Any) -> None:
        laptop.step(visit, step, to, service="road-repair", **parts)

    def state(self, laptop: Laptop | None = None) -> str:
        return (laptop or self.clerk).record(self.case).state


@pytest.fixture
def road(near: City) -> Road:
    return Road(near)


def test_it_is_so_in_either_database(either: City) -> None:
    road = Road(either)
    road.hand_in(REPAIRED)
    road.city.sync()
    assert [road.state(one) for one in (road.clerk, road.crew, road.chief)] == ["repaired"] * 3


def test_the_case_says_which_visit_moved_it(road: Road) -> None:
    road.hand_in(REPAIRED)
    road.city.sync()
    assert road.clerk.answer(road.case, REASON) == "Road repair visit HAM-LT01-261123-007"


def test_which_step_depends_on_the_answers(road: Road) -> None:
    road.hand_in(MADE_SAFE)
    road.city.sync()
    assert road.state() == "made_safe"
    road.hand_in(REPAIRED)
    road.city.sync()
    assert road.state() == "repaired"


def test_other_answers_move_nothing(road: Road) -> None:
    road.hand_in({"outcome/result": "not_found"})
    road.city.sync()
    assert road.state() == "submitted"


def test_it_stands_in_the_history_as_the_citys_own_change(road: Road) -> None:
    road.hand_in(REPAIRED)
    road.city.sync()
    last = road.chief.api.history(road.case).entries[-1].op
    assert (last["actor"], last["transition"], last["edits"][STATE]) == (CITY, "repair", "repaired")
    assert verify(road.city.service.database).fault == ""


def test_a_later_step_of_the_visit_goes_on_and_a_second_person_is_still_needed(road: Road) -> None:
    visit = road.hand_in(REPAIRED)
    road.city.sync()
    road.step(road.chief, visit, "approve", "approved")
    road.city.sync()
    assert road.state() == "verified"


def test_a_case_that_a_person_moved_on_stays_where_it_is(road: Road) -> None:
    road.chief.step(road.case, "duplicate", "duplicate", service="road-defect", reason="another report")
    road.city.sync()
    road.hand_in(REPAIRED)
    road.city.sync()
    assert road.state() == "duplicate"


def test_who_took_the_cases_step_too_without_a_network_is_not_refused(road: Road) -> None:
    road.hand_in(REPAIRED)
    own = road.crew.step(road.case, "repair", "repaired", service="road-defect")
    road.city.sync()
    assert road.crew.state_of(own) in {"noop", "applied", "merged"}
    assert road.state(road.crew) == "repaired"
    assert all(laptop.sync().equal for laptop in road.city.laptops)


def test_a_case_sent_together_with_its_visit_comes_back_as_the_city_has_it(near: City) -> None:
    crew = near.laptop(INSPECTOR_8)
    case = crew.new({}, service="road-defect")
    crew.step(case, "submit", "submitted", service="road-defect")
    visit = crew.new({PARENT: case, STATE: "planned", **REPAIRED}, service="road-repair")
    crew.step(visit, "submit", "submitted", service="road-repair")
    crew.sync()
    assert crew.record(case).state == "repaired"
    assert crew.sync().equal


def test_a_refused_visit_moves_nothing(road: Road) -> None:
    visit = road.visit(REPAIRED)
    road.city.sync()
    refused = road.clerk.step(visit, "submit", "submitted", service="road-repair")
    road.city.sync()
    assert road.clerk.state_of(refused) == "rejected"
    assert road.state() == "submitted"


def test_every_effect_of_the_shipped_services_can_be_taken(near: City) -> None:
    catalogue = near.service.catalogue
    found = [(service, effect) for service in catalogue for effect in service.effects]
    assert len(found) > 10
    for service, effect in found:
        above = catalogue.get(service.parent).transitions
        assert list(faults(effect, service.transitions, above)) == [], (service.id, effect.takes)


def test_a_check_names_a_step_with_which_a_thing_is_handed_over(near: City) -> None:
    catalogue = near.service.catalogue
    above = replace(catalogue.get("road-defect"), stock=(StockRule("cone", frozenset({"make_safe"})),))
    found = [one.text for one in problems(catalogue.get("road-repair"), [above])]
    assert found == ["“make_safe” issues a number, books or hands over: a person takes it"]


def test_a_check_names_who_could_reach_what_is_not_theirs(near: City) -> None:
    catalogue = near.service.catalogue
    below, above = catalogue.get("road-repair").transitions, catalogue.get("road-defect").transitions
    wrong = Effect(frozenset({"submit"}), "below")
    assert list(faults(wrong, below, above)) == ["who takes “submit” might not take “below”: inspector"]
    assert list(faults(Effect(frozenset({"submit"}), "fly"), below, above)) == ["unknown step “fly”"]
