"""The floor of files: pieces of 1 MiB at an offset, on the disk before each answer, SHA-256 over the whole at the end;
`requests` here, uvicorn and Starlette there. No encryption, no queue, no database.

Run as a program it is the floor's server: `python -m tests.support.floor_files FOLDER` prints its port.
"""

from __future__ import annotations

import hashlib
import os
import socket
import sys
from pathlib import Path

import requests
import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

PIECE = 1 << 20


def _append(part: Path, offset: int, size: int, data: bytes) -> int:
    """Write durably at the end; the whole is hashed and gets its name."""
    with part.open("ab") as file:
        if file.tell() != offset:
            return file.tell()
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    if offset + len(data) == size:
        with part.open("rb") as whole:
            digest = hashlib.file_digest(whole, "sha256").hexdigest()
        part.replace(part.with_name(digest))
    return offset + len(data)


def _read(path: Path, offset: int) -> bytes:
    with path.open("rb") as file:
        file.seek(offset)
        return file.read(PIECE)


def create_app(folder: Path) -> Starlette:
    """The floor's server."""

    async def put(request: Request) -> Response:
        offset, size = int(request.headers["upload-offset"]), int(request.headers["upload-length"])
        part = folder / f"{request.path_params['name']}.part"
        end = await run_in_threadpool(_append, part, offset, size, await request.body())
        return Response(status_code=204, headers={"Upload-Offset": str(end)})

    async def get(request: Request) -> Response:
        path = folder / str(request.path_params["name"])
        return Response(await run_in_threadpool(_read, path, int(request.query_params["offset"])))

    return Starlette(routes=[Route("/{name}", put, methods=["PATCH"]), Route("/{name}", get)])


def upload(session: requests.Session, url: str, name: str, path: Path) -> None:
    """One file."""
    size, offset = path.stat().st_size, 0
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            headers = {"Upload-Offset": str(offset), "Upload-Length": str(size)}
            session.patch(f"{url}/{name}", data=piece, headers=headers, timeout=30).raise_for_status()
            offset += len(piece)


def download(session: requests.Session, url: str, name: str, path: Path) -> None:
    """One file, onto the disk, durably, and hashed."""
    digest, offset = hashlib.sha256(), 0
    with path.open("wb") as file:
        while piece := session.get(f"{url}/{name}?offset={offset}", timeout=30).content:
            digest.update(piece)
            file.write(piece)
            offset += len(piece)
        file.flush()
        os.fsync(file.fileno())
    assert digest.hexdigest() == name


def main(folder: str) -> None:
    """Serve until stopped."""
    config = uvicorn.Config(create_app(Path(folder)), log_config=None, ws="none")
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # named: else no TCP_NODELAY
    listener.bind(("127.0.0.1", 0))
    print(listener.getsockname()[1], flush=True)
    uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    main(sys.argv[1])
