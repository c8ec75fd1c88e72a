"""The source of a service's form: the form, the blocks that it includes, the tables beside it. One digest of all."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from fieldapp.services.declared import Files

INCLUDE = re.compile(rb"^\s*\|[\s|]*include\s*\|\s*([\w-]+)\s*\|", re.MULTILINE)


def source_digest(files: Files) -> str:
    """SHA-256 in hex of everything that the form is made of, by name and content."""
    digest = hashlib.sha256()
    for path in sources(files):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def sources(files: Files) -> list[Path]:
    """The form's file, its included blocks (each once, in order of use) and the service's tables by name."""
    found = [files.form]
    for path in found:  # grows while it is walked: blocks may include blocks
        found += [block for block in _included(path, files.blocks) if block not in found]
    media = files.folder / f"{files.form.stem}-media"  # where a form from a server has its tables
    return [*found, *sorted(files.folder.glob("*.csv")), *sorted(media.glob("*.csv"))]


def _included(path: Path, blocks: Path | None) -> Iterator[Path]:
    if blocks is None:
        return
    if path.suffix != ".md":
        # A spreadsheet's include rows are not read here: any block may be in it, so all of them count.
        yield from sorted(blocks.glob("*.md"))
        return
    names = dict.fromkeys(name.decode() for name in INCLUDE.findall(path.read_bytes()))
    yield from (blocks / f"{name}.md" for name in names if (blocks / f"{name}.md").is_file())
