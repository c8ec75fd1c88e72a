"""Record fields from answers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from fieldapp.records import ADDRESS, DUE, LANG, POINT, TITLE, WARD
from fieldapp.services import Catalogue
from fieldapp.services.loader import load_service
from tests.support.services import write_dog_licence

CATALOGUE = Catalogue.load()
BULK = CATALOGUE.get("bulk-pickup")
PERMIT = CATALOGUE.get("building-permit")
INSPECTION = CATALOGUE.get("building-inspection")


def test_a_new_record_has_the_title_of_its_service() -> None:
    assert BULK.derived({}, "en") == {TITLE: "Bulk pick-up"}
    assert BULK.derived({}, "fr") == {TITLE: "Encombrants"}


def test_the_title_says_what_is_known() -> None:
    fields = {"items/item_count": "3", "person/last_name": "Wójcik"}
    assert BULK.derived(fields, "en")[TITLE] == "Bulk pick-up · items: 3 · Wójcik"
    assert BULK.derived(fields, "fr")[TITLE] == "Encombrants · articles : 3 · Wójcik"


def test_a_person_and_an_organization_are_told_apart() -> None:
    fields = {"person/last_name": "Côté", "person/org_name": "École Élan"}
    assert BULK.derived(fields, "en")[TITLE] == "Bulk pick-up · Côté, École Élan"


def test_a_long_description_does_not_make_a_long_title() -> None:
    title = PERMIT.derived({"project/b_desc": "porch " * 100}, "en")[TITLE]
    assert title is not None
    assert len(title) == 120
    assert title.endswith("…")


@pytest.mark.parametrize(
    ("difference", "english", "french"),
    [
        ("-3.9", "short by $3.90", "manque 3,90\u00a0$"),
        ("1234.5", "over by $1,234.50", "excédent 1\u202f234,50\u00a0$"),
        ("0", "", ""),
        ("", "", ""),
    ],
)
def test_a_tills_title_says_in_money_what_it_lacks(difference: str, english: str, french: str) -> None:
    fields = {"till/till_name": "City Hall 2", "close/over_short": difference}
    till = CATALOGUE.get("till")
    assert till.derived(fields, "en")[TITLE] == " · ".join(filter(None, ("Till", "City Hall 2", english)))
    assert till.derived(fields, "fr")[TITLE] == " · ".join(filter(None, ("Caisse", "City Hall 2", french)))


def test_a_payments_title_has_its_amount_in_the_language_of_the_title() -> None:
    fields = {"payment/pay_for": "Permis", "payment/pay_paid": "1091.5"}
    payment = CATALOGUE.get("payment")
    assert payment.derived(fields, "en")[TITLE] == "Permis · $1,091.50"
    assert payment.derived(fields, "fr")[TITLE] == "Permis · 1\u202f091,50\u00a0$"


def test_line_breaks_do_not_reach_the_title() -> None:
    assert PERMIT.derived({"project/b_desc": "new\nporch"}, "en")[TITLE] == "Building permit · new porch"


def test_place_and_language_come_from_the_answers() -> None:
    fields = {
        "place/address": "412 Upper James St",
        "place/point": "43.234100 -79.884200 0 0",
        "place/ward": "08",
        "case/lang": "fr",
    }
    edits = BULK.derived(fields, "en")
    assert edits[ADDRESS] == "412 Upper James St"
    assert edits[POINT] == "43.234100 -79.884200"
    assert edits[WARD] == "08"
    assert edits[LANG] == "fr"


def test_a_blank_answer_leaves_the_record_field_as_it_is() -> None:
    assert WARD not in INSPECTION.derived({WARD: "08"}, "en")


def test_the_due_day_of_an_inspection_is_its_clock() -> None:
    assert INSPECTION.derived({"visit/due_by": "2026-11-25"}, "en")[DUE] == "2026-11-25"


def test_an_incomplete_permit_is_due_for_its_completeness_check() -> None:
    received = {"case/received_at": "2026-11-27T09:00:00.000-05:00"}
    assert PERMIT.derived(received, "en")[DUE] == "2026-12-01"
    assert PERMIT.derived({**received, "case/decision_by": "2026-12-11"}, "en")[DUE] == "2026-12-11"


def test_a_clock_without_a_question_starts_with_each_step(tmp_path: Path) -> None:
    service = load_service(write_dog_licence(tmp_path, replacing=('from = "case/received_at"\n', "")))
    assert DUE not in service.derived({}, "en")
    assert service.derived({}, "en", date(2026, 11, 23))[DUE] == "2026-11-30"


def test_an_address_of_its_own_outside_every_ward_takes_the_old_ward_away() -> None:
    edits = INSPECTION.derived({WARD: "08", POINT: "43.2 -79.8", "place/address": "7 New Street"}, "en")
    assert edits[WARD] is None
    assert edits[POINT] is None


def test_a_title_without_its_first_part_begins_with_a_capital() -> None:
    assert INSPECTION.derived({"visit/permit_no": "26-104005"}, "en")[TITLE] == "Permit 26-104005"


@pytest.mark.parametrize("service", ["building-permit", "vacant-building"])
def test_a_year_typed_as_9999_has_no_due_day_and_is_kept_all_the_same(service: str) -> None:
    assert DUE not in CATALOGUE.get(service).derived({"case/received_at": "9999-12-31T09:00:00.000-05:00"}, "en")


def test_an_amount_that_is_none_leaves_the_title_without_it() -> None:
    fields = {"till/till_name": "City Hall 2", "close/over_short": "some"}
    assert CATALOGUE.get("till").derived(fields, "en")[TITLE] == "Till · City Hall 2"
