"""The body of an XForm: which control, label, hint and choices go with which path."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml.etree import _Element

from fieldapp.forms.definition.itext import Label
from fieldapp.forms.definition.model import ChoiceList
from fieldapp.forms.xform.appearance import split_search
from fieldapp.forms.xform.choices import choices_of, marks_of
from fieldapp.forms.xform.labels import label_of
from fieldapp.forms.xform.refs import References
from fieldapp.forms.xform.xmlread import JR, bare, child, line, local, parts

CONTROLS = frozenset({"input", "select1", "select", "upload", "trigger", "range", "rank", "secret"})
CONTAINERS = frozenset({"group", "repeat"})
_KNOWN = frozenset({"ref", "nodeset", "bind", "appearance", "query"})


@dataclass(slots=True)
class Control:
    """What the body says about one path."""

    tag: str
    label: Label | None = None
    hint: Label | None = None
    appearance: frozenset[str] = frozenset()
    extra: dict[str, str] = field(default_factory=dict)
    choices: ChoiceList | None = None
    marks: ChoiceList | None = None
    count: str = ""
    line: int = 0


def read_body(body: _Element, references: References) -> dict[str, Control]:
    """The controls by path; where a group and a repeat share one, the repeat with the group's label."""
    controls: dict[str, Control] = {}
    for path, element in _walk(body, "", references):
        control = _control(element)
        known = controls.get(path)
        if known is not None and control.tag == "repeat":
            control.label = control.label or known.label
            control.appearance |= known.appearance
        elif known is not None:
            continue
        controls[path] = control
    return controls


def _walk(parent: _Element, base: str, references: References) -> Iterator[tuple[str, _Element]]:
    for element in parent:
        name = local(element)
        if name not in CONTROLS and name not in CONTAINERS:
            continue
        path = references.path_of(element, base)
        if path is not None:
            yield path, element
        if name in CONTAINERS:
            yield from _walk(element, base if path is None else path, references)


def _control(element: _Element) -> Control:
    tag = local(element)
    search, appearance = split_search(element.get("appearance") or "")
    inside = parts(element) if tag not in CONTAINERS else {"label": child(element, "label")}
    choices = choices_of(element, tag, search)
    if search and (choices is None or not choices.nodeset):
        appearance |= {search}  # not understood: named as an unknown appearance
    return Control(
        tag=tag,
        label=label_of(inside.get("label")),
        hint=label_of(inside.get("hint")),
        appearance=appearance,
        extra=_extra(element),
        choices=choices,
        marks=marks_of(element, tag),
        count=str(element.get(f"{JR}count") or "").strip() if tag == "repeat" else "",
        line=line(element),
    )


def _extra(element: _Element) -> dict[str, str]:
    if _KNOWN.issuperset(element.keys()):
        return {}
    return {bare(name): str(value) for name, value in element.attrib.items() if str(name) not in _KNOWN}
