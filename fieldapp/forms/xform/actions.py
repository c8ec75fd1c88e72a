"""The actions of an XForm: values, places and sounds that an event puts into a node."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.etree import _Element

from fieldapp.forms.definition.model import Action
from fieldapp.forms.xform.refs import References, path_of_ref
from fieldapp.forms.xform.xmlread import EV, bare, below, line, local

VERBS = ("setvalue", "setgeopoint", "recordaudio")
EVENTS = frozenset({"odk-instance-first-load", "odk-instance-load", "odk-new-repeat", "xforms-value-changed"})
_OLDER = {"xforms-ready": "odk-instance-first-load", "jr-insert": "odk-new-repeat"}
_PREDICATES = re.compile(r"\[(?:[^][]|\[[^][]*\])*\]")
_KNOWN = frozenset({"event", "ref", "nodeset", "bind", "value"})


def actions_of(tree: _Element, references: References) -> Iterator[Action]:
    """All actions in the order of the document."""
    for element in below(tree, *VERBS):
        owner = references.context_of(element)
        ref = references.of(element)
        if not ref or _is_loose(element):
            continue
        literal = "" if "value" in element.attrib else "".join(str(part) for part in element.itertext())
        yield Action(
            events=frozenset(events_of(element)),
            target=path_of_ref(_PREDICATES.sub("", ref), owner),
            source=(element.get("value") or "").strip(),
            literal=literal if literal.strip() else "",
            owner=owner,
            line=line(element),
            verb=local(element),
            chosen=ref if "[" in ref else "",
            extra={bare(name): str(value) for name, value in element.attrib.items() if bare(name) not in _KNOWN},
        )


def events_of(element: _Element) -> list[str]:
    """The events at which an action happens, in today's words."""
    words = (element.get("event") or element.get(f"{EV}event") or "").split()
    return [_OLDER.get(word, word) for word in words]


def _is_loose(element: _Element) -> bool:
    """Whether an action belongs neither to the model nor to a control: those never happen (as in other engines)."""
    above = element.getparent()
    return above is not None and local(above) == "body"
