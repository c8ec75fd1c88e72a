"""What an XForm's binds say of its nodes: their types and rules, and what is ours alone."""

from __future__ import annotations

from collections.abc import Mapping

from lxml.etree import _Element

from fieldapp.forms.definition.itext import Label, Phrase
from fieldapp.forms.definition.model import Bind
from fieldapp.forms.xform.body import Control
from fieldapp.forms.xform.labels import label_of_text
from fieldapp.forms.xform.refs import References, path_of_ref
from fieldapp.forms.xform.xmlread import JR, bare, below, line

RULES = ("relevant", "required", "readonly", "constraint", "calculate")
_KNOWN = frozenset({*RULES, "nodeset", "ref", "id", "type"})
_NONE = Bind()


def read_binds(model: _Element, references: References) -> dict[str, _Element]:
    """The bind elements by path, the first where a node has several; one inside another begins at the outer's node."""
    found: dict[str, _Element] = {}
    for element in below(model, "bind"):
        ref = references.of(element)
        if ref:
            base = "" if ref.lstrip().startswith("/") else references.context_of(element)
            found.setdefault(path_of_ref(ref, base), element)
    return found


def bind_of(element: _Element | None) -> Bind:
    """The type and the rules that a bind element gives; those of every node where there is none."""
    if element is None:
        return _NONE
    get = {str(name): str(value) for name, value in element.items()}.get  # one look at the element, not ten
    return Bind(
        type=(get("type") or "string").rpartition(":")[2],
        relevant=(get("relevant") or "").strip(),
        required=(get("required") or "").strip(),
        readonly=(get("readonly") or "").strip(),
        constraint=(get("constraint") or "").strip(),
        calculate=(get("calculate") or "").strip(),
        constraint_message=_message(get(f"{JR}constraintMsg")),
        required_message=_message(get(f"{JR}requiredMsg")),
        preload=get(f"{JR}preload") or "",
        preload_params=get(f"{JR}preloadParams") or "",
        line=line(element),
    )


def _message(text: str | None) -> Label | None:
    if not text:
        return None
    label = label_of_text(text.strip())
    return label if label.itext else Label(phrase=Phrase((text.strip(),)))


def extra_of(control: Control | None, bind: _Element | None) -> Mapping[str, str]:
    """What the standard gives no rule for: a control's parameters, and attributes of our own."""
    own = dict(control.extra) if control else {}
    if bind is not None and not _KNOWN.issuperset(bind.keys()):
        for key, value in bind.attrib.items():
            name = str(key)
            if name not in _KNOWN and not name.startswith(JR):
                own[bare(name)] = str(value)
    return own
