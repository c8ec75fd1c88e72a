"""Whose City a laptop works for, as its gateway said last: the window says it from the next start on."""

from __future__ import annotations

from fieldapp.store import Store

NAME = "city.name"  # setting
AT_FIRST = "City of Hamilton"  # until a gateway has said another one


def keep(store: Store, name: str) -> None:
    """The gateway's word; one that says none changes nothing."""
    if name and name != store.setting(NAME):
        store.keep_setting(NAME, name)


def of(store: Store) -> str:
    """What the City is called."""
    return store.setting(NAME) or AT_FIRST
