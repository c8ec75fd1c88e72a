"""A walk-in visit: several services of one person, one receipt, one sheet; it waits, and a kill takes nothing of it."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
from pypdf import PdfReader

from fieldapp.actions import Desk, Handed, balance, issuing, take_payment, visits, void_payment
from fieldapp.counter.person import guessed
from fieldapp.counter.visit import KNOWN_FROM, visit_of
from fieldapp.errors import RefusedError
from fieldapp.money.payment import lines_of, parts_of, payment_of
from fieldapp.records import ADDRESS, ALIAS, LANG, Record
from tests.support.gateway import CLERK, City
from tests.support.money import COLLEAGUE, FLAT, desk_of, opened
from tests.support.papers import faults

WHO = {"applicant/first_name": "Rosa", "applicant/last_name": "Marino", "applicant/phone": "905-555-0117"}


@pytest.fixture
def desk(city: City) -> Desk:
    return opened(city, city.laptop(CLERK))


def words(pdf: bytes) -> str:
    """What can be read on a paper."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def asked(desk: Desk, visit: str, service: str = "building-permit", said: dict[str, str] | None = None) -> Record:
    """A case of the visit that owes $349.00."""
    made = visits.serve(desk, visit, service)
    return desk.commit(made, {**FLAT, **(said or {})})


def two(desk: Desk) -> tuple[str, Record, Record]:
    visit = visits.begin_visit(desk, "41").id
    return visit, asked(desk, visit, said=WHO), asked(desk, visit)


def test_what_a_person_said_stands_in_the_next_form(desk: Desk) -> None:
    _visit, _first, second = two(desk)
    assert {path: second.get(path) for path in WHO} == WHO


def test_a_visit_itself_holds_nobodys_name(desk: Desk) -> None:
    visit, _first, _second = two(desk)
    assert not any("Marino" in value for value in desk.record(visit).fields.values())


def test_one_payment_has_the_lines_of_all_and_settles_each(desk: Desk) -> None:
    visit, first, second = two(desk)
    record = desk.record(visit)
    assert balance(desk, record) == Decimal("698.00")
    made = take_payment(desk, record, Handed(Decimal("698.00"), "cash", tendered=Decimal("700.00")))
    assert payment_of(made).receipt == "RC26-000001"
    assert len(lines_of(made)) == 2
    assert [balance(desk, one) for one in (first, second, record)] == [0, 0, 0]


def test_a_visit_is_paid_whole(desk: Desk) -> None:
    visit, first, _second = two(desk)
    with pytest.raises(RefusedError, match="paid whole"):
        take_payment(desk, desk.record(visit), Handed(Decimal("349.00"), "cash"))
    assert balance(desk, first) == Decimal("349.00")


def test_what_is_paid_already_is_not_asked_for_again(desk: Desk) -> None:
    visit, first, second = two(desk)
    take_payment(desk, first, Handed(Decimal("349.00"), "cash"))
    made = take_payment(desk, desk.record(visit), Handed(Decimal("349.00"), "cash"))
    assert [part.case for part in parts_of(made)] == [second.id]


def test_a_void_receipt_leaves_all_cases_unpaid(city: City, desk: Desk) -> None:
    visit, first, second = two(desk)
    made = take_payment(desk, desk.record(visit), Handed(Decimal("698.00"), "cash"))
    city.laptops[0].sync()
    other = desk_of(city, city.laptop(COLLEAGUE))
    city.laptops[-1].sync()
    void_payment(other, made.id, "counted twice")
    assert [part.counts for part in parts_of(other.record(made.id))] == [False, False]
    assert first.id != second.id


def test_what_is_paid_back_is_taken_from_the_last_case_first(desk: Desk) -> None:
    visit, _first, _second = two(desk)
    made = take_payment(desk, desk.record(visit), Handed(Decimal("698.00"), "cash"))
    told = desk.record(made.id)
    back = {**told.fields, "@state": "refunded", "refunded/more_refunded/refund_sum": "400.00"}
    left = {part.case: part.asked for part in parts_of(Record(told.id, told.service, told.form_version, fields=back))}
    assert sorted(left.values()) == [Decimal("0.00"), Decimal("298.00")]


def test_visits_wait_side_by_side(desk: Desk) -> None:
    first, second = visits.begin_visit(desk, "41"), visits.begin_visit(desk, "42")
    assert [one.ticket for one in visits.waiting(desk)] == ["41", "42"]
    visits.serve(desk, second.id, "building-permit")
    assert visits.finish(desk, first.id) is None
    assert [one.ticket for one in visits.waiting(desk)] == ["42"]


@pytest.mark.parametrize("typed", ["couch", "905 555 0142", "Nguyen"])
def test_what_is_no_tickets_number_is_none(desk: Desk, typed: str) -> None:
    with pytest.raises(RefusedError, match="no ticket's number"):
        visits.begin_visit(desk, typed)


def test_a_visit_that_was_begun_by_mistake_leaves_nothing(desk: Desk) -> None:
    mistake, ticket = visits.begin_visit(desk), visits.begin_visit(desk, "A12")
    for one in (mistake, ticket):
        visits.put_aside(desk, one.id)
    assert [one.ticket for one in visits.waiting(desk)] == ["A12"]


@pytest.mark.parametrize(
    ("typed", "answers"),
    [
        ("Linh Nguyen", {"first_name": "Linh", "last_name": "Nguyen"}),
        ("linh o'neil-roy", {"first_name": "Linh", "last_name": "O'Neil-Roy"}),
        ("905 555-0142", {"phone": "905 555-0142"}),
        ("l.nguyen@example.org", {"email": "l.nguyen@example.org"}),
        ("12 Robinhurst Lane", {}),
    ],
)
def test_what_was_typed_of_somebody_unknown_begins_the_form(typed: str, answers: dict[str, str]) -> None:
    assert guessed(typed) == answers


@pytest.mark.parametrize("typed", ["9055550117", "905-555-0117", "(905) 555 0117"])
def test_a_phone_number_is_found_however_it_is_written(desk: Desk, typed: str) -> None:
    for written in ("905-555-0117", "9055550117", "905 555 0117"):
        asked(desk, visits.begin_visit(desk).id, said={**WHO, "applicant/phone": written})
    assert [len(one.records) for one in visits.find_people(desk, typed)] == [3]
    assert visits.find_people(desk, "905 555 0199") == []


def test_what_the_form_says_was_seen_is_not_asked_for_again(desk: Desk) -> None:
    visit = visits.begin_visit(desk).id
    made = visits.serve(desk, visit, "residential-parking")
    owed = "Papers that you still have to bring"
    assert owed in words(issuing.paper_bytes(desk, desk.record(visit), "follow_up"))
    desk.commit(desk.record(made.id), {"vehicle/ownership_seen": "OK"})
    said = words(issuing.paper_bytes(desk, desk.record(visit), "follow_up"))
    assert owed not in said
    assert "Papers that you have shown The vehicle's ownership" in said


def test_a_visit_does_not_end_with_an_unfinished_form(desk: Desk) -> None:
    visit = visits.begin_visit(desk)
    visits.serve(desk, visit.id, "building-permit")
    with pytest.raises(RefusedError, match="not handed in"):
        visits.finish(desk, visit.id)


def test_a_service_that_was_discarded_does_not_count(desk: Desk) -> None:
    visit = visits.begin_visit(desk)
    made = visits.serve(desk, visit.id, "building-permit")
    desk.store.discard_draft(made.id)
    assert visits.served(desk, visits.the_visit(desk, visit.id)) == []


def test_a_person_is_found_by_name_number_and_address_and_doubles_are_marked(desk: Desk) -> None:
    visit = visits.begin_visit(desk).id
    asked(desk, visit, said=WHO)
    other = visits.begin_visit(desk).id
    asked(desk, other, said={**WHO, "applicant/phone": "905-555-0999"})
    found = visits.find_people(desk, "marino rosa")
    assert sorted((one.name, one.phone, one.alike) for one in found) == [
        ("Rosa Marino", "905-555-0117", True),
        ("Rosa Marino", "905-555-0999", True),
    ]
    assert [one.phone for one in visits.find_people(desk, "905-555-0999")] == ["905-555-0999"]
    assert visits.find_people(desk, "nobody") == []


def test_a_person_of_an_earlier_record_is_carried_into_the_form(desk: Desk) -> None:
    earlier = asked(desk, visits.begin_visit(desk).id, said=WHO)
    visit = visits.begin_visit(desk).id
    assert visits.know(desk, visit, earlier.id).known_from == earlier.id
    assert visits.serve(desk, visit, "building-permit").get("applicant/last_name") == "Marino"
    assert KNOWN_FROM not in visits.serve(desk, visit, "building-permit").fields


def test_who_is_known_reads_what_they_read_the_last_time(desk: Desk) -> None:
    earlier = asked(desk, visits.begin_visit(desk, lang="fr").id, said=WHO)
    visit = visits.begin_visit(desk, lang="en").id
    assert visits.know(desk, visit, earlier.id).lang == "fr"


def test_the_addresses_of_who_is_known_are_offered(desk: Desk) -> None:
    for street in ("1 Pine St", "2 Oak St"):
        asked(desk, visits.begin_visit(desk).id, said={**WHO, ADDRESS: street})
    visit = visits.begin_visit(desk).id
    visits.know(desk, visit, visits.find_people(desk, "marino")[0].records[0])
    made = visits.serve(desk, visit, "building-permit")
    assert set(visits.addresses_of(desk, made.id)) == {"1 Pine St", "2 Oak St"}


def test_a_person_is_found_by_the_number_on_their_paper(desk: Desk) -> None:
    earlier = asked(desk, visits.begin_visit(desk).id, said=WHO)
    (found,) = visits.find_people(desk, earlier.get(ALIAS).lower())
    assert (found.name, found.records) == ("Rosa Marino", (earlier.id,))


def test_who_comes_to_be_married_is_the_first_of_the_two(desk: Desk) -> None:
    made = visits.serve(desk, visits.begin_visit(desk).id, "marriage-licence", "anne dubois")
    assert (made.get("first/a_last_name"), made.get("first/a_given_names")) == ("Dubois", "Anne")


def test_the_sheet_has_each_service_with_what_is_still_missing(desk: Desk) -> None:
    visit, first, _second = two(desk)
    rules = desk.service_of(first).documents
    visits.check_off(desk, visit, first.id, rules[0].id, shown=True)
    data = issuing.paper_bytes(desk, desk.record(visit), "follow_up")
    assert faults(data) == []
    said = words(data)
    assert said.count("Building permit application") == 2
    assert "Papers that you have shown" in said
    assert "$349.00" in said


def test_the_sheet_speaks_the_residents_language(desk: Desk) -> None:
    visit = visits.begin_visit(desk, lang="fr").id
    made = asked(desk, visit)
    assert made.get(LANG) == "fr"
    assert "Reference of the visit" not in words(issuing.paper_bytes(desk, desk.record(visit), "follow_up"))


def test_the_visit_and_its_payment_come_to_the_city(city: City, desk: Desk) -> None:
    visit, _first, _second = two(desk)
    made = take_payment(desk, desk.record(visit), Handed(Decimal("698.00"), "cash"))
    laptop = city.laptops[0]
    for one in visits.served(desk, visits.the_visit(desk, visit)):
        desk.store.discard_draft(one.id)
    visits.finish(desk, visit)
    laptop.sync()
    assert laptop.store.proof(visit).state == "applied"
    assert laptop.store.proof(made.id).state == "applied"
    assert visit_of(laptop.record(visit)).state == "served"


def test_other_records_of_a_person_are_known_by_name_and_number(desk: Desk) -> None:
    _visit, first, second = two(desk)
    asked(desk, visits.begin_visit(desk).id, said={**WHO, "applicant/phone": "905-555-0999"})
    assert visits.earlier(desk, desk.record(second.id)) == [first.id]
    assert visits.earlier(desk, visits.serve(desk, visits.begin_visit(desk).id, "building-permit")) == []
