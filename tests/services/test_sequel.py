"""An order begins with what the visit found: its items, what kind of order, whose permit."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.records import PARENT, Record
from fieldapp.services import Catalogue
from fieldapp.services.checking import together
from fieldapp.services.sequel import asked
from tests.support.services import write_dog_licence

ORDER = Catalogue.load().get("building-order")
(AFTER,) = ORDER.after
PHOTO = f"{'ab' * 32}.jpg"
VISIT = {
    PARENT: "permit",
    "outcome/order_needed": "s12_2",
    "checklist/check[k1]": "1",
    "checklist/check[k1]/k_result": "pass",
    "checklist/check[k2]": "2",
    "checklist/check[k2]/k_result": "fail",
    "checklist/check[k2]/k_article": "OBC 9.23.9",
    "checklist/check[k2]/k_found": "Hanger missing",
    "checklist/check[k2]/k_fix_by": "2026-12-01",
    "checklist/check[k2]/k_photo": PHOTO,
    "deficiencies/defects/defect[d1]": "1",
    "deficiencies/defects/defect[d1]/f_item": "Guard loose",
}


def visit(**other: str) -> Record:
    """A visit that failed."""
    return Record("v1", "building-inspection", "1", 1, {**VISIT, **{f"outcome/{k}": v for k, v in other.items()}})


def rows(prefill: dict[str, str]) -> list[dict[str, str]]:
    """The order's items, in their order."""
    starts = sorted((path for path in prefill if path.endswith("]")), key=lambda path: int(prefill[path]))
    return [
        {path.rpartition("/")[2]: value for path, value in prefill.items() if path.startswith(f"{start}/")}
        for start in starts
    ]


def test_every_failed_line_and_deficiency_becomes_an_item() -> None:
    made = AFTER.prefill(visit())
    assert rows(made) == [
        {"o_provision": "OBC 9.23.9", "o_finding": "Hanger missing", "o_comply_by": "2026-12-01", "o_photo": PHOTO},
        {"o_finding": "Guard loose"},
    ]


@pytest.mark.parametrize(
    ("needed", "order"), [("s12_2", "s12_2"), ("s14_recommend", "stop_work"), ("s15_9", "unsafe"), ("s13", None)]
)
def test_the_kind_of_order_follows_where_it_is_plain(needed: str, order: str | None) -> None:
    assert AFTER.prefill(visit(order_needed=needed)).get("instrument/instr_type") == order


def test_it_begins_after_the_visit_is_handed_in_and_only_where_one_is_needed() -> None:
    assert AFTER.holds("submit", visit())
    assert not AFTER.holds("no_access", visit())
    assert not AFTER.holds("submit", visit(order_needed="none"))


def test_what_the_other_service_does_not_have_is_named(tmp_path: Path) -> None:
    folder = write_dog_licence(tmp_path)
    toml = folder / "service.toml"
    wrong = '[[after]]\nservice = "building-inspection"\nsteps = ["hand_in"]\ncopy = { "dog/dog_name" = "visit/dog" }\n'
    toml.write_text(toml.read_text("utf-8") + wrong, "utf-8")
    catalogue = Catalogue.load([tmp_path])
    others = [Catalogue.load().get("building-inspection")]
    service = catalogue.get(folder.name)
    found = [one.message for one in (*together.problems(service, others), *together.copies(service, others))]
    assert any("hand_in" in one for one in found)
    assert any("visit/dog" in one for one in found)


def test_all_that_is_read_is_in_the_visits_form() -> None:
    known = Catalogue.load().get("building-inspection").form().questions
    assert [path for _key, path in asked(AFTER) if path not in known] == []
