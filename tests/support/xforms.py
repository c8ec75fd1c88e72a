"""Small XForms for tests of what XLSForms cannot say, written as the parts that matter."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fieldapp.clock import FixedClock
from fieldapp.forms import FormDefinition, FormSession, load_form

_FORM = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
 xmlns:jr="http://openrosa.org/javarosa" xmlns:odk="http://www.opendatakit.org/xforms">
<h:head><h:title>Test</h:title><model odk:xforms-version="1.0.0">
<instance><data id="test" version="1">{data}<meta><instanceID/></meta></data></instance>
{model}
<bind nodeset="/data/meta/instanceID" type="string" readonly="true()" jr:preload="uid"/>
</model></h:head><h:body>{body}</h:body></h:html>"""


def write_xform(folder: Path, data: str, model: str = "", body: str = "") -> Path:
    """A form with what its root holds (`data`), its binds and actions (`model`) and its controls (`body`)."""
    path = folder / "form.xml"
    path.write_text(_FORM.format(data=data, model=model, body=body), "utf-8")
    return path


def make_xform(folder: Path, data: str, model: str = "", body: str = "") -> FormDefinition:
    """The loaded form."""
    return load_form(write_xform(folder, data, model, body))


def xform_session(folder: Path, data: str, model: str = "", body: str = "", **options: Any) -> FormSession:
    """A session over a new record, on 23 November 2026 at nine o'clock."""
    return FormSession(make_xform(folder, data, model, body), **({"clock": FixedClock()} | options))


def asked(ref: str, inside: str = "") -> str:
    """A control that asks for a text or number."""
    return f'<input ref="{ref}"><label>?</label>{inside}</input>'


def repeated(ref: str, inside: str, count: str = "") -> str:
    """A repeat around controls, of as many instances as `count` says where it is given."""
    counted = f' jr:count="{count}" jr:noAddRemove="true()"' if count else ""
    return f'<group ref="{ref}"><label>?</label><repeat nodeset="{ref}"{counted}>{inside}</repeat></group>'
