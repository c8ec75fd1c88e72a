"""regex(): what Java means by a pattern, and that no pattern takes for ever."""

from __future__ import annotations

import logging
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.forms.xpath.patterns import fits, why_unreadable


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"\Qa+b\E", "a+b"),
        (r"\Q[x", "[x"),
        (r"[a-z&&[^aeiou]]+", "xyz"),
        (r"[a-c[x-z]]+", "abxz"),
        (r"(?<q>['\"]).*\k<q>", "'it'"),
        (r"\x{1F600}", "😀"),
        (r"\x41\0102\cA", "AB\x01"),
        (r"\h+\R", " \t\r\n"),
        (r"\p{Lower}\p{Upper}\p{Punct}\p{XDigit}", "aB!f"),
        (r"[\p{Alpha}é]+", "née"),
        (r"\p{L}+\p{IsAlphabetic}\pL", "éàü"),
        (r"[\w-]+", "a-b_1"),
        (r"[^\W\d]+", "abc"),
        (r"a++b|a{2,3}+", "aaa"),
        (r"(?i)postal", "POSTAL"),
        (r"\$\d+\.\d{2}\Z", "$12.50"),
        (r"[[]", "["),
        (r"x{y}{2", "x{y}{2"),
        (r"[^@\s]+@[^@\s]+\.[A-Za-z]{2,}", "a.b@hamilton.ca"),
    ],
)
def test_fits(pattern: str, text: str) -> None:
    assert why_unreadable(pattern) == ""
    assert fits(pattern, text)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"[a-z]+", "abc1"),
        (r"\d", "١"),
        (r"\w", "é"),
        (r"\p{Lower}", "é"),
        (r"[[:alpha:]]", "x"),
        (r"[a-z&&[^b]]", "b"),
        (r"a{e<=1}", "b"),
        (r"\H", " "),
    ],
)
def test_does_not_fit(pattern: str, text: str) -> None:
    assert why_unreadable(pattern) == ""
    assert not fits(pattern, text)


@pytest.mark.parametrize("pattern", ["(", "[a-", "a\\", "*", "((a{1000}){1000}){1000}", "a{99999999}", "x" * 30_000])
def test_what_cannot_be_read_fits_nothing_and_says_why(pattern: str) -> None:
    assert why_unreadable(pattern)
    assert not fits(pattern, pattern)


def test_a_pattern_that_would_run_for_ever_is_stopped(caplog: pytest.LogCaptureFixture) -> None:
    began = perf_counter()
    with caplog.at_level(logging.WARNING):
        assert not fits("(a|aa)+b", "a" * 60 + "c")
    assert perf_counter() - began < 5
    assert "took too long" in caplog.text


@given(st.text("()[]{}\\^$.|?*+-&~,:=<>!1aQEpPkx0cLbdwshvZzR", max_size=12), st.text("ab1 \n", max_size=5))
def test_any_pattern_is_read_or_refused(pattern: str, text: str) -> None:
    fits(pattern, text)
