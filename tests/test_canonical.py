"""JSON with one spelling: whatever writes it, the text is the same, for it is hashed."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from fieldapp.records import canonical, plain

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
SCALARS = st.none() | st.booleans() | st.integers(-(2**80), 2**80) | TEXT
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner), max_leaves=20)


@given(VALUES)
def test_it_is_spelled_as_the_standard_library_spells_it(value: object) -> None:
    assert canonical(value) == json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


@given(st.dictionaries(TEXT, TEXT))
def test_what_was_written_is_read_again(value: dict[str, str]) -> None:
    assert plain(canonical(value)) == value
