"""`fieldapp service new`: a folder that works as it is, to be changed into the service that is wanted."""

from __future__ import annotations

import csv
import re
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

from fieldapp.clock import SystemClock
from fieldapp.errors import Place, RefusedError, ServiceError
from fieldapp.paths import resources
from fieldapp.services.checking.shelf import Shelf
from fieldapp.services.fees import COLUMNS, FEES_FILE
from fieldapp.services.loader import IDENTIFIER
from fieldapp.services.service import Service
from fieldapp.services.spreadsheet import write_spreadsheet
from fieldapp.services.topics import topics
from fieldapp.texts import tr

UNTRANSLATED = "(à traduire)"  # after a title that was given in English only; `service check` asks for the French one
NOTICE_GAPS = ("name the by-law or the section", "nommez le règlement ou l'article")  # in the template's notice
_PLACE = ("address", "unit", "loc", "community", "point", "ward")  # what a visit has from the record that is visited
_FEE = re.compile(r"^(?:# )?\{FEE\}\n(.*?)^(?:# )?\{/FEE\}\n", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Wish:
    """What a new service should be: with a fee (dollars, from `day` on), a visit of another service's records, and
    its form a spreadsheet."""

    title: str = ""
    title_fr: str = ""
    code: str = ""
    fee: Decimal | None = None
    day: date = field(default_factory=lambda: SystemClock().now().date())
    visit_of: str = ""
    spreadsheet: bool = False


def template(kind: str = "service") -> Path:
    """The folder that a new service, or a new visit, is made from."""
    return resources() / "templates" / kind


def make_service(name: str, place: Path, shelf: Shelf, wish: Wish | None = None) -> Path:
    """Make the service `name` below `place`, wholly or not at all; its folder.

    ServiceError for an id that cannot be one or an unknown parent, RefusedError where there is such a service, or such
    a folder, or the wish contradicts itself."""
    wish = wish or Wish()
    if not IDENTIFIER.fullmatch(name):
        message = tr("“{name}” must be lower-case letters, digits and hyphens", name=name)
        raise ServiceError(message, Place(field="id"))
    folder = place / name
    if folder.exists() or name in {one.name for one in shelf.folders()}:
        raise RefusedError(tr("There is a service “{name}” already; nothing was written.", name=name))
    if wish.visit_of and wish.fee is not None:
        raise RefusedError(tr("A visit has no fee of its own: the service that it belongs to has it."))
    words = _words(name, shelf, wish)
    place.mkdir(parents=True, exist_ok=True)
    _write(folder, words, wish)
    return folder


def _words(name: str, shelf: Shelf, wish: Wish) -> dict[str, str]:
    said = wish.title or name.replace("-", " ").capitalize()
    words = {
        "ID": name,
        "CODE": wish.code or _free_code(shelf),
        "TITLE": said,
        "TITLE_FR": wish.title_fr or f"{said} {UNTRANSLATED}",
        "SERIES": name.replace("-", "_"),
        "PREFIX": "".join(part[0] for part in name.split("-") if part).upper(),
        "FORM": "form.xlsx" if wish.spreadsheet else "form.md",
        "TOPICS": ", ".join(topic.id for topic in topics()),
        "FEE_CODE": name.upper(),
    }
    return {**words, **_of_parent(wish.visit_of, shelf)} if wish.visit_of else words


def _of_parent(name: str, shelf: Shelf) -> dict[str, str]:
    parent = shelf.service(shelf.find(name))
    if parent is None:
        raise ServiceError(tr("unknown service “{service}”", service=name))
    title = {"PARENT": parent.id, "PARENT_TITLE": parent.title.en, "PARENT_TITLE_FR": parent.title.fr}
    return {**title, "COPIES": _copies(parent)}


def _copies(parent: Service) -> str:
    known = parent.form().questions
    return "\n".join(f'"place/{one}" = "place/{one}"' for one in _PLACE if f"place/{one}" in known)


def _free_code(shelf: Shelf) -> str:
    """The first of N01, N02… that no service has: the City's own list gives the final one."""
    taken = {one.code for folder in shelf.folders() if (one := shelf.service(folder)) is not None}
    return next(code for number in range(1, 1000) if (code := f"N{number:02}") not in taken)


def _write(folder: Path, words: Mapping[str, str], wish: Wish) -> None:
    part = Path(tempfile.mkdtemp(dir=folder.parent, prefix="."))
    try:
        for path in sorted(template("visit" if wish.visit_of else "service").iterdir()):
            text = _FEE.sub("" if wish.fee is None else r"\1", path.read_text("utf-8"))
            for name, value in words.items():
                is_raw = name == "COPIES" or path.suffix != ".toml"
                text = text.replace(f"{{{name}}}", value.replace("|", "\\|") if is_raw else _in_toml(value))
            (part / path.name).write_text(text, "utf-8")
        if wish.fee is not None:
            _write_fee(part / FEES_FILE, words["FEE_CODE"], words["TITLE"], words["TITLE_FR"], wish)
        if wish.spreadsheet:
            write_spreadsheet(part / "form.md", part / "form.xlsx")
            (part / "form.md").unlink()
        part.chmod(0o755)
        part.rename(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _write_fee(path: Path, code: str, title: str, title_fr: str, wish: Wish) -> None:
    source = "to be confirmed: the by-law or the schedule of fees"
    row = (code, title, title_fr, f"{wish.fee:.2f}", "each", "0", wish.day.isoformat(), "", source, "unverified")
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows((COLUMNS, row))


def _in_toml(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"')
