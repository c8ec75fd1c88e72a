"""Food inspections as open data: the decided result and its infractions, and nobody who runs the premises."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import frictionless

from fieldapp.opendata import Case, write_package
from fieldapp.records import ADDRESS, NUMBER, POINT, RECEIVED, STATE, WARD, Record
from fieldapp.services import Catalogue
from tests.support.cases import NOW
from tests.support.filling import ANSWERS, fill, open_service


def inspected(catalogue: Catalogue, number: int, state: str) -> Case:
    service = catalogue.get("food-inspection")
    session = fill(open_service(service), ANSWERS[service.id])
    fill(session, {"visit/operator_name": "SECRET PERSON", "infractions/found/inf[1]/i_place": "SECRET SHELF"})
    own = {NUMBER: f"FI26-{number:06}", STATE: state, RECEIVED: "2026-11-24T08:00:00Z", WARD: "08"}
    place = {ADDRESS: "412 UPPER JAMES ST", POINT: "43.235000 -79.884000"}
    return Case(Record(f"f{number}", service.id, service.form_version, 1, {**session.answers(), **own, **place}))


def rows(folder: Path, name: str) -> Iterator[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def test_a_decided_result_is_published_with_its_infractions(tmp_path: Path, catalogue: Catalogue) -> None:
    states = ("submitted", "conditional", "closed_order", "court")
    write_package([inspected(catalogue, *case) for case in enumerate(states)], catalogue, tmp_path / "open", NOW)
    found = {row["inspection_id"]: row for row in rows(tmp_path / "open", "food_inspections")}
    assert {name: row["inspection_result"] for name, row in found.items()} == {
        "FI26-000001": "Conditional pass",
        "FI26-000002": "Closed",
    }
    first = found["FI26-000001"]
    assert (first["business_name"], first["inspection_date"]) == ("Blue Door Diner", "2026-11-23")
    violations = list(rows(tmp_path / "open", "food_violations"))
    assert {row["violation_description"] for row in violations} == {"No readable thermometer in a cooler or warmer"}
    assert {row["violation_date"] for row in violations} == {"2026-11-23"}
    assert "SECRET" not in "".join(path.read_text("utf-8") for path in (tmp_path / "open").iterdir())
    assert frictionless.validate(str(tmp_path / "open" / "datapackage.json")).valid
