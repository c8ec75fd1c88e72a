"""Wrong guesses: each next one waits longer, whatever is restarted, killed, deleted or set in between."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldapp.errors import LockedStoreError, TooSoonError
from fieldapp.store.guesses import FILE, LONGEST, MANY, Guesses, begin, delay

WRONG, RIGHT, RESTART = "wrong", "right", "restart"


@dataclass
class Stopwatch:
    """A clock that only goes on."""

    seconds: float = 0.0

    def __call__(self) -> float:
        return self.seconds


def wrong() -> str:
    """A guess that fails."""
    raise LockedStoreError(WRONG)


def guessed(guesses: Guesses, kind: str) -> bool:
    """Whether a guess was judged at all."""
    try:
        guesses.judge(wrong if kind == WRONG else lambda: RIGHT)
    except TooSoonError:
        return False
    except LockedStoreError:
        return True
    return True


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    begin(tmp_path)
    return tmp_path


def test_the_delays_double_up_to_a_quarter_of_an_hour() -> None:
    assert [delay(n) for n in range(6)] == [0, 1, 2, 4, 8, 16]
    assert [delay(MANY - 1), delay(MANY), delay(10_000)] == [512, LONGEST, LONGEST]


def test_a_guess_that_comes_too_soon_is_not_judged_even_when_it_is_right(folder: Path) -> None:
    watch = Stopwatch()
    guesses = Guesses(folder, now=watch)
    guessed(guesses, WRONG)
    with pytest.raises(TooSoonError, match="wait 1 seconds") as told:
        guesses.judge(lambda: RIGHT)
    watch.seconds += told.value.seconds
    assert guesses.judge(lambda: RIGHT) == RIGHT


def test_a_right_guess_begins_anew(folder: Path) -> None:
    watch = Stopwatch()
    guesses = Guesses(folder, now=watch)
    for _ in range(3):
        guessed(guesses, WRONG)
        watch.seconds += 10
    guesses.judge(lambda: RIGHT)
    assert guesses.left() == 0


def test_a_count_that_was_deleted_or_spoilt_waits_longest(folder: Path) -> None:
    (folder / FILE).unlink()
    assert Guesses(folder).left() == pytest.approx(LONGEST, abs=5)
    (folder / FILE).write_bytes(b"0 12345")
    assert Guesses(folder).left() == pytest.approx(LONGEST, abs=5)


def test_two_windows_guess_no_faster_than_one(folder: Path) -> None:
    watch = Stopwatch()
    one, other = Guesses(folder, now=watch), Guesses(folder, now=watch)
    assert guessed(one, WRONG)
    assert not guessed(other, RIGHT)


def test_who_knows_the_words_gets_in_on_a_full_disk(folder: Path) -> None:
    guesses = Guesses(folder)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, ((folder / FILE).stat().st_size, limits[1]))
    try:
        assert guesses.judge(lambda: RIGHT) == RIGHT
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


STEPS = st.lists(
    st.one_of(
        st.sampled_from([WRONG, RIGHT, RESTART]), st.floats(0, 2_000, allow_nan=False).map(lambda seconds: seconds)
    ),
    max_size=25,
)


@settings(max_examples=120, deadline=None)
@given(STEPS, st.floats(0, 1e9))
def test_a_guess_is_judged_only_after_its_delay_in_one_run_of_the_program(
    steps: list[str | float], start: float
) -> None:
    with TemporaryDirectory() as name:
        folder, watch = Path(name), Stopwatch(start)
        begin(folder)
        guesses, failed, since = Guesses(folder, now=watch), 0, watch.seconds
        for step in steps:
            if isinstance(step, float):
                watch.seconds += step
            elif step == RESTART:  # the clock of another run begins anywhere
                watch = Stopwatch(watch.seconds / 2)
                guesses, since = Guesses(folder, now=watch), watch.seconds
            else:
                due = watch.seconds - since >= delay(failed)
                assert guessed(guesses, step) == due
                if due:
                    failed, since = (0 if step == RIGHT else failed + 1), watch.seconds


KILLED = """
import sys, time
from pathlib import Path
from fieldapp.store.guesses import Guesses

def guess():
    print("judging", flush=True)
    time.sleep(60)

Guesses(Path(sys.argv[1])).judge(guess)
"""


@pytest.mark.kill
def test_a_program_killed_between_guess_and_note_has_used_the_guess(folder: Path) -> None:
    command = [sys.executable, "-c", KILLED, str(folder)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ})
    assert child.stdout
    assert child.stdout.readline() == "judging\n"
    child.send_signal(signal.SIGKILL)
    child.communicate()
    assert Guesses(folder).left() == pytest.approx(delay(1), abs=0.5)
