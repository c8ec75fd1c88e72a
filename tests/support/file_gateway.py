"""A gateway in a process of its own that ends by kill -9 at one byte of the files that come in, or at one later step.

`python -m tests.support.file_gateway FOLDER PORT BYTE STEP S3` prints its port and the clerk's token. It ends when so
many bytes of pieces have been written; with STEP, at that step of the first file that is whole by then. S3 is the
address of a server that speaks it, "" for a folder.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from sync.gateway.blobs import Files
from sync.gateway.filestore import FileStore
from sync.gateway.s3 import Bucket, S3Files
from sync.gateway.server import GatewayServer
from tests.support.gateway import CLERK, make_service, steps_alone
from tests.support.s3 import ADDRESS

STEPS = ("", "before the name", "after the name", "before S3", "after S3")


def end() -> None:
    """At once, whatever it was doing."""
    os.kill(os.getpid(), signal.SIGKILL)


class MortalFiles(Files):
    """Ends at one byte, or at one step."""

    def __init__(self, folder: Path, byte: int, step: str) -> None:
        super().__init__(folder, reserve=0)
        self._left = byte
        self._step = step

    def _append(self, part: Path, offset: int, data: bytes) -> None:
        if self._left < len(data) and not self._step:
            with part.open("ab", buffering=0) as file:
                file.write(data[: self._left])
            end()
        self._left -= len(data)
        super()._append(part, offset, data)

    def _finish(self, sha256: str, data: bytes | None) -> None:
        if self._step == "before the name":
            end()
        super()._finish(sha256, data)
        if self._step == "after the name":
            end()


class MortalBucket(Bucket):
    """Ends before or after a file is published."""

    def __init__(self, url: str, step: str) -> None:
        super().__init__(ADDRESS, url)
        self._step = step

    def put(self, sha256: str, path: Path) -> None:
        """Publish, or end."""
        if self._step == "before S3":
            end()
        super().put(sha256, path)
        if self._step == "after S3":
            end()


def main(folder: str, port: str, byte: str, step: str, s3: str) -> None:
    """Serve until killed."""
    staging = MortalFiles(Path(folder) / "blobs", int(byte), step)
    files: FileStore = S3Files(staging, MortalBucket(s3, step)) if s3 else staging
    service = make_service(Path(folder), steps_alone(), files=files)
    server = GatewayServer(service, port=int(port))
    server.start()
    print(server.port, service.give_token(CLERK.id), flush=True)
    server.wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
