"""Offline references and small settings."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from fieldapp.store import Store
from tests.support.store import make_store

DAY = date(2026, 11, 23)


def test_references_count_by_device_and_day(store: Store) -> None:
    assert store.next_alias("LT01", DAY) == "HAM-LT01-261123-001"
    assert store.next_alias("LT01", DAY) == "HAM-LT01-261123-002"
    assert store.next_alias("LT02", DAY) == "HAM-LT02-261123-001"
    assert store.next_alias("LT01", date(2026, 11, 24)) == "HAM-LT01-261124-001"


def test_a_reference_is_never_given_twice_also_after_opening_again(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    first = store.next_alias("LT01", DAY)
    store.close()
    store = make_store(tmp_path)
    assert store.next_alias("LT01", DAY) != first
    store.close()


def test_settings_are_kept(store: Store) -> None:
    assert store.setting("language", "en") == "en"
    store.keep_setting("language", "fr")
    store.keep_setting("language", "en")
    assert store.setting("language") == "en"
