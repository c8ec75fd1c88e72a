"""kill -9 while a person records and the laptop hands in: what was called handed in arrives once, with its files."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from fieldapp.records import INSTANCE
from tests.support.kill import assert_whole, moments, run_and_kill
from tests.support.openrosa import OpenRosaDouble, running
from tests.support.openrosa_laptop import FORM_ID, RosaLaptop, house_visit

ROUNDS = 4
LONGEST = 0.8  # seconds of work before the battery falls out


@pytest.mark.kill
@pytest.mark.parametrize("seed", [0, pytest.param(1, marks=pytest.mark.soak)])
def test_what_was_handed_in_arrives_once(tmp_path: Path, seed: int) -> None:
    handed_in: set[str] = set()
    with running(OpenRosaDouble(forms={FORM_ID: house_visit()}, room=25_000)) as double:
        for after in moments(seed, ROUNDS, LONGEST):
            killed = run_and_kill("tests.support.openrosa_child", [str(tmp_path), double.url], after=after)
            handed_in |= {record for (record,) in killed.said("sealed")}
        laptop = RosaLaptop(tmp_path, double)
        laptop.sync()
        assert_everything_is_there_once(laptop, double, handed_in)
        laptop.close()


def assert_everything_is_there_once(laptop: RosaLaptop, double: OpenRosaDouble, handed_in: set[str]) -> None:
    """Every visit has one submission with both photos, and nothing waits."""
    assert_whole(laptop.store)
    assert handed_in
    assert {laptop.record(record).get(INSTANCE) for record in handed_in} <= double.held.keys()
    names = [etree.fromstring(held.xml).findtext("name") for held in double.held.values()]
    assert len(names) == len(set(names))
    assert all(len(held.files) == 2 for held in double.held.values())
    counts = laptop.store.counts()
    assert (counts.waiting, counts.attention) == (0, 0)
