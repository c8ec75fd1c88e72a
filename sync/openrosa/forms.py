"""A form of a server as a service folder here: the form, its files, service.toml; replaced as a whole, or not at all.

Everything is fetched into a folder of its own, `.openrosa/<service>`, where it stays when the line is cut. Only a
service that loads takes the place of the one before; `.openrosa/<service>.old` stands in between, for a moment.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from lxml import etree

from fieldapp.errors import FormError, Place, ProtocolError, ServiceError
from fieldapp.forms import load_form
from fieldapp.forms.xform.xmlread import XF, parse
from fieldapp.services.loader import load_service
from fieldapp.store.durable import write_durably
from fieldapp.texts import tr
from sync.openrosa.download import md5_of
from sync.openrosa.folder import META_NAME, service_id, service_toml, with_version
from sync.openrosa.messages import FormEntry, MediaFile
from sync.openrosa.server import OpenRosaServer

WORK = ".openrosa"  # two levels deep, where no catalogue looks for services
FORM, MEDIA, MARKS, TOML = "form.xml", "form-media", ".form-media.json", "service.toml"


@dataclass(frozen=True)
class Fetched:
    """What came: the service's folder, how many files were fetched, and how many were here already."""

    folder: Path
    new: int
    known: int


class Fetching:
    """Brings forms of one server into one folder of services."""

    def __init__(self, server: OpenRosaServer, address: str, services: Path) -> None:
        """`address` is the server's, without any secret: it is written into service.toml."""
        self._server = server
        self._address = address
        self._services = services

    def get(self, entry: FormEntry) -> Fetched:
        """Fetch a form with its files. FormError or ServiceError when it cannot be used: what was here stays.

        A SyncError leaves what came so far, and the next call goes on from there."""
        name = service_id(entry.id)
        folder, work = self._services / name, self._services / WORK / name
        recover(self._services, name)
        self._check_owner(folder, entry)
        work.mkdir(parents=True, exist_ok=True)
        fetched = self._fetch(entry, folder, work)
        _refuse_encrypted(work / FORM)
        self._describe(entry, folder, work)
        load_service(work).form()
        swap(self._services, name)
        return Fetched(folder, fetched.count(True), fetched.count(False))

    def _check_owner(self, folder: Path, entry: FormEntry) -> None:
        """A folder of that name must be of this very form, of this server."""
        if not folder.exists():
            return
        target = load_service(folder).target
        if target is None or (target.server, target.form) != (self._address.rstrip("/"), entry.id):
            raise ServiceError(tr("this folder belongs to another service"), Place(str(folder)))

    def _fetch(self, entry: FormEntry, folder: Path, work: Path) -> list[bool]:
        """Bring every file into `work`; for each, whether it had to be fetched."""
        files = self._server.files(entry)
        named = {_safe(file.name): file for file in files}
        if len({str(path).casefold() for path in named}) != len(files):
            raise ProtocolError(tr("Two files of this form have the same name."))
        form = MediaFile(FORM, f"md5:{entry.md5}", entry.md5, entry.url)
        marks = {str(path): file.mark for path, file in named.items()}
        _drop_others(work / MEDIA, named)
        fetched = [self._one(form, work / FORM, folder / FORM, known="")]
        for path, file in named.items():
            known = _marks(folder).get(str(path), "")
            fetched.append(self._one(file, work / MEDIA / path, folder / MEDIA / path, known=known))
        write_durably(work / MARKS, json.dumps(marks, ensure_ascii=False, indent=1).encode())
        return fetched

    def _one(self, file: MediaFile, target: Path, before: Path, *, known: str) -> bool:
        """Bring one file to `target`: it is there, or it is as it was `before`, or it is fetched."""
        if file.md5 and target.exists() and md5_of(target) == file.md5:
            return False
        target.parent.mkdir(parents=True, exist_ok=True)
        same = md5_of(before) == file.md5 if file.md5 and before.exists() else before.exists() and known == file.mark
        if same and file.mark:
            shutil.copyfile(before, target)
            return False
        self._server.download(file.url, target, file.md5)
        return True

    def _describe(self, entry: FormEntry, folder: Path, work: Path) -> None:
        """service.toml, new or as the city has it; and whatever else lies in the service's folder."""
        own = {FORM, MEDIA, MARKS, TOML}
        for path in folder.iterdir() if folder.exists() else ():
            if path.name not in own:
                _copy(path, work / path.name)
        if (folder / TOML).exists():
            text = with_version((folder / TOML).read_text("utf-8"), entry.version)
        else:
            named = META_NAME in load_form(work / FORM).questions
            text = service_toml(entry, self._address.rstrip("/"), named=named)
        write_durably(work / TOML, text.encode())


def _refuse_encrypted(form: Path) -> None:
    """FormError for a form whose submissions must be encrypted: they may not go as plain text instead."""
    try:
        root = parse(form.read_bytes())
    except etree.XMLSyntaxError:
        return  # whoever loads it says what is wrong
    if any(one.get("base64RsaPublicKey") for one in root.iter(f"{XF}submission")):
        raise FormError(tr("This form wants encrypted submissions, which FieldApp does not make."), Place(form.name))


def recover(services: Path, name: str) -> None:
    """Finish, or take back, an exchange of folders that was cut off in the middle."""
    folder, old = services / name, services / WORK / f"{name}.old"
    if old.exists() and not folder.exists():
        old.rename(folder)
    elif old.exists():
        shutil.rmtree(old)


def swap(services: Path, name: str) -> None:
    """Let what was fetched take its place. Cut off in between, `recover` brings the old one back."""
    folder, work = services / name, services / WORK / name
    old = services / WORK / f"{name}.old"
    if folder.exists():
        folder.rename(old)
    work.rename(folder)
    if old.exists():
        shutil.rmtree(old)


def _safe(name: str) -> PurePosixPath:
    """A file's path below the media folder. ProtocolError for one that leads elsewhere, on any system."""
    path = PurePosixPath(name)
    odd = any(sign in '\\:*?"<>|' or not sign.isprintable() for sign in name)
    if odd or path.is_absolute() or any(part.startswith(".") or part.endswith((".", " ")) for part in path.parts):
        raise ProtocolError(tr("A file of this form has a name that is not allowed: “{name}”.", name=name))
    return path


def _marks(folder: Path) -> Mapping[str, str]:
    """The server's marks of the files that are here."""
    path = folder / MARKS
    marks: dict[str, str] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return marks


def _drop_others(media: Path, named: Mapping[PurePosixPath, MediaFile]) -> None:
    """What an earlier, cut-off attempt fetched and the form has no more."""
    for path in _files(media):
        if PurePosixPath(path.relative_to(media).as_posix().removesuffix(".part")) not in named:
            path.unlink()


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True)
    else:
        shutil.copyfile(source, target)
