"""The dashboard's measures: counts, medians and shares of a period, and what is withheld."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from fieldapp.errors import ServiceError
from fieldapp.opendata import Case, Step
from fieldapp.records import DUE, STATE
from fieldapp.reports.measures import known_measures, measures, rows
from fieldapp.services import Catalogue
from tests.support.cases import day, permit, request

MARCH = date(2026, 3, 1), date(2026, 3, 31)
HEAD = '[[measure]]\nid = "m"\ntitle.en = "M"\ntitle.fr = "M"\n'


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue.load()


def measured(tmp_path: Path, catalogue: Catalogue, cases: list[Case], text: str) -> dict[tuple[str, ...], object]:
    file = tmp_path / "dashboard.toml"
    file.write_text(HEAD + text, "utf-8")
    (found,) = measures(cases, catalogue, *MARCH, known_measures(file))
    return dict(found.groups)


def ended(case: Case, on: str, state: str = "closed") -> Case:
    """The same case, ended on a day."""
    fields = {**case.record.fields, STATE: state}
    return Case(replace(case.record, fields=fields), (*case.steps, Step(on, on, "r.kaur", state, "close")))


def test_a_count_by_ward_and_month(tmp_path: Path, catalogue: Catalogue) -> None:
    cases = [request(n, ward="02") for n in range(6)] + [request(n + 6, ward="03") for n in range(3)]
    found = measured(tmp_path, catalogue, cases, 'what = "received"\nby = ["month", "ward"]\n')
    assert found == {("2026-03", "02"): 6, ("2026-03", "03"): None}


def test_what_came_on_another_day_is_not_in_the_period(tmp_path: Path, catalogue: Catalogue) -> None:
    file = tmp_path / "dashboard.toml"
    file.write_text(HEAD + 'what = "received"\n', "utf-8")
    (found,) = measures([request(1)], catalogue, date(2026, 3, 6), date(2026, 3, 31), known_measures(file))
    assert found.groups == {}


def test_the_median_of_days_to_a_decision(tmp_path: Path, catalogue: Catalogue) -> None:
    text = 'what = "days"\nservices = ["building-permit"]\nuntil = ["approved", "refused"]\n'
    assert measured(tmp_path, catalogue, [permit(n) for n in range(5)], text) == {(): 16.0}
    assert measured(tmp_path, catalogue, [permit(n) for n in range(4)], text) == {(): None}


def test_a_share_is_withheld_where_it_tells_of_a_few(tmp_path: Path, catalogue: Catalogue) -> None:
    text = 'what = "share"\ngood = { question = "project/b_purpose", is = ["new"] }\nservices = ["building-permit"]\n'
    new = [_purpose(permit(n), "new") for n in range(5)]
    other = [permit(n + 10) for n in range(15)]
    assert measured(tmp_path, catalogue, new + other, text) == {(): 0.25}
    assert measured(tmp_path, catalogue, new[:4] + other, text) == {(): None}


def test_how_many_ended_by_the_day_they_were_due(tmp_path: Path, catalogue: Catalogue) -> None:
    cases = [_due(ended(request(n), day(3, 10)), "2026-03-10") for n in range(5)]
    late = [_due(ended(request(n + 9), day(3, 11)), "2026-03-10") for n in range(5)]
    text = 'what = "in_time"\nservices = ["bulk-pickup"]\n'
    assert measured(tmp_path, catalogue, cases + late, text) == {(): 0.5}


def test_the_shipped_measures_are_sound_and_name_what_is_there(catalogue: Catalogue) -> None:
    for one in known_measures():
        for name in one.services:
            form = catalogue.get(name).form()
            paths = [by for by in one.by if "/" in by] + [c.question for c in (one.only, one.good) if c.question]
            assert [path for path in paths if path not in form.questions] == []
            assert set(one.until) <= {state.id for state in catalogue.get(name).states}


def test_a_measure_that_says_nothing_known_is_refused_with_its_place(tmp_path: Path, catalogue: Catalogue) -> None:
    with pytest.raises(ServiceError) as caught:
        measured(tmp_path, catalogue, [], 'what = "guessed"\n')
    assert caught.value.place.field == "measure[1].what"


def test_rows_leave_what_is_withheld_empty(catalogue: Catalogue) -> None:
    found = measures([request(1)], catalogue, *MARCH)
    told = [row for row in rows(found) if row["measure"] == "bulk_bookings"]
    assert told[0]["group"] == "month=2026-03, ward=02"
    assert told[0]["value"] == ""


def _purpose(case: Case, purpose: str) -> Case:
    return replace(case, record=replace(case.record, fields={**case.record.fields, "project/b_purpose": purpose}))


def _due(case: Case, on: str) -> Case:
    return replace(case, record=replace(case.record, fields={**case.record.fields, DUE: on}))
