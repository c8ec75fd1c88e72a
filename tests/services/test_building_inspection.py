"""Building inspection: checklist by stage, results that fit what was found, open items carried forward."""

from __future__ import annotations

import pytest

from fieldapp.forms import FormSession
from fieldapp.records import NUMBER, STATE, Record
from fieldapp.services import Catalogue, carry
from fieldapp.services.tables import read_table
from tests.support.filling import INSPECTION, fill, messages, open_service, value

SERVICE = Catalogue.load().get("building-inspection")
STAGES = read_table(SERVICE.files.folder / "stages.csv").rows
CHECKLIST = read_table(SERVICE.files.folder / "checklist.csv").rows
PERMIT = Record("p1", "building-permit", "1", 1, {NUMBER: "26-104233", "place/address": "412 Upper James St"})
FAILED = {
    "checklist/check[3]/k_result": "fail",
    "checklist/check[3]/k_found": "Hangers missing at stair opening",
    "checklist/check[3]/k_fix_by": "2026-12-01",
    "outcome/result": "failed",
}


def filled(**changed: str) -> FormSession:
    session = fill(open_service(SERVICE), INSPECTION)
    return fill(session, {path.replace("__", "/"): text for path, text in changed.items()})


def failed_visit() -> FormSession:
    return fill(filled(), FAILED)


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage["code"])
def test_each_stage_has_its_checklist(stage: dict[str, str]) -> None:
    rows = [row for row in CHECKLIST if row["stage"] == stage["code"]]
    assert [row["key"] for row in rows] == [f"{stage['code']}-{n}" for n in range(1, int(stage["items"]) + 1)]
    session = open_service(SERVICE)
    session.set("/data/visit/insp_type", stage["code"])
    shown = [session.label(node) for node in session.nodes() if node.question.name == "k_result"]
    assert shown == [row["label"] for row in rows]
    session.language = "fr"
    shown = [session.label(node) for node in session.nodes() if node.question.name == "k_result"]
    assert shown == [row["label::Français (fr)"] for row in rows]


def test_the_stages_are_those_of_the_form() -> None:
    session = open_service(SERVICE)
    choices = session.choices(session.node("/data/visit/insp_type"))
    assert [choice.name for choice in choices] == [stage["code"] for stage in STAGES]


def test_the_stage_cannot_change_under_a_checklist() -> None:
    session = open_service(SERVICE)
    session.set("/data/visit/insp_type", "N03")
    assert not session.node("/data/visit/insp_type").readonly
    session.set("/data/checklist/check[1]/k_result", "pass")
    assert session.node("/data/visit/insp_type").readonly


@pytest.mark.parametrize(
    ("stage", "notice", "due"),
    [
        ("N03", "2026-11-20T10:00:00.000-05:00", "2026-11-24"),
        ("N11", "2026-11-20T10:00:00.000-05:00", "2026-11-27"),  # sewage systems: five days
    ],
)
def test_the_due_day_counts_business_days_from_the_notice(stage: str, notice: str, due: str) -> None:
    session = open_service(SERVICE)
    fill(session, {"visit/insp_type": stage, "visit/notice_at": notice})
    assert value(session, "visit/due_by") == due
    assert SERVICE.derived(session.answers(), "en")["@due"] == due


def test_parts_are_asked_for_where_a_stage_has_parts() -> None:
    session = open_service(SERVICE)
    session.set("/data/visit/insp_type", "N09")
    names = [choice.name for choice in session.choices(session.node("/data/visit/sub"))]
    assert names == ["drains", "service", "fire_main", "venting", "distribution", "fixtures"]
    session.set("/data/visit/insp_type", "N03")
    assert not session.node("/data/visit/sub").relevant


def test_a_failed_item_asks_what_was_found_and_by_when() -> None:
    session = filled(outcome__result="failed")
    session.set("/data/checklist/check[3]/k_result", "fail")
    assert set(messages(session)) == {"checklist/check[3]/k_found", "checklist/check[3]/k_fix_by"}


def test_a_correction_cannot_be_due_before_the_visit() -> None:
    session = failed_visit()
    session.set("/data/checklist/check[3]/k_fix_by", "2026-11-22")
    assert "day of the visit or later" in messages(session)["checklist/check[3]/k_fix_by"]


def test_passed_does_not_fit_an_open_item() -> None:
    session = fill(failed_visit(), {"outcome/result": "passed"})
    assert list(messages(session)) == ["outcome/result"]
    session.set("/data/outcome/result", "passed_with_notes")
    assert messages(session) == {}


def test_passed_does_not_fit_another_deficiency() -> None:
    session = filled(deficiencies__any_defects="yes")
    row = "deficiencies/defects/defect[1]"
    fill(session, {f"{row}/f_item": "Guard loose", f"{row}/f_fix_by": "2026-12-01"})
    assert list(messages(session)) == ["outcome/result"]


def test_passed_does_not_fit_a_failed_test() -> None:
    session = open_service(SERVICE)
    answers = {"visit/insp_type": "N12", "tests/test[1]/t_system": "Drain", "tests/test[1]/t_kind": "water"}
    fill(session, {**answers, "tests/test[1]/t_result": "fail", "outcome/result": "passed"})
    assert "outcome/result" in messages(session)


def test_work_that_cannot_be_seen_is_not_passed() -> None:
    session = filled(place__work_visible="no", place__covered_without="yes")
    assert "outcome/result" in messages(session)
    session.set("/data/outcome/result", "not_ready")
    assert messages(session) == {}


def test_the_advice_about_the_next_stage_is_shown_at_once() -> None:
    session = filled()
    assert value(session, "outcome/next_stage_ok") == "yes"
    assert session.label(session.node("/data/outcome/go_note")) == "The builder may go on: covering the framing."
    fill(session, FAILED)
    assert value(session, "outcome/next_stage_ok") == "no"
    assert session.node("/data/outcome/stop_note").relevant


def test_leaving_before_arriving_is_refused() -> None:
    assert "outcome/left_at" in messages(filled(outcome__left_at="2026-11-23T08:00:00.000-05:00"))


def test_consent_counts_only_with_the_right_to_refuse_and_identification() -> None:
    session = filled(visit__entry_basis="consent", visit__consent_name="B. Roy", visit__right_refuse_told="no")
    assert set(messages(session)) == {"visit/right_refuse_told", "visit/id_shown"}
    fill(session, {"visit/right_refuse_told": "yes", "visit/id_shown": "OK"})
    assert messages(session) == {}


def test_a_photo_needs_a_caption() -> None:
    session = filled()
    session.set("/data/photos/photo[1]/picture", f"{'ab' * 32}.jpg")
    assert list(messages(session)) == ["photos/photo[1]/caption"]
    assert value(session, "photos/photo[1]/taken_at")


def test_its_title_names_stage_and_permit() -> None:
    answers = filled().answers()
    assert SERVICE.derived(answers, "en")["@title"] == "Framing inspection · permit 26-104233"
    assert SERVICE.derived(answers, "fr")["@title"] == "Inspection de la charpente · permis 26-104233"


def as_record(session: FormSession, record_id: str) -> Record:
    fields = {**session.answers(pruned=True), STATE: "submitted", NUMBER: f"IN26-{record_id}"}
    return Record(record_id, SERVICE.id, SERVICE.form_version, 1, fields)


def again(*visits: Record) -> FormSession:
    """The next visit under the permit, filled but for its open items."""
    session = open_service(SERVICE, carry.prefill(SERVICE, PERMIT, visits))
    return fill(session, INSPECTION)


def test_a_new_visit_begins_with_the_permit_and_the_defaults() -> None:
    session = open_service(SERVICE, carry.prefill(SERVICE, PERMIT))
    assert value(session, "visit/permit_no") == "26-104233"
    assert value(session, "place/address") == "412 Upper James St"
    assert value(session, "case/channel") == "field"
    assert value(session, "visit/arrived_at").startswith("2026-11-23T09:00")
    assert value(session, "visit/entry_basis") == "permit_site"
    assert not session.node("/data/previous").relevant


def test_a_reinspection_asks_about_each_open_item() -> None:
    session = again(as_record(failed_visit(), "200001"))
    question = session.node("/data/previous/carried[1]/corrected")
    assert session.label(question) == "Joist hangers and fasteners"
    for part in ("2026-12-01", "Hangers missing at stair opening", "OBC 9.23.9.2", "IN26-200001"):
        assert part in session.hint(question)
    assert set(messages(session)) == {"previous/carried[1]/corrected", "outcome/result"}


def test_a_corrected_item_lets_the_visit_pass() -> None:
    session = again(as_record(failed_visit(), "200001"))
    session.set("/data/previous/carried[1]/corrected", "yes")
    assert messages(session) == {}


def test_an_uncorrected_item_goes_on_to_the_third_visit() -> None:
    first = as_record(failed_visit(), "200001")
    session = again(first)
    answers = {"corrected": "no", "c_note": "Still two missing"}
    fill(session, {f"previous/carried[1]/{name}": text for name, text in answers.items()})
    session.set("/data/outcome/result", "partial")
    assert messages(session) == {}
    third = again(first, as_record(session, "200002"))
    assert value(third, "visit/previous_count") == "1"
    assert value(third, "visit/visit_no") == "3"
    assert "IN26-200001" in third.hint(third.node("/data/previous/carried[1]/corrected"))


def test_what_was_found_earlier_cannot_be_rewritten() -> None:
    session = again(as_record(failed_visit(), "200001"))
    shown = [
        node.question.name for node in session.nodes() if node.path.startswith("previous/") and node.question.label
    ]
    assert not {"c_what", "c_found", "c_article", "c_fix_by"} & set(shown)
