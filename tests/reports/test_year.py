"""The report to Council on a period."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from fieldapp.forms import FormSession
from fieldapp.opendata import Case, Step
from fieldapp.records import LANG, RECEIVED, STATE, Record
from fieldapp.reports import YearReport, year_report
from fieldapp.reports.files import write_year
from fieldapp.services import Catalogue
from tests.support.cases import day, permit, request

YEAR = date(2026, 1, 1), date(2026, 12, 31)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue.load()


def report(catalogue: Catalogue, cases: list[Case]) -> YearReport:
    return year_report(cases, catalogue, *YEAR)


def answered(case: Case, fields: Mapping[str, str]) -> Case:
    return replace(case, record=replace(case.record, fields={**case.record.fields, **fields}))


def closed(case: Case, on: str, *before: Step) -> Case:
    told = {**case.record.fields, STATE: "closed"}
    return Case(replace(case.record, fields=told), (*case.steps, *before, Step(on, on, "r.kaur", "closed", "close")))


def test_volumes_by_service_channel_and_ward(catalogue: Catalogue) -> None:
    found = report(catalogue, [request(n) for n in range(6)] + [request(n + 6, ward="") for n in range(5)])
    assert (found.total.received, [line.name for line in found.services]) == (11, ["bulk-pickup"])
    assert {line.name: line.received for line in found.wards} == {"02": 6, "none": 5}
    assert {line.name: line.received for line in found.channels} == {"phone": 11}


def test_days_to_close_and_what_was_finished_with_the_first_visit(catalogue: Catalogue) -> None:
    back = Step(day(3, 8), day(3, 8), "r.kaur", "returned", "return")
    cases = [closed(request(n), day(3, 15)) for n in range(15)]
    cases += [closed(request(n + 20), day(3, 25), back) for n in range(5)]
    found = report(catalogue, cases)
    assert (found.total.closed, found.total.days, found.total.first_visit) == (20, 10.0, 0.75)


def test_what_waited_on_a_laptop_was_done_without_a_network(catalogue: Catalogue) -> None:
    late = (Step(day(3, 5), day(3, 4), "j.osei", "submitted", "submit"),)
    cases = [request(n) for n in range(15)] + [replace(request(n + 20), steps=late) for n in range(5)]
    assert report(catalogue, cases).total.offline == 0.25


def test_help_to_take_part_and_french(catalogue: Catalogue) -> None:
    asked = [answered(request(n), {"case/accommodation": "large print", LANG: "fr"}) for n in range(5)]
    plain = [answered(request(n + 9), {"case/interpreter": "none"}) for n in range(5)]
    found = report(catalogue, asked + plain)
    assert (found.help_asked, found.french) == (5, 0.5)


def test_the_three_questions_stand_beside_their_baselines(catalogue: Catalogue) -> None:
    answers = [("daily", "satisfied")] * 15 + [("never", "dissatisfied")] * 5
    cases = [survey(n, often, how) for n, (often, how) in enumerate(answers)]
    found = {one.question.path: one for one in report(catalogue, cases).survey}
    assert [one.question.baseline for one in found.values()] == [0.89, 0.60, 0.71]
    assert (found["survey/satisfied"].answers, found["survey/satisfied"].share) == (20, 0.75)
    assert (found["survey/competence"].answers, found["survey/competence"].share) == (0, None)


def test_answers_to_the_survey_are_no_requests(catalogue: Catalogue) -> None:
    assert report(catalogue, [survey(1, "daily", "satisfied")]).total.received == 0


def test_the_survey_s_answers_are_choices_of_its_form(catalogue: Catalogue) -> None:
    session = FormSession(catalogue.get("visit-survey").form())
    for one in report(catalogue, []).survey:
        offered = {choice.name for choice in session.choices(session.node(one.question.path))}
        assert one.question.good <= offered


def test_the_report_as_files(catalogue: Catalogue, tmp_path: Path) -> None:
    told, table = write_year(report(catalogue, [permit(n) for n in range(7)] + [request(1)]), tmp_path / "out")
    assert json.loads(told.read_text("utf-8"))["total"]["received"] == 8
    lines = table.read_text("utf-8").splitlines()
    assert lines[0] == "by,name,received,closed,days,offline,first_visit"
    assert "service,bulk-pickup,,0,,," in lines


def survey(n: int, often: str, how: str) -> Case:
    told = {STATE: "answered", RECEIVED: day(5, 2), "survey/frequency": often, "survey/satisfied": how}
    return Case(Record(f"v{n}", "visit-survey", "1", 1, told))
