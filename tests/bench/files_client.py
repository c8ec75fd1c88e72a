"""Clients in processes of their own that send and bring files, for measuring: the floor's, and a laptop."""

from __future__ import annotations

import hashlib
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import requests

from fieldapp.clock import SystemClock
from fieldapp.services import Catalogue
from fieldapp.store import Store
from sync.adapters.gateway import GatewayClient
from sync.engine import Engine
from tests.bench.asked import serve
from tests.support import floor_files
from tests.support.gateway import CHIEF, CLERK, Laptop
from tests.support.store import KEY


def contents(count: int, size: int, turn: int) -> Iterator[bytes]:
    """So many files that do not compress, other ones each turn."""
    for number in range(count):
        yield random.Random(turn * count + number).randbytes(size)


class Floor:
    """Files in a folder."""

    def __init__(self, folder: Path, url: str) -> None:
        self._folder, self._url = folder, url
        self._session = requests.Session()
        self._session.trust_env = False
        self._names: list[str] = []

    def fill(self, count: int, size: int, turn: int) -> dict[str, Any]:
        """Make files; those of an earlier turn are forgotten."""
        self._names.clear()
        for data in contents(count, size, turn):
            name = hashlib.sha256(data).hexdigest()
            (self._folder / name).write_bytes(data)
            self._names.append(name)
        return {}

    def upload(self) -> dict[str, Any]:
        """Send all."""
        for name in self._names:
            floor_files.upload(self._session, self._url, name, self._folder / name)
        return {"files": len(self._names)}

    def download(self) -> dict[str, Any]:
        """Bring all."""
        for name in self._names:
            floor_files.download(self._session, self._url, name, self._folder / f"{name}.back")
        return {"files": len(self._names)}


class Ours:
    """A clerk's laptop with photos, and a supervisor's, who looks at them."""

    def __init__(self, folder: Path, url: str, tokens: dict[str, str]) -> None:
        guide, clock = Catalogue.load(), SystemClock()
        self._laptops = {}
        for person in (CLERK, CHIEF):
            store = Store.open(folder / person.id, KEY, clock=clock, device=person.id, guide=guide)
            api = GatewayClient(url, tokens[person.id])
            laptop = Laptop(person, store, api, person.id)
            laptop.engine = Engine(store, api, person, clock)
            self._laptops[person.id] = laptop
        self._photos: list[str] = []

    def fill(self, count: int, size: int, turn: int) -> dict[str, Any]:
        """Make records with a photo each; those of an earlier turn are forgotten."""
        self._photos.clear()
        clerk = self._laptops[CLERK.id]
        for data in contents(count, size, turn):
            photo = clerk.photo(data)
            clerk.new({"photos/one": f"{photo.sha256}.jpg"}, attachments=(photo,))
            self._photos.append(photo.sha256)
        return {}

    def upload(self) -> dict[str, Any]:
        """Send all."""
        return {"files": self._laptops[CLERK.id].sync().files}

    def download(self) -> dict[str, Any]:
        """Bring all."""
        engine = self._laptops[CHIEF.id].engine
        engine.cycle()
        return {"files": sum(engine.fetch(sha256) for sha256 in self._photos)}


def main(kind: str, folder: str, url: str, tokens: str) -> None:
    """Do what is asked until the input ends."""
    place = Path(folder)
    client = Floor(place, url) if kind == "floor" else Ours(place, url, json.loads(tokens))
    serve({"fill": client.fill, "upload": client.upload, "download": client.download})


if __name__ == "__main__":
    main(*sys.argv[1:])
