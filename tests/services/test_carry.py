"""Re-inspection: open deficiencies are carried forward until somebody reports them corrected."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from fieldapp.records import ALIAS, NUMBER, Record
from fieldapp.services import Catalogue, carry
from fieldapp.services.declared import CarryRule
from tests.support.services import record_in

SERVICE = Catalogue.load().get("building-inspection")
INTO = "previous/carried"


def rule() -> CarryRule:
    assert SERVICE.carry is not None
    return SERVICE.carry


def visit(record_id: str, answers: Mapping[str, str], state: str = "submitted") -> Record:
    record = record_in(SERVICE.id, state, record_id=record_id, number=f"IN26-{record_id}")
    return Record(record.id, record.service, record.form_version, 1, {**record.fields, **answers})


def check_row(key: str, result: str, order: int = 1) -> dict[str, str]:
    row = f"checklist/check[{key}]"
    return {
        row: str(order),
        f"{row}/k_en": f"Item {key}",
        f"{row}/k_result": result,
        f"{row}/k_found": "loose",
        f"{row}/k_article": "OBC 9.8",
        f"{row}/k_fix_by": "2026-12-01",
    }


def defect_row(key: str) -> dict[str, str]:
    row = f"deficiencies/defects/defect[{key}]"
    return {row: "1", f"{row}/f_item": f"Stair {key}", f"{row}/f_fix_by": "2026-12-02", f"{row}/f_severity": "major"}


def carried(answers: Mapping[str, str], corrected: str) -> dict[str, str]:
    """What an inspector answers about each carried item."""
    rows = [path for path in answers if path.startswith(f"{INTO}[") and path.endswith("]")]
    return {**answers, **{f"{row}/corrected": corrected for row in rows}}


def whats(answers: Mapping[str, str]) -> list[str]:
    return [value for path, value in answers.items() if path.endswith("/c_what")]


PERMIT = Record("p1", "building-permit", "1", 1, {NUMBER: "26-104233", "place/address": "412 Upper James St"})


def test_a_first_visit_takes_the_place_from_the_permit() -> None:
    answers = carry.prefill(SERVICE, PERMIT)
    assert answers["visit/permit_no"] == "26-104233"
    assert answers["place/address"] == "412 Upper James St"
    assert answers["case/channel"] == "field"
    assert answers["visit/previous_count"] == "0"
    assert answers["visit/visit_no"] == "1"
    assert "place/unit" not in answers


def test_what_failed_is_asked_for_again() -> None:
    first = visit("v1", {**check_row("a", "fail"), **check_row("b", "pass", 2), **defect_row("d")})
    answers = carry.prefill(SERVICE, PERMIT, [first])
    assert whats(answers) == ["Item a", "Stair d"]
    assert answers["visit/previous_count"] == "2"
    assert answers["visit/visit_no"] == "2"
    row = next(path for path in answers if path.startswith(f"{INTO}[") and answers[path] == "1")
    assert answers[f"{row}/carried_id"] == "v1/checklist/check[a]"
    assert answers[f"{row}/c_from"] == "IN26-v1"
    assert answers[f"{row}/c_found"] == "loose"
    assert answers[f"{row}/c_fix_by"] == "2026-12-01"
    assert f"{row}/corrected" not in answers


def test_a_corrected_item_is_not_asked_for_again() -> None:
    first = visit("v1", check_row("a", "fail"))
    second = visit("v2", carried(carry.prefill(SERVICE, PERMIT, [first]), "yes"))
    assert carry.open_items(rule(), [first, second]) == []


def test_an_item_that_was_not_seen_stays_open_under_its_identity() -> None:
    first = visit("v1", check_row("a", "fail"))
    second = visit("v2", carried(carry.prefill(SERVICE, PERMIT, [first]), "not_seen"))
    third = carry.prefill(SERVICE, PERMIT, [first, second])
    assert whats(third) == ["Item a"]
    assert "v1/checklist/check[a]" in third.values()


def test_an_item_survives_a_visit_that_is_not_on_this_laptop() -> None:
    first = visit("v1", check_row("a", "fail"))
    second = visit("v2", carried(carry.prefill(SERVICE, PERMIT, [first]), "no"))
    (item,) = carry.open_items(rule(), [second])
    assert (item.id, item.answers["c_what"], item.reference) == ("v1/checklist/check[a]", "Item a", "IN26-v1")


def test_a_draft_does_not_count() -> None:
    planned = visit("v1", check_row("a", "fail"), state="planned")
    assert carry.open_items(rule(), [planned]) == []
    assert carry.prefill(SERVICE, PERMIT, [planned])["visit/visit_no"] == "1"


def test_a_returned_visit_still_counts() -> None:
    returned = visit("v1", check_row("a", "fail"), state="returned")
    assert len(carry.open_items(rule(), [returned])) == 1


def test_rows_come_in_their_own_order() -> None:
    first = visit("v1", {**check_row("z", "fail", 1), **check_row("a", "fail", 2), **check_row("m", "fail", 10)})
    assert whats(carry.prefill(SERVICE, PERMIT, [first])) == ["Item z", "Item a", "Item m"]


@given(st.permutations(range(4)), st.lists(st.sampled_from(["yes", "no", "not_seen"]), min_size=3, max_size=3))
def test_the_order_of_visits_does_not_matter(order: list[int], corrected: list[str]) -> None:
    visits = [visit("v0", {**check_row("a", "fail"), **defect_row("d")})]
    for number, answer in enumerate(corrected, start=1):
        answers = carried(carry.prefill(SERVICE, PERMIT, visits), answer)
        visits.append(visit(f"v{number}", {**answers, **check_row(f"n{number}", "fail")}))
    shuffled = [visits[at] for at in order]
    in_order, in_any_order = (carry.open_items(rule(), some) for some in (visits, shuffled))
    assert in_order == in_any_order


def test_two_laptops_give_a_carried_row_the_same_key() -> None:
    first = visit("v1", check_row("a", "fail"))
    assert carry.prefill(SERVICE, PERMIT, [first]) == carry.prefill(SERVICE, PERMIT, [first])


def test_a_permit_without_a_number_yet_is_named_by_its_offline_reference() -> None:
    permit = Record("p1", "building-permit", "1", 0, {ALIAS: "HAM-D1-261123-001"})
    assert carry.prefill(SERVICE, permit)["visit/permit_no"] == "HAM-D1-261123-001"
