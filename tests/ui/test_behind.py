"""What is made behind the window: once, by whoever is first."""

from __future__ import annotations

import threading
from threading import Event

import pytest

from fieldapp.errors import RefusedError
from fieldapp.loading import turn
from ui.behind import Behind


def test_it_is_made_when_the_window_stands() -> None:
    stands, made = Event(), Event()

    def make() -> str:
        made.set()
        return threading.current_thread().name

    behind = Behind(make, stands)
    assert not made.wait(0.05)
    stands.set()
    assert made.wait(20)
    assert behind.now() == "behind"


def test_who_cannot_wait_for_the_window_makes_it_once() -> None:
    made: list[str] = []
    stands = Event()
    behind = Behind(lambda: made.append(threading.current_thread().name), stands)
    behind.now()
    stands.set()
    behind.now()
    assert made == [threading.current_thread().name]


def test_what_kept_it_from_being_made_is_told_to_everybody_who_asks() -> None:
    stands = Event()
    stands.set()
    behind = Behind(_refuse, stands)
    for _ in range(2):
        with pytest.raises(RefusedError, match="full"):
            behind.now()
    assert behind.end() is None


def test_nothing_is_made_any_more_once_it_has_ended() -> None:
    stands, made = Event(), Event()
    behind = Behind(made.set, stands)
    assert behind.end() is None
    stands.set()
    assert not made.wait(0.05)


def _refuse() -> str:
    raise RefusedError("The disk is full.")


def test_who_waits_for_it_within_a_turn_waits_for_nobody() -> None:
    """As sync does: the thread behind the window has had no turn yet then."""
    stands = Event()
    with turn:
        behind = Behind(lambda: threading.current_thread().name, stands)
        stands.set()
        assert behind.now() == threading.current_thread().name
