"""What systemd is told (sd_notify): that the gateway is ready, that it still answers, that it ends."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable
from contextlib import suppress

SOCKET, WATCHDOG = "NOTIFY_SOCKET", "WATCHDOG_USEC"
OFTEN = 0.25  # s


def tell(state: str) -> bool:
    """Tell systemd; False where nobody listens, or not any more."""
    address = os.environ.get(SOCKET, "")
    if not address:
        return False
    address = f"\0{address[1:]}" if address.startswith("@") else address
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.connect(address)
        line.send(state.encode())
        return True
    return False


class Notifying:
    """Inside the block systemd is told when the gateway first answers, and then, at half its watchdog's time, that it
    still does. A gateway that hangs says nothing, and is started anew."""

    def __init__(self, well: Callable[[], str]) -> None:
        """`well` says why the gateway does not answer, "" when it does."""
        self._well = well
        self._every = int(os.environ.get(WATCHDOG, "0") or 0) / 2e6
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watchdog", daemon=True)

    def __enter__(self) -> Notifying:
        if os.environ.get(SOCKET):
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        tell("STOPPING=1")

    def _run(self) -> None:
        while self._well():
            if self._end.wait(OFTEN):
                return
        tell("READY=1")
        while self._every and not self._end.wait(self._every):
            if not self._well():
                tell("WATCHDOG=1")
