"""The floor's client in a process of its own, with the same documents as ours."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import requests

from fieldapp.clock import new_id
from tests.bench.asked import Act, serve
from tests.bench.laptop import DOCUMENT
from tests.support.floor import Table, pull_all, push_all

AT_ONCE = 1000
NOWHERE = 10**9


class Client:
    """Documents here, and where they are sent and fetched again."""

    def __init__(self, folder: Path, url: str) -> None:
        self._url = url
        self._session = requests.Session()
        self._session.trust_env = False
        self._here, self._there = Table(folder / "here.db"), Table(folder / "there.db")
        self._single = Table(folder / "single.db")

    def single(self, count: int) -> dict[str, Any]:
        """So many documents, each in a durable commit of its own."""
        for _ in range(count):
            self._single.put([_document()])
        return {}

    def fill(self, count: int) -> dict[str, Any]:
        """So many documents to be sent."""
        for start in range(0, count, AT_ONCE):
            self._here.put([_document() for _ in range(min(AT_ONCE, count - start))])
        return {}

    def push(self) -> dict[str, Any]:
        """Send all."""
        return {"sent": push_all(self._session, self._url, self._here)}

    def pull(self) -> dict[str, Any]:
        """Fetch all."""
        return {"came": pull_all(self._session, self._url, self._there)}

    def quiet(self, times: int) -> dict[str, Any]:
        """Ask for what is not there."""
        for _ in range(times):
            self._session.get(f"{self._url}/pull?since={NOWHERE}", timeout=30)
        return {}


def _document() -> dict[str, str]:
    return {"id": new_id(), "body": json.dumps(DOCUMENT)}


def main(folder: str, url: str) -> None:
    """Do what is asked."""
    client = Client(Path(folder), url)
    acts: dict[str, Act] = {"single": client.single, "fill": client.fill, "push": client.push, "pull": client.pull}
    serve({**acts, "quiet": client.quiet})


if __name__ == "__main__":
    main(*sys.argv[1:])
