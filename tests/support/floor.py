"""The floor of sync: requests and uvicorn, JSON, and SQLite in WAL with synchronous FULL on both sides. No protocol, no
encryption, no history, no check: what any sync over HTTP with these parts must cost at least.

Run as a program it is the floor's server: `python -m tests.support.floor FOLDER` prints its port.
"""

from __future__ import annotations

import json
import socket
import sqlite3
import sys
from pathlib import Path

import requests
import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

BATCH = 500
PAGE = 1000


class Table:
    """Documents by id, in the order in which they came."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._db.execute("PRAGMA journal_mode = WAL").fetchone()
        self._db.execute("PRAGMA synchronous = FULL")
        self._db.execute("CREATE TABLE IF NOT EXISTS doc (seq INTEGER PRIMARY KEY, id TEXT UNIQUE, body TEXT)")

    def put(self, documents: list[dict[str, str]]) -> None:
        """Keep documents, durably."""
        self._db.execute("BEGIN IMMEDIATE")
        self._db.executemany(
            "INSERT OR REPLACE INTO doc (id, body) VALUES (?, ?)",
            [(document["id"], json.dumps(document)) for document in documents],
        )
        self._db.execute("COMMIT")

    def since(self, seq: int, limit: int) -> tuple[list[dict[str, str]], int]:
        """The next documents after `seq`, and where they end."""
        found = self._db.execute(
            "SELECT seq, body FROM doc WHERE seq > ? ORDER BY seq LIMIT ?", (seq, limit)
        ).fetchall()
        return [json.loads(body) for _, body in found], found[-1][0] if found else seq

    def close(self) -> None:
        """Close the file."""
        self._db.close()


def create_app(table: Table) -> Starlette:
    """The floor's server."""

    async def push(request: Request) -> Response:
        documents = json.loads(await request.body())
        await run_in_threadpool(table.put, documents)
        return Response(json.dumps({"count": len(documents)}), media_type="application/json")

    async def pull(request: Request) -> Response:
        documents, following = await run_in_threadpool(table.since, int(request.query_params["since"]), PAGE)
        return Response(json.dumps({"documents": documents, "next": following}), media_type="application/json")

    return Starlette(routes=[Route("/push", push, methods=["POST"]), Route("/pull", pull)])


def push_all(session: requests.Session, url: str, table: Table) -> int:
    """Send all of a table; how many documents."""
    seq = sent = 0
    while True:
        documents, seq = table.since(seq, BATCH)
        if not documents:
            return sent
        answer = session.post(f"{url}/push", data=json.dumps(documents), timeout=30)
        sent += answer.json()["count"]


def pull_all(session: requests.Session, url: str, table: Table) -> int:
    """Fetch everything into a table; how many documents."""
    seq = came = 0
    while True:
        answer = session.get(f"{url}/pull?since={seq}", timeout=30).json()
        if not answer["documents"]:
            return came
        table.put(answer["documents"])
        came += len(answer["documents"])
        seq = answer["next"]


def main(folder: str) -> None:
    """Serve until stopped."""
    config = uvicorn.Config(create_app(Table(Path(folder) / "floor.db")), log_config=None, ws="none")
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # named: else no TCP_NODELAY
    listener.bind(("127.0.0.1", 0))
    print(listener.getsockname()[1], flush=True)
    uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    main(sys.argv[1])
