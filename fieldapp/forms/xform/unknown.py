"""What a form holds that this engine gives no meaning to, each with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml.etree import _Element

from fieldapp.forms.definition.model import Question, Unknown
from fieldapp.forms.xform import known
from fieldapp.forms.xform.actions import EVENTS, VERBS, events_of
from fieldapp.forms.xform.body import CONTAINERS, CONTROLS
from fieldapp.forms.xform.refs import References
from fieldapp.forms.xform.xmlread import JR, bare, below, line, local

_ASKING = CONTROLS | CONTAINERS
_QUIET = known.ELEMENTS - _ASKING - set(VERBS)  # labels, hints, items: there is nothing to look for in them


def unknown_in(
    model: _Element, body: _Element | None, questions: Mapping[str, Question], references: References
) -> Iterator[Unknown]:
    """All of it: of the model, then of the body, in the document's order."""
    finder = _Finder(questions, references)
    for element in model:
        yield from finder.of_model(element)
    if body is not None:
        for element in body.iterdescendants():
            if local(element) not in _QUIET:
                yield from finder.of_body(element)
    for question in questions.values():
        for word in sorted(question.appearance):
            if not known.is_appearance(word, question.kind):
                yield Unknown("appearance", word, question.path, question.bind.line)


class _Finder:
    """Looks at elements one by one. Where they stand is only worked out for what is unknown."""

    def __init__(self, questions: Mapping[str, Question], references: References) -> None:
        self._questions = questions
        self._references = references

    def of_model(self, element: _Element) -> Iterator[Unknown]:
        """A child of the model, and what is in it."""
        tag = local(element)
        if tag == "bind":
            yield from self._of_bind(element)
            for bind in below(element, "bind") if len(element) else ():
                if bind is not element:
                    yield from self._of_bind(bind)
        elif tag == "instance":
            source = (element.get("src") or "").strip()
            if source and not source.startswith(known.SOURCES):
                yield Unknown("source", source, "", line(element))
        elif tag in VERBS:
            yield from self._of_action(element)
        elif tag == "submission" and element.get("base64RsaPublicKey"):
            yield Unknown("encryption", "base64RsaPublicKey", "", line(element))
        elif tag == "itext":
            yield from _of_texts(element)
        elif tag not in known.MODEL:
            yield Unknown("element", tag, "", line(element))

    def of_body(self, element: _Element) -> Iterator[Unknown]:
        """One element of the body."""
        tag = local(element)
        if tag in _ASKING:
            yield from self._attributes(element, known.CONTROL)
        elif tag in VERBS:
            yield from self._of_action(element)
        elif not self._is_markup(element):
            asks = any(element.get(name) is not None for name in ("ref", "nodeset", "bind"))
            yield Unknown("control" if asks else "element", tag, self._around(element), line(element))

    def _is_markup(self, element: _Element) -> bool:
        """Whether it stands in a text: mark-up there counts as its text."""
        return any(local(above) in {"label", "hint", "value"} for above in element.iterancestors())

    def _of_bind(self, element: _Element) -> Iterator[Unknown]:
        yield from self._attributes(element, known.BIND)
        kind = (element.get("type") or "string").rpartition(":")[2]
        if kind not in known.TYPES:
            yield Unknown("type", kind, self._place(element), line(element))
        preload = element.get(f"{JR}preload")
        if preload and preload not in known.PRELOADS:
            yield Unknown("preload", preload, self._place(element), line(element))

    def _of_action(self, element: _Element) -> Iterator[Unknown]:
        for event in events_of(element):
            if event not in EVENTS:
                yield Unknown("event", event, self._around(element), line(element))

    def _attributes(self, element: _Element, meant: frozenset[str]) -> Iterator[Unknown]:
        if meant.issuperset(element.keys()):
            return
        for name, value in element.attrib.items():
            if name == known.DIALECT_TYPE:
                yield Unknown("type", str(value), self._place(element), line(element))
            elif str(name) not in meant:
                yield Unknown("attribute", _written(element, str(name)), self._place(element), line(element))

    def _place(self, element: _Element) -> str:
        """The question that an element is about, that around it where it is about none."""
        base = self._around(element)
        path = self._references.path_of(element, base)
        return path if path is not None and path in self._questions else base

    def _around(self, element: _Element) -> str:
        path = self._references.context_of(element)
        return path if path in self._questions else ""


def _of_texts(itext: _Element) -> Iterator[Unknown]:
    for text in below(itext, "text"):
        for value in text:
            form = (value.get("form") or "").strip()
            if form not in known.TEXT_FORMS:
                yield Unknown("text", form, "", line(value))


def _written(element: _Element, name: str) -> str:
    """An attribute's name as its author sees it: `esri:style`."""
    space = name[1:].partition("}")[0] if name.startswith("{") else ""
    prefix = next((prefix for prefix, uri in element.nsmap.items() if prefix and uri == space), "")
    return f"{prefix}:{bare(name)}" if prefix else bare(name)
