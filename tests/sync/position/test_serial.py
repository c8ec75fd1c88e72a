"""A receiver at a serial line, as a pseudo-terminal of this machine plays one."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from itertools import islice

import pytest

from sync.position import AddressError, source_of
from tests.support.nmea import gga

pytest.importorskip("serial")
if sys.platform == "win32":
    pytest.skip("no pseudo-terminals", allow_module_level=True)


@pytest.fixture
def line() -> Iterator[tuple[int, str]]:
    """The receiver's end, and the name of ours."""
    import pty
    import tty

    theirs, ours = pty.openpty()
    tty.setraw(ours)
    yield theirs, os.ttyname(ours)
    for end in (theirs, ours):
        os.close(end)


def speak(end: int, done: threading.Event) -> None:
    """Say where it is, again and again: what was said before the port was opened is not heard."""
    while not done.wait(0.02):
        os.write(end, gga(43.25, -79.87))


@pytest.mark.parametrize("prefix", ["", "serial://"])
def test_its_lines_are_heard_by_the_name_of_the_port(line: tuple[int, str], prefix: str) -> None:
    theirs, name = line
    done = threading.Event()
    speaking = threading.Thread(target=speak, args=(theirs, done))
    speaking.start()
    try:
        assert gga(43.25, -79.87).rstrip(b"\n") in list(islice(source_of(prefix + name)(), 3))
    finally:
        done.set()
        speaking.join()


@pytest.mark.parametrize("text", ["COM", "dev/ttyUSB0", "a GPS"])
def test_what_is_no_port_is_no_address(text: str) -> None:
    with pytest.raises(AddressError, match="COM3"):
        source_of(text)
