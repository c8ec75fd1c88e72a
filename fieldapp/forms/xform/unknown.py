"""What a form holds that this engine gives no meaning to, each with its place."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from lxml.etree import _Element

from fieldapp.forms.definition.model import Question, Unknown
from fieldapp.forms.xform import known
from fieldapp.forms.xform.actions import EVENTS, VERBS, events_of
from fieldapp.forms.xform.body import CONTAINERS, CONTROLS
from fieldapp.forms.xform.refs import References
from fieldapp.forms.xform.xmlread import JR, bare, below, children, line, local

_ASKING = CONTROLS | CONTAINERS


def unknown_in(
    model: _Element, body: _Element | None, questions: Mapping[str, Question], references: References
) -> Iterator[Unknown]:
    """All of it: of the model, then of the body, in the document's order."""
    for element in model:
        yield from _of_model(element, references)
    if body is not None:
        yield from _of_body(body, questions, references)
    for question in questions.values():
        for word in sorted(question.appearance):
            if not known.is_appearance(word, question.kind):
                yield Unknown("appearance", word, question.path, question.bind.line)


def _of_model(element: _Element, references: References) -> Iterator[Unknown]:
    tag = local(element)
    if tag == "bind":
        yield from _of_bind(element, references)
    elif tag == "instance":
        source = (element.get("src") or "").strip()
        if source and not source.startswith(known.SOURCES):
            yield Unknown("source", source, "", line(element))
    elif tag in VERBS:
        yield from _of_action(element, references)
    elif tag == "submission" and element.get("base64RsaPublicKey"):
        yield Unknown("encryption", "base64RsaPublicKey", "", line(element))
    elif tag == "itext":
        yield from _of_texts(element)
    elif tag not in known.MODEL:
        yield Unknown("element", tag, "", line(element))


def _of_texts(itext: _Element) -> Iterator[Unknown]:
    for text in below(itext, "text"):
        for value in text:
            form = (value.get("form") or "").strip()
            if form not in known.TEXT_FORMS:
                yield Unknown("text", form, "", line(value))


def _of_bind(element: _Element, references: References) -> Iterator[Unknown]:
    for inner in children(element, "bind"):
        yield from _of_bind(inner, references)
    path = references.path_of(element, references.context_of(element)) or ""
    yield from _attributes(element, known.BIND, path)
    kind = (element.get("type") or "string").rpartition(":")[2]
    if kind not in known.TYPES:
        yield Unknown("type", kind, path, line(element))
    preload = element.get(f"{JR}preload")
    if preload and preload not in known.PRELOADS:
        yield Unknown("preload", preload, path, line(element))


def _of_body(
    parent: _Element, questions: Mapping[str, Question], references: References, base: str = ""
) -> Iterator[Unknown]:
    for element in parent:
        tag, path = local(element), base
        if tag in VERBS:
            yield from _of_action(element, references)
        elif tag not in known.ELEMENTS:
            yield Unknown("control" if _looks_like_control(element) else "element", tag, base, line(element))
        elif tag in _ASKING:
            path = references.path_of(element, base) or base
            yield from _attributes(element, known.CONTROL, path if path in questions else "")
        if len(element) and tag in _ASKING:
            yield from _of_body(element, questions, references, path)


def _looks_like_control(element: _Element) -> bool:
    return any(element.get(name) is not None for name in ("ref", "nodeset", "bind"))


def _of_action(element: _Element, references: References) -> Iterator[Unknown]:
    for event in events_of(element):
        if event not in EVENTS:
            yield Unknown("event", event, references.context_of(element), line(element))


def _attributes(element: _Element, meant: Collection[str], path: str) -> Iterator[Unknown]:
    for name, value in element.attrib.items():
        if name == known.DIALECT_TYPE:
            yield Unknown("type", str(value), path, line(element))
        elif str(name) not in meant:
            yield Unknown("attribute", _written(element, str(name)), path, line(element))


def _written(element: _Element, name: str) -> str:
    """An attribute's name as its author sees it: `esri:style`."""
    space = name[1:].partition("}")[0] if name.startswith("{") else ""
    prefix = next((prefix for prefix, uri in element.nsmap.items() if prefix and uri == space), "")
    return f"{prefix}:{bare(name)}" if prefix else bare(name)
