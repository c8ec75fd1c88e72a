"""Papers about money: tagged, in the resident's language, by the name of who took the money, filed by their hash."""

from __future__ import annotations

import hashlib
import io

import pytest
from pypdf import PdfReader

from fieldapp.actions import close_till, count_till, my_till, start, take_payment, void_payment
from fieldapp.actions.issuing import filed, issue, paper_bytes
from fieldapp.actions.payments import Handed
from fieldapp.money.cash import amount_of
from fieldapp.money.dayend import day_end
from fieldapp.money.papers import receipt_paper
from fieldapp.money.payment import FEES, PAY
from fieldapp.money.till import pieces
from fieldapp.records import Record
from tests.support.gateway import CHIEF, CLERK, City
from tests.support.money import FLAT, FLOAT, PORTABLE, case, desk_of, opened, pay
from tests.support.papers import faults


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def paid(city: City, lang: str) -> tuple[Record, bytes]:
    desk = opened(city, city.laptop(CLERK))
    owes = desk.commit(start(desk, "building-permit", lang=lang), FLAT)
    made = take_payment(desk, owes, Handed(amount_of("349.00"), "cash", tendered=amount_of("400.00")))
    return made, paper_bytes(desk, made, "receipt")


@pytest.mark.parametrize(("lang", "title", "change"), [("en", "Receipt", "$51.00"), ("fr", "Reçu", "51,00\u00a0$")])
def test_a_receipt_is_tagged_and_in_the_residents_language(city: City, lang: str, title: str, change: str) -> None:
    made, pdf = paid(city, lang)
    said = text_of(pdf)
    for part in (title, made.get("@issued/receipt"), change.replace("\u00a0", " "), CLERK.name):
        assert part in said.replace("\u00a0", " ")
    assert faults(pdf) == []


def test_why_a_fee_is_so_is_said_in_the_residents_language(city: City) -> None:
    said = text_of(paid(city, "fr")[1])
    assert "en vigueur depuis" in said
    assert "confirmer" not in said  # that is the City's to know


@pytest.mark.parametrize(
    ("title", "purpose", "said"),
    [
        ("Fee", "Dog licence", "Dog licence: Fee"),
        ("Dog licence: Fee (DL26-100001)", "Dog licence, Parking permit", "Dog licence: Fee (DL26-100001)"),
        ("Dog licence: Fee (DL26-100001 · HAM-08-1)", "Dog licence", "Dog licence: Fee (DL26-100001)"),
        ("Dog licence: Fee (HAM-08-1)", "Dog licence", "Dog licence: Fee (HAM-08-1)"),
    ],
)
def test_a_line_says_of_which_service_it_is(title: str, purpose: str, said: str) -> None:
    line = {f"{FEES}/line[l1]": "1", f"{FEES}/line[l1]/l_text": title, f"{FEES}/line[l1]/l_amount": "31.00"}
    record = Record("r", "payment", "1", fields={f"{PAY}/pay_for": purpose, f"{PAY}/pay_due": "31.00", **line})
    paper = receipt_paper(record, "A. Clerk")
    assert paper.parts[0][1][0][0] == said


def test_who_voids_a_receipt_has_not_taken_the_money(city: City) -> None:
    laptop, second = city.laptop(CLERK), city.laptop(CHIEF)
    desk = opened(city, laptop)
    made = pay(desk, case(desk, PORTABLE))
    laptop.sync()
    other = desk_of(city, second)
    second.sync()
    record = void_payment(other, made.id, "Typed for the wrong case")
    said = text_of(paper_bytes(other, record, "receipt"))
    assert f"taken by {CLERK.name}" in said
    assert "VOID" in said


def test_a_till_report_is_tagged_and_the_city_holds_the_very_bytes(city: City) -> None:
    laptop = city.laptop(CLERK)
    desk = opened(city, laptop)
    pay(desk, case(desk, PORTABLE))
    till = my_till(desk)
    assert till is not None
    count_till(desk, {**FLOAT, 10000: 3, 2000: 6, 500: 1, 200: 2})
    close_till(desk, although_unsent=True)
    shown = paper_bytes(desk, desk.record(till.id), "day_end")
    assert "$349.00" in text_of(shown)
    assert faults(shown) == []
    kept = issue(desk, till.id, "day_end")
    assert kept.sha256 == hashlib.sha256(shown).hexdigest()
    laptop.sync()
    assert filed(desk.record(till.id)) == [("day_end", kept.sha256)]
    assert city.service.files.read(kept.sha256, 0) == shown


def test_a_till_that_says_nonsense_has_its_report_all_the_same() -> None:
    fields = {"till/till_name": "City Hall 2", "till/opened_at": "at nine", "count/c_2000": "a few", "count/c_500": "3"}
    paper = day_end(Record("r", "till", "1", fields=fields), (), "J. Osei")
    assert "Open from at nine to –" in paper.about
    assert pieces(Record("r", "till", "1", fields=fields), "count") == {500: 3}
