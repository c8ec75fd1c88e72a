"""What is made before PyInstaller gathers the program, and what is laid beside it afterwards."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from fieldapp import __version__
from fieldapp.updates.place import UPDATES_ROOT
from ui.program import icon, licences

DESKTOP = "fieldapp.desktop"
TRUST = "FIELDAPP_UPDATES_ROOT"  # variable: the root of trust that this program ships with


@dataclass(frozen=True)
class Made:
    """What the program needs and the repository does not hold, below one folder."""

    folder: Path

    @property
    def forms(self) -> Path:
        """The services' forms, converted: a first start converts nothing."""
        return self.folder / "converted"

    @property
    def icons(self) -> Path:
        """The icon as PNG, in the sizes of a Linux desktop."""
        return self.folder / "icons"

    @property
    def ico(self) -> Path:
        """The icon for Windows."""
        return self.folder / "fieldapp.ico"

    @property
    def icns(self) -> Path:
        """The icon for macOS."""
        return self.folder / "fieldapp.icns"

    @property
    def trust(self) -> Path:
        """The root of trust, in a folder of its own; an empty one where the program ships with none."""
        return self.folder / "trust"

    @property
    def version_info(self) -> Path:
        """What Windows shows as the program's details."""
        return self.folder / "version_info.txt"


def prepare(root: Path, folder: Path) -> Made:
    """Make what PyInstaller gathers: converted forms, icons, the version for Windows."""
    made = Made(folder)
    folder.mkdir(parents=True, exist_ok=True)
    convert_forms(made.forms)
    shutil.rmtree(made.trust, ignore_errors=True)
    made.trust.mkdir()
    if named := os.environ.get(TRUST):
        shutil.copyfile(named, made.trust / UPDATES_ROOT)
    icon.draw(root / "resources" / "program" / "fieldapp.svg", made.icons, made.ico, made.icns)
    if sys.platform == "win32":
        made.version_info.write_text(version_info(), "utf-8")
    return made


def convert_forms(folder: Path) -> None:
    """Convert the forms of all shipped services anew into `folder`."""
    from fieldapp.services import Catalogue

    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for service in Catalogue.load(cache=folder):
        service.form()


def finish(root: Path, made: Made, program: Path) -> None:
    """Lay the licences, the icons and the desktop entry beside the program."""
    for name in ("LICENSE", licences.NOTICE):
        shutil.copy2(root / name, program / Path(name).name)
    licences.gather(root, program / "licences")
    if sys.platform.startswith("linux"):
        applications = program / "share" / "applications"
        applications.mkdir(parents=True, exist_ok=True)
        shutil.copy2(root / "resources" / "program" / DESKTOP, applications / DESKTOP)
        shutil.copytree(made.icons, program / "share" / "icons" / "hicolor", dirs_exist_ok=True)


def version_info() -> str:
    """The version resource of a Windows program, in the words that PyInstaller reads."""
    numbers = tuple(int(part) for part in f"{__version__}.0".split("."))
    named = {
        "CompanyName": "FieldApp",
        "FileDescription": "FieldApp",
        "FileVersion": __version__,
        "OriginalFilename": "fieldapp.exe",
        "ProductName": "FieldApp",
        "ProductVersion": __version__,
    }
    strings = ", ".join(f"StringStruct({key!r}, {value!r})" for key, value in named.items())
    return (
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}),{os.linesep}"
        f"  kids=[StringFileInfo([StringTable('040904B0', [{strings}])]),{os.linesep}"
        "        VarFileInfo([VarStruct('Translation', [0x0409, 1200, 0x0C0C, 1200])])])"
    )
