"""What a form holds that this engine gives no meaning to: named, never passed over."""

from __future__ import annotations

from collections.abc import Iterator

from fieldapp.forms.definition.model import FormDefinition, Unknown
from fieldapp.forms.lint.findings import Finding, finding
from fieldapp.forms.lint.places import Places
from fieldapp.forms.lint.spelling import Speller
from fieldapp.forms.xform.known import APPEARANCES
from fieldapp.texts import tr


def unknown_features(definition: FormDefinition, places: Places, speller: Speller) -> Iterator[Finding]:
    """A warning for each: the form works, but without it."""
    for unknown in definition.unknown:
        column = unknown.name if unknown.what == "attribute" else unknown.what
        place = places.rule(unknown.path, column, unknown.line)
        question = definition.questions.get(unknown.path)
        kind = question.kind if question is not None else ""
        known = sorted(APPEARANCES.get(kind, ())) if unknown.what == "appearance" else ()
        yield finding("unknown-feature", place, _message(unknown, kind), speller.meant(unknown.name, known))


def _message(unknown: Unknown, kind: str) -> str:
    name = unknown.name
    match unknown.what:
        case "appearance":
            return tr("the appearance “{name}” means nothing for a question of the kind {kind}", name=name, kind=kind)
        case "event":
            return tr("nothing happens here at “{name}”", name=name)
        case "control":
            return tr("the control “{name}” cannot be shown", name=name)
        case "type":
            return tr("the type “{name}” is taken as text", name=name)
        case "encryption":
            return tr("this form asks for encrypted submissions: they are sent as they are")
        case what:
            return tr("{what} “{name}” has no effect here", what=what, name=name)
