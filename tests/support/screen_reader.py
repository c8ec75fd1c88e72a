"""A screen reader's way in: what AT-SPI tells of the gallery, on a real X server. Run it inside `dbus-run-session`.

It prints one JSON object: the roles and names that were found, and the window's name before and after its language
button was pressed through AT-SPI.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

NEEDED = ("Xvfb", "dbus-run-session", "dbus-send")
ROOT = "/org/a11y/atspi/accessible/root"
REGISTRY = "org.a11y.atspi.Registry"
REFERENCE = re.compile(r'string "([^"]*)"\s+object path "([^"]*)"')
PATIENT = 60  # looks, half a second apart


@dataclass(frozen=True)
class Node:
    """One object as a screen reader knows it."""

    service: str
    path: str


@dataclass(frozen=True)
class Reader:
    """Asks the accessibility bus."""

    bus: str

    def call(self, node: Node, method: str, *arguments: str) -> str:
        """The answer of `interface.method`, as dbus-send prints it."""
        command = ["dbus-send", f"--bus={self.bus}", "--print-reply", f"--dest={node.service}", node.path]
        return subprocess.run([*command, method, *arguments], capture_output=True, text=True, check=False).stdout

    def children(self, node: Node) -> list[Node]:
        """What is in it."""
        said = self.call(node, "org.a11y.atspi.Accessible.GetChildren")
        return [Node(service, path) for service, path in REFERENCE.findall(said)]

    def name(self, node: Node) -> str:
        """How it is called."""
        wanted = ("string:org.a11y.atspi.Accessible", "string:Name")
        said = self.call(node, "org.freedesktop.DBus.Properties.Get", *wanted)
        found = re.search(r'variant\s+string "(.*)"', said)
        return found[1] if found else ""

    def role(self, node: Node) -> str:
        """What it is."""
        found = re.search(r'string "(.*)"', self.call(node, "org.a11y.atspi.Accessible.GetRoleName"))
        return found[1] if found else ""

    def press(self, node: Node) -> None:
        """Do the first thing that it can do."""
        self.call(node, "org.a11y.atspi.Action.DoAction", "int32:0")

    def below(self, node: Node, most: int) -> Iterator[Node]:
        """It, and what is below it, breadth first, up to `most`."""
        waiting = [node]
        for _step in range(most):
            if not waiting:
                return
            one = waiting.pop(0)
            yield one
            waiting += self.children(one)


def bus() -> str:
    """The accessibility bus's address."""
    command = ["dbus-send", "--session", "--print-reply", "--dest=org.a11y.Bus", "/org/a11y/bus"]
    said = subprocess.run([*command, "org.a11y.Bus.GetAddress"], capture_output=True, text=True, check=True).stdout
    found = re.search(r'string "(.*)"', said)
    assert found is not None, said
    return found[1].split(",guid=")[0]


@contextmanager
def display() -> Iterator[str]:
    """An X server of its own."""
    listening, telling = os.pipe()
    command = [shutil.which("Xvfb") or "Xvfb", "-displayfd", str(telling)]
    with subprocess.Popen(command, pass_fds=[telling], stderr=subprocess.DEVNULL) as server:
        os.close(telling)
        with os.fdopen(listening) as told:
            number = told.readline().strip()
        try:
            yield f":{number}"
        finally:
            server.terminate()


def until_window(reader: Reader, name: str = "") -> Node:
    """The program's window, once it is there (and is called `name`)."""
    for _look in range(PATIENT):
        for program in reader.children(Node(REGISTRY, ROOT)):
            for window in reader.children(program):
                if reader.name(window) and (not name or reader.name(window).startswith(name)):
                    return window
        time.sleep(0.5)
    raise TimeoutError(f"no window {name!r} on the accessibility bus")


def main() -> None:
    """Look, press, look again."""
    with display() as screen:
        dressed = {**os.environ, "DISPLAY": screen, "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
        dressed.pop("QT_QPA_PLATFORM", None)
        with subprocess.Popen([sys.executable, "-m", "ui", "gallery"], env=dressed) as program:
            try:
                print(json.dumps(_told(Reader(bus()))))
            finally:
                program.terminate()


def _told(reader: Reader) -> dict[str, object]:
    window = until_window(reader)
    nodes = [(reader.role(node), reader.name(node), node) for node in reader.below(window, 60)]
    before = reader.name(window)
    reader.press(next(node for _role, name, node in nodes if name == "Français"))
    after = reader.name(until_window(reader, "Galerie"))
    return {"before": before, "after": after, "nodes": [(role, name) for role, name, _node in nodes]}


if __name__ == "__main__":
    main()
