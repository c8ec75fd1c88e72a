"""Numbers on papers and tags, as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.errors import RefusedError
from fieldapp.stock.numbers import numbers_in, written


def test_a_span_is_each_of_its_numbers() -> None:
    assert numbers_in("ML 0009-ML 0011, T7; T7") == ("ML 0009", "ML 0010", "ML 0011", "T7")


def test_a_hyphen_inside_a_number_makes_no_span() -> None:
    assert numbers_in("2026-14, A-7-A-9") == ("2026-14", "A-7", "A-8", "A-9")


@pytest.mark.parametrize(("text", "said"), [("ML 20-ML 10", "no span"), ("tag", "not end"), ("1-9999", "one")])
def test_what_is_no_number_is_refused(text: str, said: str) -> None:
    if text == "1-9999":  # other digits: a number with a hyphen
        assert numbers_in(text) == ("1-9999",)
        return
    with pytest.raises(RefusedError, match=said):
        numbers_in(text)


def test_too_many_are_refused() -> None:
    with pytest.raises(RefusedError, match="5000"):
        numbers_in("00001-90000")


@given(st.sets(st.tuples(st.sampled_from(["", "A", "ML ", "X-"]), st.integers(0, 300)), max_size=60))
def test_what_is_written_is_read_again(made: set[tuple[str, int]]) -> None:
    numbers = {f"{letters}{value:05}" for letters, value in made}
    assert set(numbers_in(written(numbers))) == numbers
