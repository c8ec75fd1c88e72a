"""XForms that mean harm, or were cut: refused with a reason, in little time and memory."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from fieldapp.errors import FormError
from fieldapp.forms import load_form
from tests.support.bare_xforms import xform


def entities(levels: int) -> str:
    """An XML in which each entity holds ten of the one before."""
    lines = ['<!ENTITY e0 "ha">']
    lines += [f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, levels)]
    return f'<!DOCTYPE h [{"".join(lines)}]><h x="&e{levels - 1};">&e{levels - 1};</h>'


def nested(levels: int) -> str:
    """A form with groups in groups."""
    names = [f"g{number}" for number in range(levels)]
    return "".join(f"<{name}>" for name in names) + "<a/>" + "".join(f"</{name}>" for name in reversed(names))


def refusal(path: Path) -> str:
    """Why a form is refused; it must not take long."""
    begun = time.monotonic()
    with pytest.raises(FormError) as error:
        load_form(path)
    assert time.monotonic() - begun < 5
    assert error.value.place.file == path.name
    return str(error.value)


@pytest.mark.parametrize("content", [entities(3), entities(30), "<!DOCTYPE a [<!ENTITY x 'y'>]>" + xform("<a>&x;</a>")])
def test_entities(tmp_path: Path, content: str) -> None:
    path = tmp_path / "f.xml"
    path.write_text(content, "utf-8")
    assert "f.xml" in refusal(path)


def test_a_hundred_groups_in_one_another_load(tmp_path: Path) -> None:
    path = tmp_path / "f.xml"
    path.write_text(xform(nested(100)), "utf-8")
    assert len(load_form(path).questions) == 102


@pytest.mark.parametrize("levels", [220, 5_000])
def test_deeper_ones_are_refused(tmp_path: Path, levels: int) -> None:
    path = tmp_path / "f.xml"
    path.write_text(xform(nested(levels)), "utf-8")
    assert "deep" in refusal(path).casefold()


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_cut_form_is_refused(tmp_path: Path, share: float) -> None:
    content = xform("<a/>", '<bind nodeset="/data/a"/>', '<input ref="/data/a"><label>A</label></input>')
    path = tmp_path / "f.xml"
    path.write_text(content[: int(len(content) * share)], "utf-8")
    assert "well-formed" in refusal(path)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-1"])
def test_encodings_that_the_file_declares(tmp_path: Path, encoding: str) -> None:
    declared = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>'
    path = tmp_path / "f.xml"
    path.write_bytes((declared + xform("<é>ü</é>")).encode(encoding))
    assert load_form(path).prototype.children[0].value == "ü"


def test_an_encoding_that_is_not_the_declared_one_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "f.xml"
    path.write_bytes(xform("<a>é</a>").encode("cp1252"))
    assert "well-formed" in refusal(path)
