"""`./test`: lint and layers, then types and tests side by side; stops at the first that fails. With arguments: only
those tests."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

CHECKS = (
    ("format", ["ruff", "format", "--check", "-q", "."]),
    ("lint", ["ruff", "check", "-q", "."]),
    ("layers", ["importlinter.cli"]),
)
TYPES = ("types", ["mypy"])  # a minute on one core: beside the tests, which take all there are
AT_MOST = 2700  # s for the ordinary tests: three times what they may take on 2 cores; a run that hangs is ended
ENDLESS = ("-m", "pytest", "-o", "faulthandler_timeout=0")
LONG = {"--soak": "soak", "--bench": "bench"}


def main(arguments: list[str]) -> int:
    """Run what `arguments` ask for; the exit code of the first failure, else 0."""
    longer = [LONG[argument] for argument in arguments if argument in LONG]
    chosen = [argument for argument in arguments if argument not in LONG]
    if chosen or longer:
        return _run("tests", _pytest(chosen, longer), None if longer else AT_MOST)
    for name, command in CHECKS:
        if code := _run(name, _python(command)):
            return code
    with ThreadPoolExecutor(1) as beside:
        types = beside.submit(_run, TYPES[0], _python(TYPES[1]))
        return _run("tests", _pytest([], []), AT_MOST) or types.result()


def _python(command: list[str]) -> list[str]:
    if command[0] == "importlinter.cli":
        return [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
    return [sys.executable, "-m", *command]


def _pytest(chosen: list[str], longer: list[str]) -> list[str]:
    if longer:
        return [sys.executable, *ENDLESS, "-m", " or ".join(longer), "-s", *chosen]
    waiting = 1  # a fifth of the tests' time goes by waiting for processes, disks and clocks: one worker more fills it
    workers = [] if chosen else ["-n", str((os.cpu_count() or 2) + waiting), "--dist", "loadgroup", "--durations=20"]
    return [sys.executable, "-m", "pytest", "-m", "not soak and not bench", *workers, *chosen]


def _run(name: str, command: list[str], at_most: float | None = None) -> int:
    started = time.monotonic()
    print(f"== {name}", flush=True)
    try:
        code = subprocess.run(command, check=False, timeout=at_most).returncode
    except subprocess.TimeoutExpired:
        print(f"== {name}: no end after {at_most} s", flush=True)
        code = 1
    print(f"== {name}: {'ok' if code == 0 else 'FAILED'} in {time.monotonic() - started:.1f} s", flush=True)
    return code


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
