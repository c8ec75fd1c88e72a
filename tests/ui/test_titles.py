"""Titles follow the language on screen, also of a visit that nobody has opened yet."""

from __future__ import annotations

from dataclasses import replace

from fieldapp import texts
from fieldapp.actions import start
from fieldapp.records import TITLE
from tests.support import workplaces
from tests.support.workplaces import City
from tests.ui.workplaces import catalogue, layers_file, town
from ui.records.words import Words
from ui.titles import title_of, title_of_row

__all__ = ["catalogue", "layers_file", "town"]


def test_a_planned_visit_is_called_in_the_language_on_screen(town: City) -> None:
    visit = workplaces.visits(town, 1)[0]
    desk = town.inspector.desk
    english = title_of(desk, desk.record(visit.id))
    texts.use("fr")
    french = title_of(desk, desk.record(visit.id))
    assert english == desk.record(visit.id).get("@title")
    assert french.startswith("Inspection")
    assert "permis 26-" in french


def test_a_submitted_record_needs_no_form_for_its_title(town: City) -> None:
    permit = workplaces.permits(town, 1)[0]
    texts.use("fr")
    assert title_of(town.clerk.desk, permit).startswith("Permis de construire · ")


def test_lists_call_it_in_the_language_on_screen_too(town: City) -> None:
    visit = workplaces.visits(town, 1)[0]
    session = town.inspector
    row = session.store.row(visit.id)
    assert row is not None
    assert title_of_row(session.desk, row) == row.title
    texts.use("fr")
    french = title_of_row(session.desk, row)
    assert french.startswith("Inspection")
    assert "permis 26-" in french


def test_a_day_in_a_title_is_said_as_people_say_it(town: City) -> None:
    record = start(town.clerk.desk, "noise-exemption")
    stored = "Noise exemption · 2026-12-05 · Brook"
    row = town.clerk.store.row(record.id)
    assert row is not None
    made = replace(record, fields={**record.fields, TITLE: stored})
    assert title_of(town.clerk.desk, made) == "Noise exemption · Sat 5 Dec · Brook"
    assert title_of_row(town.clerk.desk, replace(row, title=stored)) == "Noise exemption · Sat 5 Dec · Brook"


def test_the_table_of_records_calls_them_in_the_language_on_screen(town: City) -> None:
    visit = workplaces.visits(town, 1)[0]
    row = town.inspector.store.row(visit.id)
    assert row is not None
    texts.use("fr")
    assert Words(town.inspector).cell(row, "title").startswith("Inspection")
