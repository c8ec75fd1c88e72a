"""The two engines as processes that answer lines of JSON; set up once in the user's cache, never in the checkout."""

from __future__ import annotations

import json
import os
import queue
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import platformdirs
import pyxform

from tests.oracle.reply import Reply, Step

HERE = Path(__file__).parent
ZONE = "America/Toronto"
ANSWER_WITHIN, SET_UP_WITHIN = 60.0, 300.0  # seconds
FORMS_A_PROCESS = 100  # Web Forms keeps all that it ever opened: after some hundred forms it only looks for memory


class UnavailableError(RuntimeError):
    """The engine cannot be set up on this machine; the message says why."""


class Engine:
    """An engine in its own process. It is started with the first question, and anew when it gave no answer in time or
    has opened many forms."""

    def __init__(self, name: str, command: Sequence[str], folder: Path) -> None:
        self.name = name
        self._command = command
        self._folder = folder
        self._process: subprocess.Popen[str] | None = None
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._opened = 0

    def run(self, form: Path, steps: Sequence[Step] = (), *, last: bool = False) -> Reply:
        """Load a form and take steps; `last` asks for the state at the end alone."""
        if self._opened == FORMS_A_PROCESS:
            self.close()
        process = self._started()
        self._opened += 1
        assert process.stdin is not None
        process.stdin.write(json.dumps({"form": str(form), "steps": list(steps), "last": last}) + "\n")
        process.stdin.flush()
        try:
            line = self._lines.get(timeout=ANSWER_WITHIN)
        except queue.Empty:
            line = ""
        if line:
            return Reply.of(json.loads(line))
        self.close()
        return Reply(ok=False, error="no answer: it hangs or has crashed")

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            if self._process.stdin is not None:
                self._process.stdin.close()
            self._process = None
            self._opened = 0

    def _started(self) -> subprocess.Popen[str]:
        if self._process is None:
            self._lines = queue.SimpleQueue()
            self._process = subprocess.Popen(
                self._command,
                cwd=self._folder,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                encoding="utf-8",
                env=os.environ | {"TZ": ZONE},
            )
            threading.Thread(target=_pump, args=(self._process, self._lines), daemon=True).start()
        return self._process


def _pump(process: subprocess.Popen[str], lines: queue.SimpleQueue[str]) -> None:
    assert process.stdout is not None
    with process.stdout:
        for line in process.stdout:
            lines.put(line)
    lines.put("")


def web_forms() -> Engine:
    """ODK Web Forms' engine under Node. UnavailableError without npm, or when its packages cannot be had."""
    node, npm = _program("node"), _program("npm")
    folder = _folder("web_forms", "driver.mjs", "dom.mjs", "package.json")
    with _only_one(folder):
        if not (folder / "node_modules/.package-lock.json").exists():
            _do([npm, "install", "--no-audit", "--no-fund", "--no-package-lock"], folder)
    return Engine("Web Forms", [node, "driver.mjs"], folder)


def javarosa() -> Engine:
    """JavaRosa from pyxform's validator. UnavailableError without a JDK."""
    java, javac = _program("java"), _program("javac")
    folder = _folder("javarosa", "JavaRosa.java")
    jar = Path(pyxform.__file__).parent / "validators/odk_validate/bin/ODK_Validate.jar"
    with _only_one(folder):
        if not (folder / "JavaRosa.class").exists():
            _do([javac, "-encoding", "UTF-8", "-cp", str(jar), "JavaRosa.java"], folder)
    options = ["-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]
    return Engine("JavaRosa", [java, *options, "-cp", os.pathsep.join([str(jar), "."]), "JavaRosa"], folder)


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise UnavailableError(f"{name} is not installed")
    return found


def _folder(engine: str, *names: str) -> Path:
    """A folder of the user's cache with the driver's files, another one for each version of them."""
    content = {name: (HERE / engine / name).read_bytes() for name in names}
    digest = sha256(b"".join([*content.values(), pyxform.__version__.encode()])).hexdigest()[:12]
    folder = platformdirs.user_cache_path("fieldapp-tests") / f"{engine}-{digest}"
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in content.items():
        if not (folder / name).exists():
            (folder / name).write_bytes(text)
    return folder


@contextmanager
def _only_one(folder: Path) -> Iterator[None]:
    """Of several test processes one sets a folder up; the others wait."""
    lock = folder / ".lock"
    until = time.monotonic() + SET_UP_WITHIN
    while True:
        try:
            os.close(os.open(lock, os.O_CREAT | os.O_EXCL))
            break
        except FileExistsError:
            if time.monotonic() > until:
                raise UnavailableError(f"another process never finished setting up; remove {lock}") from None
            time.sleep(0.2)
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)


def _do(command: list[str], folder: Path) -> None:
    try:
        subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True, timeout=SET_UP_WITHIN)
    except subprocess.CalledProcessError as error:
        raise UnavailableError(f"{command[0]} failed: {error.stderr[-500:]}") from error
    except subprocess.TimeoutExpired as error:
        raise UnavailableError(f"{command[0]} took more than five minutes") from error
