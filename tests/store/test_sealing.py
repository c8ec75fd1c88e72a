"""A store that is locked while its program runs: no key, no reading, nothing lost, and open again where it was."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from fieldapp.errors import LockedStoreError, StoreError
from fieldapp.store import Store
from tests.support.store import KEY, make_change, make_store


def test_a_sealed_store_gives_and_takes_nothing_until_it_is_opened_again(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    change = make_change()
    store.commit(change, seal=True)
    photo = store.blobs.put(b"photo", "image/jpeg")
    store.seal()
    for act in (store.counts, lambda: store.commit(make_change(), seal=False), lambda: store.blobs.read(photo.sha256)):
        with pytest.raises(StoreError, match="locked"):
            act()
    store.unseal(KEY)
    assert store.record(change.record)
    assert store.blobs.read(photo.sha256) == b"photo"
    store.close()


def test_the_key_is_no_more_in_the_store_once_it_is_sealed(tmp_path: Path) -> None:
    key = bytes(reversed(range(32)))
    store = make_store(tmp_path, key=key)
    store.seal()
    holders = [one for one in gc.get_referrers(key) if isinstance(one, dict) and one is not locals()]
    assert not [one for one in holders if one.get("_key") is key]
    store.close()


def test_a_wrong_key_leaves_it_sealed_and_whole(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    store.commit(change := make_change(), seal=True)
    store.seal()
    with pytest.raises(LockedStoreError):
        store.unseal(bytes(32))
    assert store.sealed
    store.unseal(KEY)
    assert store.record(change.record)
    store.close()


def test_nobody_else_opens_it_while_it_is_sealed(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    store.seal()
    with pytest.raises(StoreError, match="open in another"):
        make_store(tmp_path)
    store.close()
    again: Store = make_store(tmp_path)
    again.close()
