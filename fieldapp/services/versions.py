"""The forms of all services as they were: a record opens, for ever, in the version that it was made with.

Each version of a form is kept as a package the first time it is used, below a folder of this machine that an update of
the program does not touch. The gateway keeps them in the same way and hands them out, so that a laptop also opens what
was made with a form that it never had.
"""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from fieldapp.errors import FormError, ServiceError
from fieldapp.texts import tr

if TYPE_CHECKING:
    from fieldapp.forms import FormDefinition

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,80}")
_PARTS = re.compile(r"\d+|\D+")


class Versions:
    """Packages by service and version in `folder`; `laid_out` holds them unpacked, and can be made anew."""

    def __init__(self, folder: Path, laid_out: Path) -> None:
        self._folder = folder
        self._laid_out = laid_out
        self._forms: dict[tuple[str, str], FormDefinition] = {}

    def has(self, service: str, version: str) -> bool:
        """Whether this version is here."""
        return self._named(service, version) and self._path(service, version).is_file()

    def listed(self) -> dict[str, list[str]]:
        """The versions of each service that are here."""
        found: dict[str, list[str]] = {}
        for path in sorted(self._folder.glob("*/*.zip")):
            if self._named(path.parent.name, path.stem):
                found.setdefault(path.parent.name, []).append(path.stem)
        return found

    def keep(self, service: str, version: str, package: bytes) -> None:
        """Keep a version for good. ServiceError, and nothing kept, when the package cannot be used or written."""
        if not self._named(service, version):
            raise ServiceError(tr("“{name}” is no name of a form’s version", name=f"{service} {version}"))
        if self.has(service, version):
            return
        from fieldapp.services.packages import unpack
        from fieldapp.store.durable import make_folder, write_durably

        unpack(package, self._laid_out / service / version)
        path = self._path(service, version)
        try:
            make_folder(path.parent)
            write_durably(path, package)
        except OSError as fault:
            raise ServiceError(tr("this package of a form cannot be used: {why}", why=fault)) from fault

    def package(self, service: str, version: str) -> bytes:
        """The package of a version; empty where it is not here."""
        if self._named(service, version):
            with suppress(OSError):
                return self._path(service, version).read_bytes()
        return b""

    def folder(self, service: str, version: str) -> Path:
        """Where the form and its tables lie. ServiceError when the version is not here, or its package is damaged."""
        laid_out = self._laid_out / service / version
        package = self.package(service, version)
        if not package:
            raise ServiceError(
                tr("version {version} of the form of “{service}” is not here", version=version, service=service)
            )
        if not laid_out.is_dir():
            from fieldapp.services.packages import unpack

            unpack(package, laid_out)
        return laid_out

    def form(self, service: str, version: str) -> FormDefinition:
        """The form as it was, loaded at its first use. ServiceError when it is not here."""
        from fieldapp.forms.following.source import read_kept

        if (service, version) not in self._forms:
            try:
                self._forms[service, version] = read_kept(self.folder(service, version))
            except FormError as fault:
                raise ServiceError(tr("this package of a form cannot be used: {why}", why=fault)) from fault
        return self._forms[service, version]

    def _named(self, service: str, version: str) -> bool:
        """Names come over the wire: what could leave the folder is no name."""
        return bool(NAME.fullmatch(service) and NAME.fullmatch(version))

    def _path(self, service: str, version: str) -> Path:
        return self._folder / service / f"{version}.zip"


def is_newer(one: str, other: str) -> bool:
    """Whether the author counted `one` higher than `other`: `10-9f86d081` comes after `9.2-60303ae2`.

    The digits after the last hyphen tell forms apart, not which came first.
    """
    return _counted(one) > _counted(other)


def _counted(version: str) -> list[tuple[int, str]]:
    label = version.rpartition("-")[0] or version
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in _PARTS.findall(label)]
