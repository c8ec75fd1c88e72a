"""A start: which version it hands over to, when it goes back, and what it never does."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from fieldapp.errors import FieldAppError, OfflineError, RefusedError, StoreError, UpdateError
from fieldapp.updates import starting
from fieldapp.updates.place import Installed
from fieldapp.updates.state import BY_HAND, CUT, FAILED, MOST, State, read, write
from tests.support.programs import NEW, OLD, put_version

BASE = Path("/opt/fieldapp/fieldapp")


class Programs:
    """Runs programs as it is told that they end; `good` confirm before."""

    def __init__(self, place: Installed, *codes: int, good: bool = False) -> None:
        self.place, self.codes, self.good = place, list(codes), good
        self.ran: list[str] = []

    def __call__(self, program: Path, _words: Sequence[str]) -> tuple[int, str]:
        self.ran.append(program.parent.name)
        if self.good:
            starting.confirm(program.parent.name, program, self.place)
        return self.codes.pop(0), "last words"


@pytest.fixture
def place(tmp_path: Path) -> Installed:
    made = Installed(tmp_path / ".installed")
    put_version(made, NEW)
    return made


def test_without_an_update_nothing_is_handed_over(tmp_path: Path) -> None:
    assert starting.start([], OLD, BASE, Installed(tmp_path)) is None
    assert list(tmp_path.iterdir()) == []


def test_what_waits_is_taken_and_stays_when_it_is_good(place: Installed) -> None:
    write(place, State(waiting=NEW))
    assert starting._watched(place, [], Programs(place, 0, good=True)) == 0
    assert read(place) == State(runs=NEW)


def test_one_that_falls_is_left_in_the_same_breath(place: Installed) -> None:
    write(place, State(waiting=NEW))
    programs = Programs(place, 3)
    assert starting._watched(place, [], programs) is None, "the program as it was installed goes on"
    state = read(place)
    assert (state.runs, state.returned, state.why, state.said) == ("", NEW, FAILED, "last words")
    assert state.left == {NEW: FAILED}


def test_one_that_falls_is_left_for_the_version_before(place: Installed) -> None:
    put_version(place, "0.3.0")
    write(place, State(runs=NEW, waiting="0.3.0"))
    programs = Programs(place, -11, 0)
    assert starting._watched(place, [], programs) == 0
    assert programs.ran == ["0.3.0", NEW]
    assert read(place).runs == NEW


def test_one_that_is_cut_off_again_and_again_is_left(place: Installed) -> None:
    write(place, State(waiting=NEW))
    for _ in range(MOST):
        assert starting._watched(place, [], Programs(place, -9)) == 137
        assert read(place).runs == NEW
    assert starting._watched(place, [], Programs(place)) is None
    assert read(place).why == CUT


def test_a_call_that_it_refuses_is_no_fault_of_it(place: Installed) -> None:
    write(place, State(waiting=NEW))
    for _ in range(3 * MOST):
        assert starting._watched(place, [], Programs(place, starting.TOLD)) == 1
        assert (read(place).runs, read(place).starts) == (NEW, 0)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (RefusedError("FIELDAPP_TOKEN holds no token"), starting.TOLD),
        (OfflineError("The City does not answer."), starting.TOLD),
        (StoreError("It cannot be opened."), 1),
        (UpdateError("There is none."), 1),
    ],
)
def test_what_it_could_not_do_says_whose_fault_it_is(place: Installed, error: FieldAppError, code: int) -> None:
    write(place, State(waiting=NEW).taken())
    assert starting.code_of(error, NEW, place.program(NEW), place) == code
    assert starting.code_of(error, OLD, BASE, place) == 1, "a version that is known to work ends as ever"


@pytest.mark.parametrize("command", ["", "start", "open", "practice"])
def test_every_command_that_opens_a_window_takes_what_waits(command: str) -> None:
    assert command in starting.OPENS


def test_closing_it_before_it_could_show_anything_is_no_fault(place: Installed) -> None:
    write(place, State(waiting=NEW))
    for _ in range(3 * MOST):
        assert starting._watched(place, [], Programs(place, 0)) == 0
    assert read(place).runs == NEW
    assert not read(place).good


def test_a_newer_installation_passes_over_its_updates(place: Installed) -> None:
    write(place, State(runs=NEW, left={"0.1.9": FAILED}))
    assert starting.start(["open"], "0.2.1", BASE, place) is None
    assert read(place) == State(left={"0.1.9": FAILED})


def test_a_version_that_is_gone_does_not_keep_the_program_from_starting(place: Installed) -> None:
    write(place, State(runs="0.9.0"))
    assert starting.start(["open"], OLD, BASE, place) is None
    assert read(place).returned == "0.9.0"


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b'{"runs": "../../evil"}', b'{"runs": 7}'])
def test_a_state_that_cannot_be_read_starts_what_was_installed(place: Installed, content: bytes) -> None:
    place.root.mkdir(exist_ok=True)
    place.state.write_bytes(content)
    assert starting.start(["open"], OLD, BASE, place) is None


def test_a_version_never_hands_over_to_another(place: Installed) -> None:
    write(place, State(waiting=NEW))
    assert starting.start([], NEW, place.folder(NEW) / "fieldapp", place) is None
    assert read(place).waiting == NEW


def test_one_may_go_back_by_hand(place: Installed) -> None:
    write(place, State(runs=NEW))
    assert starting.leave(BY_HAND, "", place).runs == ""
    with pytest.raises(UpdateError, match="no version to go back to"):
        starting.leave(BY_HAND, "", place)
