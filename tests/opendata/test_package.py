"""The open data package of a made-up City: what is in it, what never is, and that frictionless takes it."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import frictionless
import pytest

from fieldapp.clock import CITY_ZONE, stamp
from fieldapp.errors import RefusedError
from fieldapp.opendata import Case, Step, write_package
from fieldapp.records import ADDRESS, AUTHOR, NUMBER, POINT, RECEIVED, STATE, WARD, Record
from fieldapp.services import Catalogue
from tests.support.cases import NOW, permit, request


def sheet(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_frictionless_takes_the_whole_package(tmp_path: Path, catalogue: Catalogue) -> None:
    cases = [permit(n) for n in range(3)] + [request(n, ward="02") for n in range(6)] + [inspection()]
    write_package(cases, catalogue, tmp_path / "open", NOW)
    report = frictionless.validate(str(tmp_path / "open" / "datapackage.json"))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "note"])
    assert report.stats["tasks"] >= 6


def test_a_permit_has_the_columns_of_blds(tmp_path: Path, catalogue: Catalogue) -> None:
    write_package([permit(1)], catalogue, tmp_path / "open", NOW)
    row = sheet(tmp_path / "open", "permits")[0]
    told = {name: row[name] for name in ("PermitNum", "AppliedDate", "IssuedDate", "StatusCurrent", "EstProjectCost")}
    assert told == {
        "PermitNum": "26-104001",
        "AppliedDate": "2026-03-02",
        "IssuedDate": "2026-03-20",
        "StatusCurrent": "Permit issued",
        "EstProjectCost": "48000",
    }
    assert (row["StatusCurrentMapped"], row["WorkClassMapped"], row["OriginalState"]) == (
        "Permit Issued",
        "Existing",
        "ON",
    )


def test_a_place_on_the_map_stands_in_geojson(tmp_path: Path, catalogue: Catalogue) -> None:
    write_package([permit(1)], catalogue, tmp_path / "open", NOW)
    found = json.loads((tmp_path / "open" / "permits.geojson").read_text("utf-8"))
    (one,) = found["features"]
    assert one["geometry"] == {"type": "Point", "coordinates": [-79.8692, 43.2561]}
    assert one["properties"]["PermitNum"] == "26-104001"


def test_nobody_is_in_it(tmp_path: Path, catalogue: Catalogue) -> None:
    write_package([permit(1), request(1)], catalogue, tmp_path / "open", NOW)
    everything = "".join(path.read_text("utf-8") for path in (tmp_path / "open").iterdir())
    assert "SECRET" not in everything
    assert "j.osei" not in everything


def test_a_request_is_placed_by_its_ward_alone(tmp_path: Path, catalogue: Catalogue) -> None:
    write_package([request(1, ward="07")], catalogue, tmp_path / "open", NOW)
    (row,) = sheet(tmp_path / "open", "requests")
    assert (row["ward"], row["status"], row["channel"]) == ("07", "open", "phone")
    assert "71 MAIN" not in ",".join(row.values())


REQUESTS = [
    "bulk-pickup",
    "fire-request",
    "green-bin",
    "parking-help",
    "road-defect",
    "transit-feedback",
    "tree-request",
]


def test_what_is_asked_of_crews_and_offices_is_among_the_requests(tmp_path: Path, catalogue: Catalogue) -> None:
    """The kinds that 311 data of other cities have (domain, section 8), of classes P0 to P2."""
    feeding = [one.id for one in catalogue if "requests" in {told.dataset for told in one.publications}]
    assert sorted(feeding) == REQUESTS
    cases = [asked(name) for name in REQUESTS]
    write_package(cases, catalogue, tmp_path / "open", NOW)
    found = sheet(tmp_path / "open", "requests")
    assert {row["service_code"] for row in found} == {catalogue.get(name).code for name in REQUESTS}
    assert {(row["status"], row["channel"], row["ward"]) for row in found} == {("open", "phone", "02")}
    assert "SECRET" not in str(found)


def asked(service: str) -> Case:
    """The same request, of another service."""
    case = request(1)
    return replace(case, record=replace(case.record, id=service, service=service))


@pytest.mark.parametrize(("many", "shown"), [(1, ""), (4, ""), (5, "5")])
def test_a_count_under_five_is_withheld(tmp_path: Path, catalogue: Catalogue, many: int, shown: str) -> None:
    write_package([request(n, ward="02") for n in range(many)], catalogue, tmp_path / "open", NOW)
    (row,) = sheet(tmp_path / "open", "counts")
    assert (row["month"], row["ward"], row["received"], row["withheld"]) == (
        "2026-03",
        "02",
        shown,
        str(not shown).lower(),
    )


def test_what_never_came_to_the_city_is_left_out(tmp_path: Path, catalogue: Catalogue) -> None:
    draft = Case(Record("d", "bulk-pickup", "1", 0, {STATE: "draft"}))
    assert write_package([draft], catalogue, tmp_path / "open", NOW).rows["requests"] == 0


def test_a_newer_package_takes_the_place_of_the_older(tmp_path: Path, catalogue: Catalogue) -> None:
    write_package([permit(1), permit(2)], catalogue, tmp_path / "open", NOW)
    write_package([permit(3)], catalogue, tmp_path / "open", NOW)
    assert [row["PermitNum"] for row in sheet(tmp_path / "open", "permits")] == ["26-104003"]
    assert [path.name for path in tmp_path.iterdir()] == ["open"]


def test_a_folder_of_something_else_is_refused_and_left_alone(tmp_path: Path, catalogue: Catalogue) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "dear.txt").write_text("kept")
    with pytest.raises(RefusedError, match="holds something else"):
        write_package([permit(1)], catalogue, tmp_path / "letters", NOW)
    assert [path.name for path in (tmp_path / "letters").iterdir()] == ["dear.txt"]


def test_what_fails_halfway_leaves_the_older_package(tmp_path: Path, catalogue: Catalogue) -> None:
    write_package([permit(1)], catalogue, tmp_path / "open", NOW)
    broken = Case(Record("x", "building-permit", "1", 1, {**permit(2).record.fields, POINT: "here there"}))
    with pytest.raises(ValueError, match="here"):
        write_package([broken], catalogue, tmp_path / "open", NOW)
    assert [row["PermitNum"] for row in sheet(tmp_path / "open", "permits")] == ["26-104001"]


def inspection(fields: Mapping[str, str] | None = None) -> Case:
    """A visit that failed."""
    at = stamp(datetime(2026, 4, 1, 10, tzinfo=CITY_ZONE))
    told = {STATE: "submitted", NUMBER: "INS26-000001", RECEIVED: at, WARD: "02", AUTHOR: "m.tremblay", ADDRESS: "x"}
    answers = {"visit/permit_no": "26-104001", "visit/insp_type": "N02", "outcome/result": "failed"}
    record = Record("i1", "building-inspection", "1", 2, {**told, **answers, **(fields or {})})
    return Case(record, (Step(at, at, "m.tremblay", "submitted", "submit"),))


def test_an_inspection_says_its_result_in_the_words_of_blds(tmp_path: Path, catalogue: Catalogue) -> None:
    write_package([inspection()], catalogue, tmp_path / "open", NOW)
    (row,) = sheet(tmp_path / "open", "permit_inspections")
    assert (row["PermitNum"], row["Result"], row["ResultMapped"]) == ("26-104001", "failed", "Rejected")
