"""What happens when FieldApp is started: the program as it was installed hands over to the version that is meant.

A version that has not yet shown that it works is watched: when it ends with a fault, or was cut off too often, the one
before starts in its place, in the same breath. This must stay small: it runs before everything else, and it is the one
part that no update replaces.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from fieldapp.errors import FieldAppError, RefusedError, StoreError, SyncError, UpdateError
from fieldapp.texts import tr
from fieldapp.updates.place import OWN, Installed, order
from fieldapp.updates.state import CUT, FAILED, FALLS, MOST, State, read, write

OPENS = frozenset({"", "start", "open", "practice"})  # commands that open a window; only these take what waits
LOCK = "start.lock"
LAST_WORDS = 12  # lines
TOLD = 75  # how a version on trial ends that refused the call itself, as any version would: no sign-in, no network
Run = Callable[[Path, Sequence[str]], tuple[int, str]]


def start(words: Sequence[str], own: str, me: Path, place: Installed | None = None) -> int | None:
    """Hand the command over to the version that is meant: its exit code. None to go on in this very program `me`, whose
    version is `own`: it is meant itself, or there is none that starts."""
    place = place or Installed.here()
    command = words[0] if words else ""
    if place.holds(me) or command == OWN or not place.state.exists():
        return None
    try:
        state = _not_older(place, read(place), own)
        if command not in OPENS or (state.good and not state.waiting):
            return _replace(place, state, words)
        return _watched(place, words)
    except OSError:  # nothing can be noted on this disk: what was installed starts all the same
        return None


def _not_older(place: Installed, state: State, own: str) -> State:
    """Where a newer program was installed than the updates have, those are passed over."""
    newest = max((one for one in (state.runs, state.waiting) if one), key=order, default="")
    if not newest or order(newest) > order(own):
        return state
    write(place, State(left=state.left))
    return State()


def _replace(place: Installed, state: State, words: Sequence[str]) -> int | None:
    """This process becomes the version that runs; None where that is this program itself."""
    program = place.program(state.runs) if state.runs else None
    if program is None:
        if state.runs:
            write(place, state.gone_back(FAILED))
        return None
    call = [str(program), *words]
    if os.name != "nt":  # no process becomes another there
        sys.stdout.flush()
        os.execv(program, call)  # noqa: S606 - a version of this program
    return subprocess.run(call, check=False).returncode  # noqa: S603 - the same


def _watched(place: Installed, words: Sequence[str], run: Run | None = None) -> int | None:
    from fieldapp.store.claim import Claim  # with it comes the whole store, which a mere handing over does without

    try:
        claim = Claim.on(place.root, LOCK)
    except StoreError:  # it is being watched already, by a start that is not over
        return _replace(place, read(place), words)
    try:
        while True:
            state = begun(read(place))
            write(place, state)
            program = place.program(state.runs) if state.runs else None
            if program is None and state.runs:
                write(place, state.gone_back(FAILED))
            elif program is None:
                return None
            elif (code := _tried(place, state, program, words, run or _run)) is not None:
                return code
    finally:
        claim.release()


def begun(state: State) -> State:
    """What is noted before a version starts: what waits is taken; one that is not good yet has had one start more."""
    if state.waiting:
        state = state.taken()
    if state.good:
        return state
    if state.starts >= MOST:
        return state.gone_back(CUT)
    return replace(state, starts=state.starts + 1)


def _tried(place: Installed, state: State, program: Path, words: Sequence[str], run: Run) -> int | None:
    """The exit code of one watched start; None when it failed, and the one before is to start."""
    try:
        code, said = run(program, words)
    except OSError as fault:
        code, said = 1, str(fault)
    after = read(place)
    if after.good and after.runs == state.runs:
        return code
    if after.runs != state.runs:  # it has left itself: its store could not be opened
        return code if code == 0 else None
    if code in {0, TOLD}:  # it was closed before it could show anything, or refused the call: that is no fault of it
        write(place, replace(after, starts=max(0, after.starts - 1)))
        return 1 if code == TOLD else 0
    if code > 0 or -code in FALLS:
        write(place, after.gone_back(FAILED, said))
        return None
    return 128 - code  # cut off from outside: it is counted, and no more


def _run(program: Path, words: Sequence[str]) -> tuple[int, str]:
    """Start it and wait; its exit code and its last words, which are handed on as they come."""
    last: deque[str] = deque(maxlen=LAST_WORDS)
    call = [str(program), *words]
    with subprocess.Popen(call, stderr=subprocess.PIPE, text=True, errors="replace") as child:  # noqa: S603 - ours
        for line in child.stderr or ():
            sys.stderr.write(line)
            last.append(line)
        code = child.wait()
    return code, "".join(last).strip()


def confirm(own: str, me: Path | None, place: Installed | None = None) -> None:
    """The version `own`, which runs as `me`, works here: its window stands over an open store."""
    place = place or Installed.here()
    if me is None or not place.holds(me):
        return
    state = read(place)
    if state.runs == own and not state.good:
        write(place, state.found_good())


def on_trial(own: str, me: Path | None, place: Installed | None = None) -> bool:
    """Whether the version `own` runs as `me` and has not shown yet that it works here."""
    place = place or Installed.here()
    if me is None or not place.holds(me):
        return False
    state = read(place)
    return state.runs == own and not state.good


def code_of(error: FieldAppError, own: str, me: Path | None, place: Installed | None = None) -> int:
    """How the program ends after it has told `error`. A version on trial is not left for what is wrong with the call;
    for a store that it cannot open it is."""
    of_the_call = isinstance(error, RefusedError | SyncError) and not isinstance(error, UpdateError)
    return TOLD if of_the_call and on_trial(own, me, place) else 1


def leave(why: str, said: str, place: Installed | None = None, *, again: bool = False) -> State:
    """Go back to the version before, at the next start; `again`: it may be taken another time. UpdateError where there
    is none that runs."""
    place = place or Installed.here()
    state = read(place)
    if not state.runs:
        raise UpdateError(tr("This is the program as it was installed: there is no version to go back to."))
    state = state.gone_back(why, said, again=again)
    write(place, state)
    return state
