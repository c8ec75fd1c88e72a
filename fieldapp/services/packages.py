"""A package: one version of a service with its form, tables and pictures, as one file that travels and is kept."""

from __future__ import annotations

import io
import lzma
import shutil
import tempfile
import zipfile
import zlib
from pathlib import Path

from fieldapp.errors import FormError, ServiceError
from fieldapp.forms.following.source import FORM, companions, read_kept, xform_of
from fieldapp.services.declared import TOML, Files
from fieldapp.texts import tr

MOST_BYTES = 256 << 20  # of one package, unpacked
# What is said of a zip that cannot be unpacked: of damage by each way of packing, and of one with a password.
_DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError, RuntimeError, EOFError, OSError)
_SAME_DAY = (1980, 1, 1, 0, 0, 0)  # so that the same files give the same package


def packed(files: Files) -> bytes:
    """The service that `files` names, as a package. FormError when its form cannot be used."""
    content = {FORM: xform_of(files.form, cache=files.cache, blocks=files.blocks), TOML: files.toml.read_bytes()}
    content |= {path.name: path.read_bytes() for path in companions(files.form)}
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in content.items():
            archive.writestr(zipfile.ZipInfo(name, _SAME_DAY), data, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def unpack(package: bytes, folder: Path) -> None:
    """Lay the package out as `folder`, wholly or not at all. ServiceError when it is damaged, or no package."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(dir=folder.parent))
    try:
        _extract(package, part)
        read_kept(part)
        _name(part, folder)
    except (*_DAMAGED, FormError, ValueError) as fault:
        raise ServiceError(tr("this package of a form cannot be used: {why}", why=fault)) from fault
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _name(part: Path, folder: Path) -> None:
    """Give the folder its name; another process may have been here first, and a version never alters."""
    try:
        part.rename(folder)
    except OSError:
        if not folder.is_dir():
            raise


def _extract(package: bytes, folder: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        entries = archive.infolist()
        if sum(entry.file_size for entry in entries) > MOST_BYTES:
            raise ValueError(tr("it is too large"))
        for entry in entries:
            name = entry.filename
            if name != Path(name).name or name.startswith(".") or {"\\", ":"} & set(name):  # C:x is a path on Windows
                raise ValueError(tr("“{name}” is no name of a file", name=name))
            (folder / name).write_bytes(archive.read(entry))
