"""The body of an XForm: which control, label, hint and choices go with which path."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml.etree import _Element

from fieldapp.forms.definition.itext import Label, Output, Phrase
from fieldapp.forms.definition.model import ChoiceList
from fieldapp.forms.xform.xmlread import JR, XF, line, local

CONTROLS = frozenset({"input", "select1", "select", "upload", "trigger", "range", "rank", "secret"})
_KNOWN = frozenset({"ref", "nodeset", "bind", "appearance"})


@dataclass(slots=True)
class Control:
    """What the body says about one path."""

    tag: str
    label: Label | None = None
    hint: Label | None = None
    appearance: frozenset[str] = frozenset()
    extra: dict[str, str] = field(default_factory=dict)
    choices: ChoiceList | None = None
    count: str = ""
    line: int = 0


PathOf = Callable[[_Element, str], str | None]


def read_body(body: _Element, path_of: PathOf) -> dict[str, Control]:
    """The controls by path; where a group and a repeat share one, the repeat with the group's label."""
    controls: dict[str, Control] = {}
    for path, element in _walk(body, "", path_of):
        control = _control(element)
        known = controls.get(path)
        if known is not None and control.tag == "repeat":
            control.label = control.label or known.label
            control.appearance = control.appearance | known.appearance
        elif known is not None:
            continue
        controls[path] = control
    return controls


def _walk(parent: _Element, base: str, path_of: PathOf) -> Iterator[tuple[str, _Element]]:
    for element in parent:
        name = local(element)
        path = path_of(element, base)
        if name in CONTROLS and path is not None:
            yield path, element
        elif name in {"group", "repeat"}:
            if path is not None:
                yield path, element
            yield from _walk(element, base if path is None else path, path_of)


def _control(element: _Element) -> Control:
    extra = {
        str(name).rpartition("}")[2]: str(value) for name, value in element.attrib.items() if str(name) not in _KNOWN
    }
    count = str(element.get(f"{JR}count") or "").strip()
    return Control(
        tag=local(element),
        label=label_of(element.find(f"{XF}label")),
        hint=label_of(element.find(f"{XF}hint")),
        appearance=frozenset((element.get("appearance") or "").split()),
        extra=extra,
        choices=_choices(element),
        count=count,
        line=line(element),
    )


def _choices(element: _Element) -> ChoiceList | None:
    if local(element) not in {"select1", "select", "rank"}:
        return None
    itemset = element.find(f"{XF}itemset")
    if itemset is None:
        items = tuple(_item(item) for item in element.iter(f"{XF}item"))
        return ChoiceList(items=items, line=line(element))
    value, label = itemset.find(f"{XF}value"), itemset.find(f"{XF}label")
    value_ref = value.get("ref") if value is not None else None
    label_ref = label.get("ref") if label is not None else None
    return ChoiceList(
        (), itemset.get("nodeset") or "", value_ref or "name", label_ref or value_ref or "name", line(element)
    )


def _item(item: _Element) -> tuple[str, Label | None]:
    return (item.findtext(f"{XF}value") or "").strip(), label_of(item.find(f"{XF}label"))


def label_of(element: _Element | None) -> Label | None:
    """The text that a label, hint or message element means."""
    if element is None:
        return None
    ref = (element.get("ref") or "").strip()
    if ref:
        return label_of_text(ref)
    return Label(phrase=phrase_of(element))


def label_of_text(ref: str) -> Label:
    """A label given in an attribute: `jr:itext('id')`, or an expression."""
    if ref.startswith("jr:itext(") and ref.endswith(")"):
        inside = ref[len("jr:itext(") : -1].strip()
        if len(inside) > 1 and inside[0] == inside[-1] and inside[0] in "'\"" and inside[0] not in inside[1:-1]:
            return Label(itext=inside[1:-1])
    return Label(source=ref)


def phrase_of(element: _Element) -> Phrase:
    """The text of an element, its outputs kept as such; mark-up inside counts as its text."""
    parts = [part for part in _parts(element) if part]
    if len(parts) == 1 and isinstance(parts[0], str):
        return Phrase((parts[0].strip(),))
    return Phrase(tuple(parts))


def _parts(element: _Element) -> Iterator[str | Output]:
    yield element.text or ""
    for child in element:
        source = child.get("value") or child.get("ref")
        if local(child) == "output" and source:
            yield Output(source.strip())
        else:
            yield from _parts(child)
        yield child.tail or ""
