"""Erasing a store for good: its key first, then everything that lies there.

A note beside the store is written before anything else. It holds nothing of the work, and stays until all is gone: a
program that was killed in between finishes at the next start. Without the key nobody can read what is left, so from the
first step on the store is lost, also where a disk keeps what was overwritten.
"""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from fieldapp.clock import SystemClock
from fieldapp.errors import LockedStoreError
from fieldapp.store import card, keys
from fieldapp.store.durable import sync_folder, write_durably
from fieldapp.store.faults import translated
from fieldapp.store.pieces import forget_secret
from fieldapp.store.vaults import Vault, drop

FILE = "erasing.json"
DONE = "erased-{when}.json"
SECRETS = ("sign_in", keys.PEPPER)  # of the store's owner, in the keyring
KEYS = (card.FILE, keys.PRACTICE)
PIECE = bytes(1 << 20)


@dataclass(frozen=True)
class Erasure:
    """Why a store is erased: since when the City wants it, whose it was, and how much had not been sent."""

    ordered_at: str
    device: str
    person: str
    unsent: int
    key: str = ""  # its name in the keyring


def begin(folder: Path, erasure: Erasure, vault: Vault | None) -> None:
    """Note it, and destroy the key. An open store can still be read until its program ends. Raises DiskError."""
    with translated(folder):
        noted = {**asdict(erasure), "key": name_of(folder)}
        write_durably(folder / FILE, json.dumps(noted).encode())
        _destroy_keys(folder, noted["key"], vault)


def begun(folder: Path) -> Erasure | None:
    """What was begun here and is not finished."""
    try:
        return Erasure(**json.loads((folder / FILE).read_text("utf-8")))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError):
        return Erasure("", "", "", 0)


def finish(folder: Path, vault: Vault | None) -> Erasure | None:
    """Finish what was begun, if anything: what it was. The store must not be open. A receipt without any work stays."""
    erasure = begun(folder)
    if erasure is None:
        return None
    with translated(folder):
        _destroy_keys(folder, erasure.key, vault)
        for path in sorted(folder.iterdir()):
            if path.name != FILE and not path.name.startswith("erased-"):
                _remove(path)
        (folder / FILE).rename(folder / DONE.format(when=f"{SystemClock().now():%Y%m%d-%H%M%S}"))
        sync_folder(folder)
    return erasure


def name_of(folder: Path) -> str:
    """The name of a store's key in the keyring; "" where it has none, or its card cannot be read."""
    try:
        return card.read(folder).name
    except LockedStoreError:
        return ""


def _destroy_keys(folder: Path, name: str, vault: Vault | None) -> None:
    for what in SECRETS if name_of(folder) else ():
        forget_secret(folder, what, vault=vault)
    if name:
        drop(vault, name)
    for file in KEYS:
        if (folder / file).exists():
            _remove(folder / file)
    sync_folder(folder)


def _remove(path: Path) -> None:
    """Overwrite and delete, a folder with all that is in it."""
    if path.is_dir() and not path.is_symlink():
        for inside in path.iterdir():
            _remove(inside)
        shutil.rmtree(path)
        return
    if not path.is_symlink():
        _overwrite(path)
    path.unlink()


def _overwrite(path: Path) -> None:
    with path.open("r+b") as file:
        left = path.stat().st_size
        while left > 0:
            left -= file.write(PIECE[:left])
        file.flush()
        os.fsync(file.fileno())
