"""Long and deep expressions: read and evaluated, or refused with a reason; never a crash."""

from __future__ import annotations

import pytest

from fieldapp.forms.xpath.lexer import XPathError
from fieldapp.forms.xpath.parser import LONGEST, parse
from fieldapp.forms.xpath.tree import nesting
from tests.forms.xpath.conftest import Evaluate


def _else_ifs(count: int) -> str:
    return "".join(f"if(/data/n = {number}, 'v{number}', " for number in range(count)) + "'none'" + ")" * count


def test_three_thousand_else_ifs_are_one_level(value: Evaluate) -> None:
    source = _else_ifs(3000)
    assert len(source) > 80_000
    assert nesting(parse(source)) == 3
    assert value(source) == "v7"


@pytest.mark.parametrize(("sign", "made"), [(" + ", "30000"), (" or ", "true"), (" and ", "true"), (" * ", "1")])
def test_a_chain_of_thirty_thousand(value: Evaluate, sign: str, made: str) -> None:
    assert value(sign.join(["1"] * 30_000)) == made


def test_a_long_chain_in_a_filter_still_finds_its_index(value: Evaluate) -> None:
    terms = " and ".join(["name = 'c'", *["size != 3"] * 3000])
    assert value(f"instance('l')/root/item[{terms}]/label") == "Cherry"


def test_ten_thousand_brackets_mean_nothing(value: Evaluate) -> None:
    assert value("(" * 10_000 + "/data/n" + ")" * 10_000) == "7"


@pytest.mark.parametrize(
    "source",
    [
        "abs(" * 5000 + "1" + ")" * 5000,
        "-" * 5000 + "1",
        "a" + "[a" * 5000 + "]" * 5000,
        " = ".join(["1"] * 5000),
        "1 + (" * 5000 + "1" + ")" * 5000,
    ],
    ids=["calls", "minuses", "predicates", "comparisons", "brackets"],
)
def test_what_lies_too_deep_is_refused(source: str) -> None:
    with pytest.raises(XPathError, match="the expression is nested too deeply"):
        parse(source)


def test_ninety_levels_run(value: Evaluate) -> None:
    assert value("abs(" * 90 + "-/data/n" + ")" * 90) == "7"


def test_what_is_too_long_is_refused() -> None:
    with pytest.raises(XPathError, match=f"at most {LONGEST} can be read"):
        parse("1 + " * LONGEST)
