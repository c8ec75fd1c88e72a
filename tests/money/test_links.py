"""The City's payment page: a table with dates and sources; none is made up, a wrong one is refused with its place."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from fieldapp.errors import ServiceError
from fieldapp.money.links import NAME, page_for

HEADER = "service,address,valid_from,valid_to,source,mark\n"
DAY = date(2026, 11, 23)


def table(folder: Path, *rows: str) -> Path:
    (folder / NAME).write_text(HEADER + "".join(f"{row}\n" for row in rows), "utf-8")
    return folder


def test_none_ships(tmp_path: Path) -> None:
    assert page_for("film-permit", tmp_path, DAY) is None


def test_a_service_has_its_own_on_its_days(tmp_path: Path) -> None:
    address = "https://pay.example.ca/{lang}/film?ref={reference}&amount={amount}&c={cents}"
    folder = table(tmp_path, f"film-permit,{address},2026-01-01,,example,verified")
    page = page_for("film-permit", folder, DAY)
    assert page is not None
    filled = page.filled("HAM-A&B-1", Decimal("65.05"), "fr")
    assert filled == "https://pay.example.ca/fr/film?ref=HAM-A%26B-1&amount=65.05&c=6505"
    assert page_for("film-permit", folder, date(2025, 12, 31)) is None
    assert page_for("dog-licence", folder, DAY) is None


@pytest.mark.parametrize(
    "address",
    [
        "http://pay.example.ca/{reference}",
        "https://pay.example.ca/{card}",
        "https://u:p@pay.example.ca/",
        "pay",
        "{0}",
        "https://pay.example.ca/{reference.case}",
        "https://pay.example.ca/{reference[case]}",
        "https://pay.example.ca/{amount:>9}",
        "https://pay.example.ca:99999/",
    ],
)
def test_a_wrong_address_is_refused_with_its_place(tmp_path: Path, address: str) -> None:
    folder = table(tmp_path, f"*,{address},2026-01-01,,example,verified")
    with pytest.raises(ServiceError, match="address"):
        page_for("film-permit", folder, DAY)
