"""Fees and holidays: what a service costs today and why, and what a holiday does to business days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fieldapp import texts
from fieldapp.money.pricelist import Price, prices
from fieldapp.services import Catalogue
from fieldapp.services.fees import Fee, FeeTable
from fieldapp.services.texts import Text
from tests.support.workplaces import City
from tests.ui.workplaces import Ways, visited, words
from ui.lookups import LookupsPage
from ui.widgets import ListCard, Row


def rows(listed: ListCard) -> list[Row]:
    model = listed.model()
    return [model.index(n, 0).data(Qt.ItemDataRole.UserRole) for n in range(model.rowCount())]


def fee(code: str, amount: str, unit: str = "each", hst: str = "0", since: int = 2025, *, verified: bool = True) -> Fee:
    title = Text(f"Fee {code}", f"Frais {code}")
    days = date(since, 1, 1), date(since, 12, 31)
    return Fee(code, title, Decimal(amount), unit, Decimal(hst), *days, "By-law 25-001", verified)


def test_a_fee_is_found_with_its_reason(town: City, ways: Ways, qtbot: QtBot) -> None:
    page = visited(LookupsPage(town.clerk, ways), qtbot, tab="fees")
    qtbot.keyClicks(page.fees.search, "minimum build")
    [found] = rows(page.fees.fees)
    assert (found.id, found.trailing) == ("BP-MIN", "$283.00")
    assert found.subtitle.startswith("BP-MIN, in force since 1 Jan 2023; no HST on top; hamilton.ca")


def test_the_chosen_fee_s_reason_is_told_in_full(town: City, ways: Ways, qtbot: QtBot) -> None:
    page = visited(LookupsPage(town.clerk, ways), qtbot, tab="fees")
    assert "From the tables that came with FieldApp" in words(page)
    page.fees.fees.choose("BP-SI-HOTEL")
    assert "hamilton.ca building-permit-classes-and-fees (older copy), to be confirmed" in words(page)


def test_a_wrong_table_of_one_service_leaves_the_others(town: City, ways: Ways, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "fees.csv").write_text("code,en\nA,Fee\n", "utf-8")
    session = town.clerk
    whole = session.catalogue.all()
    wrong = replace(whole[0], files=replace(whole[0].files, folder=tmp_path))
    catalogue = Catalogue({one.id: one for one in [wrong, *whole[1:]]})
    session.desk = replace(session.desk, catalogue=catalogue)
    page = visited(LookupsPage(session, ways), qtbot, tab="fees")
    assert "BP-MIN" in [one.id for one in rows(page.fees.fees)]


def test_the_next_holidays_say_when_the_city_opens_again(town: City, ways: Ways, qtbot: QtBot) -> None:
    page = visited(LookupsPage(town.clerk, ways), qtbot, tab="fees")
    christmas = next(one for one in rows(page.fees.holidays) if one.id == "2026-12-25")
    assert christmas.subtitle.startswith("closed from Fri 25 Dec; open again ")
    assert "5 business days: Mon 30 Nov" in page.fees.counted.text()
    assert page.fees.counted.text().endswith("still to be confirmed by the City.")


def test_only_what_holds_on_the_day_is_a_price_and_a_service_s_own_comes_first() -> None:
    own, city = FeeTable((fee("A", "5"),)), FeeTable((fee("A", "7"), fee("B", "1", since=2024), fee("C", "9")))
    assert [(one.title, one.rate) for one in prices([own, city], date(2025, 6, 1))] == [
        ("Fee A", "$5.00"),
        ("Fee C", "$9.00"),
    ]


@pytest.mark.parametrize(
    ("unit", "en", "fr"), [("each", "$14.50", "14,50\N{NO-BREAK SPACE}$"), ("percent", "14.5%", "14,5 %")]
)
def test_a_rate_is_written_as_people_write_it(unit: str, en: str, fr: str) -> None:
    price = Price(fee("A", "14.50", unit))
    assert price.rate == en
    with texts.speaking("fr"):
        assert price.rate == fr


def test_tax_and_doubt_are_told() -> None:
    assert Price(fee("A", "100", hst="13")).why.split("; ")[1] == "with HST 13 % $113.00"
    assert Price(fee("A", "1", "percent", "13", verified=False)).why.endswith("By-law 25-001, to be confirmed")
