"""Files and answers that are made to hurt: XML with entities, bombs, and archives whose names lead out of a folder."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import pytest

from fieldapp.errors import FormError, ProtocolError, ServiceError
from fieldapp.forms import load_form
from fieldapp.forms.xform.xmlread import XmlError, parse
from fieldapp.services import packages
from fieldapp.services.packages import unpack
from sync.openrosa.messages import LIST, read_forms, read_manifest, read_word
from tests.forms.xlsform.test_guarding import workbook
from tests.support.places import feed_file, loaded
from tests.support.xforms import write_xform

BESIDE = "the content of a file beside it"


def declaring(entities: str, used: str, inside: str = "<a>{}</a>") -> bytes:
    """A document that declares entities and uses one."""
    return f"<!DOCTYPE a [{entities}]>{inside.format(used)}".encode()


def laughs(inside: str = "<a>{}</a>") -> bytes:
    """Ten entities, each ten times the one before: ten thousand million laughs."""
    entities = '<!ENTITY l0 "ha">' + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 11))
    return declaring(entities, "&l10;", inside)


def quadratic() -> bytes:
    """One long entity, used many times."""
    return declaring(f'<!ENTITY a "{"x" * 100_000}">', "&a;" * 20_000)


def external(path: Path) -> bytes:
    """An entity that is another file."""
    return declaring(f'<!ENTITY x SYSTEM "{path.as_uri()}">', "&x;")


def parametric(path: Path) -> bytes:
    """A document type that is another file."""
    return f'<!DOCTYPE a SYSTEM "{path.as_uri()}"><a>&x;</a>'.encode()


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "secret.txt"
    path.write_text(BESIDE)
    return path


def hostile(secret: Path) -> dict[str, bytes]:
    """Every document that is refused."""
    return {
        "laughs": laughs(),
        "laughs in an attribute": laughs('<a b="{}"/>'),
        "quadratic": quadratic(),
        "another file": external(secret),
        "another file as its type": parametric(secret),
        "depth": b"<a>" * 100_000 + b"</a>" * 100_000,
    }


def test_forms_take_no_entities_no_depth_and_no_other_file(secret: Path) -> None:
    for name, content in hostile(secret).items():
        begun = time.process_time()
        try:
            said = "".join(str(text) for text in parse(content).itertext())
        except XmlError:
            said = ""
        assert BESIDE not in said, name
        assert len(said) < 1000, name
        assert time.process_time() - begun < 2.0, name


@pytest.mark.parametrize("suffix", [".xml", ".xform"])
def test_a_form_with_entities_is_refused_as_a_form(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"form{suffix}"
    path.write_bytes(laughs())
    with pytest.raises(FormError):
        load_form(path)


@pytest.mark.parametrize("read", [read_forms, read_manifest, read_word], ids=lambda one: one.__name__)
def test_a_servers_answers_take_no_entities(secret: Path, read: object) -> None:
    assert callable(read)
    inside = f'<xforms xmlns="{LIST}"><xform><formID>{{}}</formID></xform></xforms>'
    for content in (*hostile(secret).values(), laughs(inside)):
        begun = time.process_time()
        try:
            said = str(read(content))
        except ProtocolError:
            said = ""
        assert BESIDE not in said
        assert len(said) < 1000
        assert time.process_time() - begun < 2.0


def with_part(book: bytes, name: str, content: bytes) -> bytes:
    """A workbook with one part of it replaced."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, content if part == name else old.read(part))
    return made.getvalue()


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"])
def test_a_workbook_with_entities_is_refused_in_time(tmp_path: Path, part: str) -> None:
    for content in (laughs(), quadratic()):
        path = tmp_path / "form.xlsx"
        path.write_bytes(with_part(workbook(), part, content))
        begun = time.process_time()
        with pytest.raises(FormError):
            load_form(path)
        assert time.process_time() - begun < 5.0


def test_a_workbook_reads_no_other_file(tmp_path: Path, secret: Path) -> None:
    book = workbook()
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    kind = f'<!DOCTYPE x [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'.encode()
    assert b"<t>T</t>" in sheet
    path = tmp_path / "form.xlsx"
    path.write_bytes(with_part(book, "xl/worksheets/sheet1.xml", kind + sheet.replace(b"<t>T</t>", b"<t>T&x;</t>")))
    try:
        said = repr(load_form(path))
    except FormError as fault:
        said = str(fault)
    assert BESIDE not in said


NAMES = ("../away.txt", "/away.txt", "a/../../away.txt", "..\\away.txt", "C:away.txt", ".hidden", "a/b.txt", "..")


@pytest.mark.parametrize("name", NAMES)
def test_zip_slip_a_package_with_such_a_name_is_refused_whole(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, name: str
) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.write(write_xform(tmp_path_factory.mktemp("form"), "<a/>"), "form.xml")
        archive.writestr(name, b"away")
    folder = tmp_path / "one" / "two" / "package"
    with pytest.raises(ServiceError):
        unpack(target.getvalue(), folder)
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_package_that_lies_about_its_size_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "MOST_BYTES", 1 << 20)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("form.xml", bytes(3 << 20))
    with pytest.raises(ServiceError):
        unpack(target.getvalue(), tmp_path / "package")
    small = target.getvalue().replace((3 << 20).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    with pytest.raises(ServiceError):
        unpack(small, tmp_path / "package")


def test_a_feed_with_names_that_lead_away_writes_nothing_there(tmp_path: Path) -> None:
    folder = tmp_path / "one" / "two"
    folder.mkdir(parents=True)
    path = feed_file(folder / "feed.zip")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("../../away.txt", "away")
        archive.writestr("/tmp/../away.txt", "away")  # noqa: S108 - a name in an archive, no path
    layers, _ = loaded(folder, gtfs=path)
    layers.close()
    assert not list(tmp_path.rglob("away*"))
