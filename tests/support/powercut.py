"""Power cuts on real files. A program runs with powercut.c preloaded; what it did to its files is replayed up to some
moment, and of what was not synced by then any part may be missing, torn or there alone: that is what a disk may hold.

Strict, as POSIX allows it: a file's bytes are sure after its fsync, a name after the fsync of its folder; names of one
folder come to the disk in their order. Bytes of unsynced writes come in any order, whole, in sectors, or not at all.
"""

from __future__ import annotations

import os
import random
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

HEAD = struct.Struct("<ciqI")
SECTORS = (512, 4096)
ACKS = "acks"  # the file below the root in which the program says what it has called saved


@dataclass(frozen=True)
class Event:
    """One thing that the program did; `text` is a path, below the root."""

    kind: str
    handle: int
    offset: int
    data: bytes

    @property
    def text(self) -> str:
        """The data as a path."""
        return self.data.decode()


@dataclass(eq=False)
class Node:
    """A file or a folder: what is on the disk for sure, and what was done to it since. A folder's are names."""

    sure: bytes = b""
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)  # offset and bytes; None: cut off there
    names: dict[str, Node] = field(default_factory=dict)
    now: dict[str, Node] = field(default_factory=dict)
    moves: list[dict[str, Node]] = field(default_factory=list)  # the folder's names after each unsynced change
    folder: bool = False

    def sync(self) -> None:
        """All of it is on the disk."""
        for offset, data in self.pending:
            self.sure = changed(self.sure, offset, data)
        self.pending = []
        self.names, self.moves = dict(self.now), []

    def renamed(self) -> None:
        """Its names are others now."""
        self.moves.append(dict(self.now))


class Disk:
    """The files below a root while the log is replayed."""

    def __init__(self, root: Path) -> None:
        self._root = f"{root}/"
        self.top = Node(folder=True)
        self._open: dict[int, Node] = {}
        self.acks: list[str] = []

    def apply(self, event: Event) -> None:
        """Let it happen."""
        match event.kind:
            case "O":
                self._opened(event)
            case "W" | "T":
                node = self._open[event.handle]
                data = event.data if event.kind == "W" else None
                if node is self.top.now.get(ACKS):
                    self.acks += event.data.decode().splitlines()
                node.pending.append((event.offset, data))
            case "S":
                self._open[event.handle].sync()
            case "M":
                self._put(event.text, Node(folder=True))
            case "U":
                self._take(event.text)
            case "R":
                old, new = event.text.split("\n")
                self._put(new, self._take(old))

    def after_cut(self, chance: random.Random, into: Path) -> None:
        """Write down what may be on the disk if the power goes now."""
        into.mkdir()
        _write_down(self.top, chance, into)

    def _opened(self, event: Event) -> None:
        folder, name = self._place(event.text)
        node = folder.now.get(name) if name else folder
        if node is None:
            node = Node()
            self._put(event.text, node)
        if event.offset and node.sure + b"".join(data or b"" for _, data in node.pending):
            node.pending.append((0, None))
        self._open[event.handle] = node

    def _place(self, path: str) -> tuple[Node, str]:
        node = self.top
        *folders, name = path.removeprefix(self._root).split("/") if path + "/" != self._root else [""]
        for one in folders:
            node = node.now[one]
        return node, name

    def _put(self, path: str, node: Node) -> None:
        folder, name = self._place(path)
        folder.now[name] = node
        folder.renamed()

    def _take(self, path: str) -> Node:
        folder, name = self._place(path)
        node = folder.now.pop(name)
        folder.renamed()
        return node


def changed(content: bytes, offset: int, data: bytes | None) -> bytes:
    """The content after a write at `offset`, or after it was cut off (or filled up) there."""
    if len(content) < offset:
        content += bytes(offset - len(content))
    return content[:offset] + data + content[offset + len(data) :] if data is not None else content[:offset]


def _write_down(node: Node, chance: random.Random, path: Path) -> None:
    states = [node.names, *node.moves]
    names = chance.choice((states[0], states[-1], chance.choice(states)))
    for name, child in names.items():
        if child.folder:
            (path / name).mkdir()
            _write_down(child, chance, path / name)
        else:
            (path / name).write_bytes(_content(child, chance))


def _content(node: Node, chance: random.Random) -> bytes:
    """Its sure bytes, and of the others: none, all, some, or torn."""
    content, kept = node.sure, chance.choice((0.0, 1.0, 0.5, 0.9, chance.random()))
    sector, tears = chance.choice(SECTORS), chance.random() < 0.5
    for offset, data in node.pending:
        if data is None or not tears:
            if chance.random() < kept:
                content = changed(content, offset, data)
            continue
        for start, end in _sectors(offset, len(data), sector):
            if chance.random() < kept:
                content = changed(content, start, data[start - offset : end - offset])
    return content


def _sectors(offset: int, size: int, sector: int) -> Iterator[tuple[int, int]]:
    start = offset
    while start < offset + size:
        end = min(offset + size, (start // sector + 1) * sector)
        yield start, end
        start = end


def recorded(folder: Path, module: str, *arguments: str) -> tuple[Path, list[Event]]:
    """Run `python -m module ROOT arguments` to its end; its root, and everything that it did there."""
    root, log = folder / "root", folder / "log"
    root.mkdir()
    told = {"LD_PRELOAD": str(_shim(folder)), "POWERCUT_ROOT": str(root), "POWERCUT_LOG": str(log)}
    command = [sys.executable, "-m", module, str(root), *arguments]
    done = subprocess.run(command, env={**os.environ, **told}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return root, list(_events(log.read_bytes()))


def moments(events: Sequence[Event], seed: int, count: int) -> list[int]:
    """Where to cut: half anywhere, half just after something was synced or called saved."""
    chance = random.Random(seed)
    ends = [n + 1 for n, event in enumerate(events) if event.kind in {"S", "W"}]
    return [chance.choice(ends) if n % 2 else chance.randrange(1, len(events) + 1) for n in range(count)]


def _events(log: bytes) -> Iterator[Event]:
    at = 0
    while at < len(log):
        kind, handle, offset, size = HEAD.unpack_from(log, at)
        at += HEAD.size
        yield Event(kind.decode(), handle, offset, log[at : at + size])
        at += size


def _shim(folder: Path) -> Path:
    """powercut.c, compiled; without a compiler nothing of this can be tested, and the run says so."""
    compiler = next((found for name in ("cc", "gcc", "clang") if (found := shutil.which(name))), None)
    if compiler is None or sys.platform != "linux":
        pytest.skip("NO POWER CUTS: they need Linux and a C compiler (gcc and libc6-dev). Nothing of them is tested.")
    shim = folder / "powercut.so"
    source = Path(__file__).with_suffix(".c")
    subprocess.run([compiler, "-shared", "-fPIC", "-O2", "-o", str(shim), str(source), "-ldl"], check=True)
    return shim
