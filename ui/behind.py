"""What takes long to make, and a window can stand without: it is made behind the window."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Generic, TypeVar

from fieldapp.loading import turn

log = logging.getLogger(__name__)
LONGEST = 10.0  # seconds after which it is made also where no window came
Made = TypeVar("Made")


class Behind(Generic[Made]):
    """One thing, made once: in a thread of its own when the window stands, or in the thread that asks for it before."""

    def __init__(self, make: Callable[[], Made], stands: threading.Event) -> None:
        """`stands` is set with the window."""
        self._make, self._stands = make, stands
        self._lock = threading.Lock()
        self._begun = False
        self._made: Future[Made] = Future()
        threading.Thread(target=self._begin, name="behind", daemon=True).start()

    def now(self) -> Made:
        """The thing, waited for if need be. Raises what making it raised."""
        self._do()
        return self._made.result()

    def end(self) -> Made | None:
        """The thing, to be put away; None where none was made, and none will be."""
        if self._mine():
            return None
        return None if self._made.exception() else self._made.result()

    def _begin(self) -> None:
        self._stands.wait(LONGEST)
        if self._do() and (fault := self._made.exception()) is not None:
            log.error("not made behind the window", exc_info=fault)

    def _mine(self) -> bool:
        """Whether the caller is the first, who makes it."""
        with self._lock:
            first, self._begun = not self._begun, True
            return first

    def _do(self) -> bool:
        """Make it, as the first; whether the caller was. The turn comes first: sync waits for the thing within its own
        turn, and would wait for ever for somebody who waits for that."""
        with turn:
            if not self._mine():
                return False
            try:
                self._made.set_result(self._make())
            except Exception as fault:  # noqa: BLE001 - raised again for everybody who asks
                self._made.set_exception(fault)
            return True
