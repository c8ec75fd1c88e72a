"""NOTICE: whose work is in the program, and under which licence. Made from requirements.lock and from what the
installed parts say of themselves; where they say nothing, or are of another system, from licences.toml."""

from __future__ import annotations

import re
import shutil
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageMetadata, PackageNotFoundError, distribution
from pathlib import Path

NOTICE = "resources/program/NOTICE"
LOCK = "requirements.lock"
_LINE = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(\[[^]]*\])?==(?P<version>[^\s;]+)", re.MULTILINE)
_TEXTS = re.compile(r"\.dist-info/(licen[cs]es/|[^/]*(licen[cs]e|copying|notice|copyright|authors))", re.IGNORECASE)
_INFO = re.compile(r".*\.dist-info/(licen[cs]es/)?", re.IGNORECASE)
_MOST = 60  # letters of a licence's name; what is longer is its text
_HEAD = """\
FieldApp contains the work of others, each part under its own licence. Their texts are in the folder “licences” of the
installed program. This file is made by `python -m ui.program notice`.
"""


class UnknownLicenceError(Exception):
    """A part says nothing of its licence, and licences.toml has no line of it."""


@dataclass(frozen=True)
class Part:
    """A part of the program and its licence, as an SPDX expression where its makers wrote one."""

    name: str
    version: str
    licence: str


def notice(root: Path) -> str:
    """The NOTICE of the program that `root` has the sources of. UnknownLicenceError for a part without a licence."""
    known = _known()
    lines = [_HEAD, "Python packages\n"]
    lines += [f"  {part.name} {part.version}: {part.licence}" for part in parts(root)]
    lines += ["\nInside them, and beside them\n"]
    lines += [
        f"  {name}: {licence}" for name, licence in sorted(known["inside"].items(), key=lambda one: one[0].lower())
    ]
    return "\n".join(lines) + "\n"


def parts(root: Path) -> list[Part]:
    """The packages of requirements.lock by name, each once though it may be there in several versions."""
    versions: dict[str, list[str]] = {}
    for found in _LINE.finditer((root / LOCK).read_text("utf-8")):
        versions.setdefault(found["name"].lower(), []).append(found["version"])
    known = _known()["packages"]
    return [Part(name, " or ".join(each), known.get(name) or _said(name)) for name, each in sorted(versions.items())]


def gather(root: Path, folder: Path) -> None:
    """Copy the texts of all licences into `folder`, one folder a part."""
    shutil.rmtree(folder, ignore_errors=True)
    for part in parts(root):
        for text in _texts(_installed(part.name)):
            place = folder / part.name
            place.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(
                text, place / ".".join(text.parts[-2:] if (place / text.name).exists() else text.parts[-1:])
            )
    shutil.copytree(Path(__file__).parent / "licences", folder, dirs_exist_ok=True)
    for name, text in (("lucide", root / "resources/icons/LICENSE"), ("inter", root / "resources/fonts/OFL.txt")):
        (folder / name).mkdir(exist_ok=True)
        shutil.copyfile(text, folder / name / text.name)


def is_installed(name: str) -> bool:
    """Whether this system and Python have the part: some belong to others."""
    return _installed(name) is not None


def _known() -> dict[str, dict[str, str]]:
    return tomllib.loads(Path(__file__).with_name("licences.toml").read_text("utf-8"))


def _said(name: str) -> str:
    """What a part says of its licence itself: by SPDX, in a word, or by its classifiers."""
    found = _installed(name)
    if found is not None:
        about = found.metadata
        expression, word = _one(about, "License-Expression"), _one(about, "License")
        classes = [
            one.rpartition(" :: ")[2] for one in about.get_all("Classifier") or () if one.startswith("License ::")
        ]
        if said := expression or (word if len(word) <= _MOST and "\n" not in word else "") or ", ".join(classes):
            return said
    raise UnknownLicenceError(f"{name}: add its licence to ui/program/licences.toml")


def _one(about: PackageMetadata, field: str) -> str:
    return next(iter(about.get_all(field) or ()), "")


def _installed(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


def _texts(found: Distribution | None) -> Iterator[Path]:
    for file in (found.files or ()) if found is not None else ():
        path = Path(str(file))
        if _TEXTS.search(str(path)) and path.suffix not in {".py", ".pyc", ".pyi"}:
            yield Path(str(file.locate()))
