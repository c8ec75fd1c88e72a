"""What holds for all tests: programs that they start hear Ctrl+C, also when the whole run is in the background; and
widgets that a test lets go of are collected in the main thread, as in the program, not where the next test's server
happens to be."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Iterator

import pytest

from fieldapp import garbage

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as a shell starts what runs behind it; children inherit it
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def _nothing_of_this_machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test meets the cities that somebody has on this machine. All homes of this run, in all its processes, share
    what is converted: forty forms take seconds."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("FIELDAPP_CACHE", str(shared / "converted-forms"))
        environment.setenv("FIELDAPP_HOME", str(base / "home"))
        yield


@pytest.fixture(autouse=True)
def _collected_here(request: pytest.FixtureRequest) -> Iterator[None]:
    on_screen = "qapp" in request.fixturenames
    if on_screen:
        garbage.by_turns()
    elif not gc.isenabled():  # the first one after the screens': nothing of theirs is left for its threads
        gc.collect()
        gc.enable()
    yield
    if on_screen:
        garbage.turn()
