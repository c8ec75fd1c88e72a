"""Which visits belong to the day, in which order, and what is said of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fieldapp.actions import decide, start
from fieldapp.records import PLANNED, Record
from tests.support import workplaces
from tests.support.workplaces import City
from ui.today.last_time import findings
from ui.today.visits import how_many, kilometres, row, summary, visits


def day_of(town: City) -> list[str]:
    return [visit.id for visit in visits(town.inspector.desk)]


def test_visits_come_by_time(town: City) -> None:
    planned = workplaces.visits(town, 4)
    assert day_of(town) == [visit.id for visit in planned]


def test_a_row_says_time_place_and_due_date(town: City) -> None:
    workplaces.visits(town, 1)
    visit = visits(town.inspector.desk)[0]
    line = row(visit, town.clock.now().date())
    assert line.lead == "09:00"
    assert line.subtitle == visit.record.get("@address")
    assert line.chip == ("Due today", "warn")


def test_a_visit_planned_for_tomorrow_is_not_shown_today(town: City) -> None:
    town.clock.forward(days=1)
    workplaces.visits(town, 1)
    town.clock.forward(days=-1)
    assert day_of(town) == []


def test_of_later_visits_nothing_but_their_lines_is_read(town: City, monkeypatch: pytest.MonkeyPatch) -> None:
    town.clock.forward(days=1)
    workplaces.visits(town, 3)
    town.clock.forward(days=-1)
    read: list[str] = []
    real = town.inspector.store.record

    def noted(record: str) -> Record | None:
        read.append(record)
        return real(record)

    monkeypatch.setattr(town.inspector.store, "record", noted)
    day = day_of(town)
    assert len(day) == how_many(town.inspector.desk) < 3
    assert set(read) == set(day)


def test_a_visit_of_yesterday_is_still_shown_with_its_day(town: City) -> None:
    workplaces.visits(town, 1)
    town.clock.forward(days=1)
    found = visits(town.inspector.desk)
    line = row(found[0], town.clock.now().date())
    assert line.lead == "23 Nov"
    assert line.chip == ("1 day late", "bad")
    assert summary(found, town.clock.now().date()) == "1 visit · 1 late"


def test_a_submitted_visit_is_done(town: City) -> None:
    planned = workplaces.visits(town, 2)
    workplaces.inspect(town, planned[0])
    assert day_of(town) == [planned[1].id]


def test_a_returned_visit_comes_first_with_the_reason(town: City) -> None:
    planned = workplaces.visits(town, 2)
    returned(town, planned[1])
    found = visits(town.inspector.desk)
    assert found[0].id == planned[1].id
    line = row(found[0], town.clock.now().date())
    assert line.subtitle.startswith("Returned: Add a photo")
    assert line.chip == ("Returned", "warn")


def test_an_inspection_without_a_visit_has_no_time(town: City) -> None:
    permit = workplaces.permits(town, 1)[0]
    start(town.inspector.desk, "building-inspection", parent=permit.id)
    line = row(visits(town.inspector.desk)[0], town.clock.now().date())
    assert line.lead == "–"
    assert line.trailing == "Started"


def test_what_was_found_last_time_is_told(town: City) -> None:
    visit = workplaces.visits(town, 1)[0]
    workplaces.inspect(town, visit, failing=True)
    town.sync()
    again = start(town.inspector.desk, "building-inspection", parent=visit.get("@parent"))
    told = findings(town.inspector.desk, again)
    assert [("Hangers missing" in one.text, one.photos) for one in told] == [(True, 0)]


def test_the_way_counts_streets_not_the_crows(town: City) -> None:
    workplaces.visits(town, 1)
    visit = visits(town.inspector.desk)[0]
    places = [replace(visit, record=moved(visit.record, text)) for text in ("43.50 -78.1", "43.60 -78.1", "")]
    assert kilometres(places) == 14


def moved(record: Record, point: str) -> Record:
    return replace(record, fields={**record.fields, "@point": point, PLANNED: ""})


def returned(town: City, visit: Record) -> None:
    workplaces.inspect(town, visit)
    town.sync()
    decide(town.supervisor.desk, visit.id, "return", reason="Add a photo of the guard.", field="outcome/result")
    town.sync()


def test_a_request_that_an_inspector_takes_came_in_the_field(town: City) -> None:
    taken = start(town.inspector.desk, "road-defect")
    assert (taken.get("case/channel"), taken.get("case/site")) == ("field", "field")
    at_the_counter = start(town.clerk.desk, "road-defect")
    assert at_the_counter.get("case/channel") == ""
