"""XForms of nothing but what a test is about: no meta, no instance id; texts in languages where they matter."""

from __future__ import annotations

from pathlib import Path

from fieldapp.forms import FormDefinition, load_form

_HEAD = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
 xmlns:jr="http://openrosa.org/javarosa" xmlns:orx="http://openrosa.org/xforms" xmlns:ev="http://www.w3.org/2001/xml-events"
 xmlns:odk="http://www.opendatakit.org/xforms" xmlns:esri="http://esri.com/xforms"><h:head><h:title>Test</h:title>"""


def xform(data: str, model: str = "", body: str = "", itext: str = "", style: str = "") -> str:
    """An XForm with `data` in its root element, and what is given in its model and body."""
    texts = f"<itext>{itext}</itext>" if itext else ""
    instance = f'<instance><data id="test" version="1">{data}</data></instance>'
    return f'{_HEAD}<model>{texts}{instance}{model}</model></h:head><h:body class="{style}">{body}</h:body></h:html>'


def load_xform(
    folder: Path, data: str, model: str = "", body: str = "", itext: str = "", style: str = ""
) -> FormDefinition:
    """The same, loaded from a file in `folder`."""
    path = folder / "form.xml"
    path.write_text(xform(data, model, body, itext, style), "utf-8")
    return load_form(path)
