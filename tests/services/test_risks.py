"""The table of what makes a record pressing: dated, with its source, refused with its place where it is wrong."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from fieldapp.errors import ServiceError
from fieldapp.services.risks import CODES, COLUMNS, city_risks, read_risks

DAY = date(2026, 11, 23)


def table(folder: Path, *rows: str) -> Path:
    path = folder / "risks.csv"
    path.write_text("\n".join([",".join(COLUMNS), *rows]), "utf-8")
    return path


def test_the_shipped_table_has_every_reason_with_its_source() -> None:
    rules = city_risks(DAY)
    assert set(rules) == set(CODES)
    assert all(rule.source and rule.why.text("fr") for rule in rules.values())


def test_a_rule_weighs_from_its_limit_on_and_more_for_each_unit_above(tmp_path: Path) -> None:
    rule = read_risks(table(tmp_path, "overdue,60,10,2,late,tard,2026-01-01,,ours,unverified"), DAY)["overdue"]
    assert [rule.weighs(Decimal(n)) for n in (1, 2, 5)] == [0, 60, 90]


def test_the_rule_of_the_day_counts(tmp_path: Path) -> None:
    rows = ("money,1,0,5,a,b,2026-01-01,2026-06-30,ours,verified", "money,2,0,5,a,b,2026-07-01,,ours,verified")
    assert read_risks(table(tmp_path, *rows), DAY)["money"].points == 2


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("moon,1,0,5,a,b,2026-01-01,,ours,verified", "row 2, column code"),
        ("money,-1,0,5,a,b,2026-01-01,,ours,verified", "row 2, column points"),
        ("money,1,0,5,a,b,soon,,ours,verified", "row 2, column valid_from"),
    ],
)
def test_a_wrong_cell_is_told_with_its_place(tmp_path: Path, row: str, said: str) -> None:
    with pytest.raises(ServiceError, match=said):
        read_risks(table(tmp_path, row), DAY)
