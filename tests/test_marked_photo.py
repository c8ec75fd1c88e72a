"""A marked photo carries the photo as taken: byte for byte, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.marked_photo import FOOT, MAGIC, MarkedPhoto, pack, unpack

WORDS = st.text(st.characters(exclude_categories=["Cs"]))


@given(st.binary(), st.binary(), WORDS)
def test_what_was_packed_comes_out_again(shown: bytes, original: bytes, layer: str) -> None:
    packed = pack(shown, MarkedPhoto(original, layer))
    assert packed.startswith(shown)
    assert unpack(packed) == MarkedPhoto(original, layer)


@given(st.binary(max_size=200))
def test_any_other_file_is_none(data: bytes) -> None:
    assert unpack(data) is None


@pytest.mark.parametrize("foot", [FOOT.pack(2**40, 0, b"", MAGIC), FOOT.pack(0, 2**31, b"", MAGIC), MAGIC])
def test_a_foot_that_promises_more_than_there_is_is_none(foot: bytes) -> None:
    assert unpack(b"picture" + foot) is None


def test_an_original_that_was_tampered_with_is_not_handed_out() -> None:
    packed = pack(b"shown", MarkedPhoto(b"as taken", "[]"))
    assert unpack(packed.replace(b"as taken", b"as faked")) is None
