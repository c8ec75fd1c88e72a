"""key.json, beside each store: the key's name, and what keeps the key. It never holds the key itself."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from fieldapp.errors import LockedStoreError, StoreError
from fieldapp.store.durable import write_durably
from fieldapp.store.recovery import Sealed
from fieldapp.store.wrap import Wrapped
from fieldapp.texts import tr

FILE = "key.json"
VERSION = 1


@dataclass(frozen=True)
class Card:
    """What key.json says: `keyring` when the keyring holds the key, `wrapped` the key under a PIN or passphrase,
    `recovery` the key under a part that the City keeps."""

    name: str
    keyring: bool
    wrapped: Wrapped | None
    version: int = VERSION
    recovery: Sealed | None = None


def exists(folder: Path) -> bool:
    """Whether this folder's store has a key already."""
    return (folder / FILE).exists()


def read(folder: Path) -> Card:
    """The folder's card. LockedStoreError where it is missing or cannot be read."""
    try:
        card = json.loads((folder / FILE).read_text("utf-8"))
        wrapped = Wrapped(**card["wrapped"]) if card["wrapped"] else None
        recovery = Sealed(**card["recovery"]) if card.get("recovery") else None
        return Card(card["name"], card["keyring"], wrapped, card["version"], recovery)
    except FileNotFoundError as fault:
        raise LockedStoreError(tr("FieldApp cannot unlock the store: its key file is missing.")) from fault
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise unreadable() from fault


def write(folder: Path, card: Card) -> None:
    """Put the card there, whole or not at all."""
    if not os.access(folder, os.W_OK):
        raise StoreError(tr("FieldApp cannot write into {folder}.", folder=folder))
    write_durably(folder / FILE, json.dumps(asdict(card), indent=1).encode())


def unreadable() -> LockedStoreError:
    """What a key file means that is none."""
    return LockedStoreError(tr("FieldApp cannot unlock the store: its key file cannot be read."))
