"""What an XForm's bind says of a node: its type and its rules, and what is ours alone."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from fieldapp.forms.definition.itext import Label, Phrase
from fieldapp.forms.definition.model import Bind
from fieldapp.forms.xform.body import Control, label_of_text
from fieldapp.forms.xform.xmlread import JR, line

_RULES = ("relevant", "required", "readonly", "constraint", "calculate")
_BIND_KNOWN = frozenset({*_RULES, "nodeset", "ref", "id", "type"})


def bind_of(element: etree._Element | None) -> Bind:
    """The type and the rules that a bind element gives; those of every node where there is none."""
    if element is None:
        return Bind()
    constraint_message, required_message = element.get(f"{JR}constraintMsg"), element.get(f"{JR}requiredMsg")
    return Bind(
        type=(element.get("type") or "string").rpartition(":")[2],
        constraint_message=_message(constraint_message),
        required_message=_message(required_message),
        preload=element.get(f"{JR}preload") or "",
        preload_params=element.get(f"{JR}preloadParams") or "",
        line=line(element),
        **{name: (element.get(name) or "").strip() for name in _RULES},
    )


def _message(text: str | None) -> Label | None:
    if not text:
        return None
    label = label_of_text(text.strip())
    return label if label.itext else Label(phrase=Phrase((text.strip(),)))


def extra_of(control: Control | None, bind: etree._Element | None) -> Mapping[str, str]:
    """What the standard gives no meaning to: attributes of our own, and a control's parameters."""
    own = dict(control.extra) if control else {}
    if bind is not None:
        for key, value in bind.attrib.items():
            if str(key) not in _BIND_KNOWN and not str(key).startswith(JR):
                own[str(key).rpartition("}")[2]] = str(value)
    return own
