"""`fieldapp service new`: a folder that works as it is, to be changed into the service that is wanted."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from fieldapp.errors import Place, RefusedError, ServiceError
from fieldapp.paths import resources
from fieldapp.services.checking.shelf import Shelf
from fieldapp.services.loader import IDENTIFIER
from fieldapp.texts import tr

UNTRANSLATED = "(à traduire)"  # after a title that was given in English only; `service check` asks for the French one
NOTICE_GAPS = ("name the by-law or the section", "nommez le règlement ou l'article")  # in the template's notice


def template() -> Path:
    """The folder that a new service is made from."""
    return resources() / "templates" / "service"


def make_service(name: str, place: Path, shelf: Shelf, *, title: str = "", title_fr: str = "", code: str = "") -> Path:
    """Make the service `name` below `place`, wholly or not at all; its folder.

    ServiceError for an id that cannot be one, RefusedError where there is such a service, or such a folder."""
    if not IDENTIFIER.fullmatch(name):
        message = tr("“{name}” must be lower-case letters, digits and hyphens", name=name)
        raise ServiceError(message, Place(field="id"))
    folder = place / name
    if folder.exists() or name in {one.name for one in shelf.folders()}:
        raise RefusedError(tr("There is a service “{name}” already; nothing was written.", name=name))
    said = title or name.replace("-", " ").capitalize()
    words = {
        "ID": name,
        "CODE": code or _free_code(shelf),
        "TITLE": said,
        "TITLE_FR": title_fr or f"{said} {UNTRANSLATED}",
        "SERIES": name.replace("-", "_"),
        "PREFIX": "".join(part[0] for part in name.split("-") if part).upper(),
    }
    place.mkdir(parents=True, exist_ok=True)
    _write(folder, words)
    return folder


def _free_code(shelf: Shelf) -> str:
    """The first of N01, N02… that no service has: the City's own list gives the final one."""
    taken = {one.code for folder in shelf.folders() if (one := shelf.service(folder)) is not None}
    return next(code for number in range(1, 1000) if (code := f"N{number:02}") not in taken)


def _write(folder: Path, words: Mapping[str, str]) -> None:
    part = Path(tempfile.mkdtemp(dir=folder.parent, prefix="."))
    try:
        for path in sorted(template().iterdir()):
            text = path.read_text("utf-8")
            for name, value in words.items():
                written = _in_toml(value) if path.suffix == ".toml" else value.replace("|", "\\|")
                text = text.replace(f"{{{name}}}", written)
            (part / path.name).write_text(text, "utf-8")
        part.chmod(0o755)
        part.rename(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _in_toml(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"')
