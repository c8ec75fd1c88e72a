"""An XForm (the XML that ODK's tools exchange) to a FormDefinition."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from lxml.etree import _Element

from fieldapp.errors import FormError, Place
from fieldapp.forms.definition.model import Action, FormDefinition, Question, Stray
from fieldapp.forms.tables.media import Media
from fieldapp.forms.xform.actions import actions_of
from fieldapp.forms.xform.binds import read_binds
from fieldapp.forms.xform.body import Control, read_body
from fieldapp.forms.xform.prototypes import prototype_of
from fieldapp.forms.xform.refs import References
from fieldapp.forms.xform.secondary import tables_of
from fieldapp.forms.xform.shape import Shape
from fieldapp.forms.xform.texts import read_translations
from fieldapp.forms.xform.unknown import unknown_in
from fieldapp.forms.xform.xmlread import XmlError, bare, child, children, first, line, parse
from fieldapp.texts import tr

_VERSION = "{http://openrosa.org/xforms}version"


def read_xform(
    content: bytes, file: str = "", folders: Sequence[Path] = (), cache: Path | None = None
) -> FormDefinition:
    """The definition in an XForm. FormError when it is no XForm; its expressions are not looked at yet.

    Its tables and pictures are looked for in `folders`; `cache` keeps what is made of long tables.
    """
    try:
        tree = parse(content)
        return _definition(tree, hashlib.sha256(content).hexdigest(), Media(folders, cache))
    except XmlError as error:
        place = Place(file=file, row=error.line or None)
        raise FormError(tr("this is no well-formed XML: {why}", why=str(error)), place) from error
    except FormError as error:
        raise FormError(str(error.args[0]), Place(file=file)) from error


def _definition(tree: _Element, digest: str, media: Media) -> FormDefinition:
    model = first(tree, "model")
    primary = child(model, "instance") if model is not None else None
    if model is None or primary is None or not len(primary):
        raise FormError(tr("this is XML, but no XForm: it has no model with an instance"))
    data, body, references = primary[0], first(tree, "body"), References(model)
    binds, translations = read_binds(model, references), read_translations(model)
    controls = read_body(body, references) if body is not None else {}
    actions = tuple(actions_of(tree, references))
    shape = Shape(binds, controls, {action.target for action in actions}, translations)
    root = shape.root(data)
    return FormDefinition(
        title=_title(tree),
        id=data.get("id") or root.name,
        version=data.get("version") or data.get(_VERSION) or "",
        digest=digest,
        root=root,
        questions=shape.questions,
        prototype=prototype_of(data, root),
        translations=translations,
        tables=tables_of(model, controls.values(), media),
        actions=tuple(action for action in actions if action.target in shape.questions),
        namespaces={str(prefix): str(uri) for prefix, uri in data.nsmap.items() if prefix},
        media=media,
        strays=_strays(binds, controls, actions, shape.questions),
        unknown=tuple(unknown_in(model, body, shape.questions, references)),
        style=frozenset((body.get("class") or "").split()) if body is not None else frozenset(),
        submission=_attributes(child(model, "submission")),
    )


def _attributes(element: _Element | None) -> Mapping[str, str]:
    return {} if element is None else {bare(name): str(value) for name, value in element.attrib.items()}


def _title(tree: _Element) -> str:
    head = first(tree, "head")
    titles = children(head, "title") if head is not None else []
    return (titles[0].text or "").strip() if titles else ""


def _strays(
    binds: Mapping[str, _Element],
    controls: Mapping[str, Control],
    actions: Sequence[Action],
    questions: Mapping[str, Question],
) -> list[Stray]:
    found = [Stray(path, "bind", line(element)) for path, element in binds.items() if path not in questions]
    found += [Stray(path, "control", control.line) for path, control in controls.items() if path not in questions]
    found += [Stray(action.target, "setvalue", action.line) for action in actions if action.target not in questions]
    return found
