"""Converted forms, kept by a hash of all that they depend on, so that a start needs no pyxform."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fieldapp.paths import resources

SHIPPED = "converted"  # the folder of the built program's resources; in the sources there is none
_MAKE = "3"  # rises when conversion or its checks change, so that older caches are not used


@dataclass(frozen=True)
class Kept:
    """The place of one converted form. `shipped` is where a built program brings it ready."""

    path: Path
    shipped: Path

    def read(self) -> bytes:
        """The converted form, empty when there is none yet."""
        for place in (self.path, self.shipped):
            with contextlib.suppress(OSError):
                return place.read_bytes()
        return b""

    def write(self, xform: bytes) -> None:
        """Keep it, whole or not at all; a cache that cannot be written is only slower."""
        with contextlib.suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self.path.parent)
            with os.fdopen(handle, "wb") as file:
                file.write(xform)
            Path(name).replace(self.path)


def cached(path: Path, content: bytes, blocks: Path | None, cache: Path | None) -> Kept | None:
    """Where the converted form of `path` is kept, None without a cache."""
    if cache is None:
        return None
    name = f"{_key(path, content, blocks)}.xml"
    return Kept(cache / name, resources() / SHIPPED / name)


def _key(path: Path, content: bytes, blocks: Path | None) -> str:
    from importlib.metadata import version

    hashed = hashlib.sha256(f"{_MAKE} {version('pyxform')} {path.stem}{path.suffix.lower()} ".encode())
    hashed.update(hashlib.sha256(content).digest())
    for block in _block_files(blocks):
        hashed.update(block.name.encode() + hashlib.sha256(block.read_bytes()).digest())
    return hashed.hexdigest()


def _block_files(blocks: Path | None) -> Iterator[Path]:
    return iter(sorted(blocks.glob("*.md")) if blocks is not None and blocks.is_dir() else ())
