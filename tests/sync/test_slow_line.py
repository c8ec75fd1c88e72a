"""A piece of a file on a slow line: as long as some of it goes through, it is not cut off."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from fieldapp.errors import OfflineError
from sync import pushing
from sync.adapters import http
from sync.adapters.gateway import GatewayClient
from sync.wire import MAX_CHUNK
from tests.support.faults import Line, Reply
from tests.support.gateway import CLERK, City, some_bytes

SHA = "ab" * 32
DONE = f"HTTP/1.1 204 No Content\r\nUpload-Offset: {MAX_CHUNK}\r\nUpload-Complete: ?1\r\n\r\n"


class SlowReader:
    """Takes what is sent in small sips, with a pause between any two; or, when `dead`, stops taking anything."""

    def __init__(self, *, dead: bool) -> None:
        self.got = bytearray()
        self._pause, self._dead = threading.Event(), dead
        self._listener = socket.socket()
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 16)
        self._listener.bind(("127.0.0.1", 0))
        self._listener.listen()
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        line, _ = self._listener.accept()
        with line:
            while self._dead:
                if self._pause.wait(0.1):
                    return
            while len(self.got.partition(b"\r\n\r\n")[2]) < MAX_CHUNK:
                self.got += line.recv(1 << 16)
                self._pause.wait(0.01)
            line.sendall(DONE.encode())

    def stop(self) -> None:
        """End."""
        self._pause.set()
        self._thread.join(10)
        self._listener.close()


class Unreachable(Line):
    """Takes batches; no answer to any comes back."""

    def carry(self, name: str, ask: Callable[[], Reply]) -> Reply:
        """What is sent is lost with its answer."""
        if name == "push":
            raise OfflineError("lost")
        return ask()


@contextmanager
def reader(*, dead: bool = False) -> Iterator[SlowReader]:
    """One, for a while."""
    slow = SlowReader(dead=dead)
    try:
        yield slow
    finally:
        slow.stop()


def test_a_slow_line_is_not_cut_off_in_mid_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "TIMEOUT", (0.6, 30.0))  # in all, the piece takes longer than this
    data = some_bytes(MAX_CHUNK)
    with reader() as slow:
        status = GatewayClient(slow.url, "token").put_blob(SHA, 0, MAX_CHUNK, data)
        assert (status.offset, status.complete) == (MAX_CHUNK, True)
        head, _, body = bytes(slow.got).partition(b"\r\n\r\n")
    assert body == data
    assert b"Content-Encoding" not in head  # photos are packed already


def test_a_line_that_takes_nothing_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "TIMEOUT", (0.3, 0.3))
    with reader(dead=True) as slow, pytest.raises(OfflineError):
        GatewayClient(slow.url, "token").put_blob(SHA, 0, MAX_CHUNK, some_bytes(MAX_CHUNK))


def test_of_two_batches_in_the_air_both_have_left_when_the_first_one_fails(
    near: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pushing, "MAX_OPS", 2)
    laptop = near.laptop(CLERK, wrap=Unreachable().over)
    records = [laptop.new() for _ in range(6)]
    with pytest.raises(OfflineError):
        laptop.sync()
    left = [bool(laptop.store.history(record)[0].sent_at) for record in records]
    assert left == [True, True, True, True, False, False]
