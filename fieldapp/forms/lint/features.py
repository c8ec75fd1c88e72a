"""What a form holds that this engine gives no meaning to: named, never passed over."""

from __future__ import annotations

from collections.abc import Iterator

from fieldapp.forms.definition.model import FormDefinition, Question, Unknown
from fieldapp.forms.lint.findings import Finding, finding
from fieldapp.forms.lint.places import Places
from fieldapp.forms.lint.spelling import Speller
from fieldapp.forms.xform.known import APPEARANCES
from fieldapp.texts import tr

_OURS = {"esri:inputMask": "body::mask"}  # columns of Survey123's for which there are some of ours


def unknown_features(definition: FormDefinition, places: Places, speller: Speller) -> Iterator[Finding]:
    """A warning for each: the form works, but without it."""
    for unknown in definition.unknown:
        column = unknown.name if unknown.what == "attribute" else unknown.what
        place = places.rule(unknown.path, column, unknown.line)
        question = definition.questions.get(unknown.path)
        kind = question.kind if question is not None else ""
        known = sorted(APPEARANCES.get(kind, ())) if unknown.what == "appearance" else ()
        own = _OURS.get(unknown.name, "")
        meant = tr("Did you mean {name}?", name=f"“{own}”") if own else speller.meant(unknown.name, known)
        yield finding("unknown-feature", place, _message(unknown, question), meant)
    yield from _unattended(definition, places)


def _unattended(definition: FormDefinition, places: Places) -> Iterator[Finding]:
    """What other programs do behind people's backs, and this one does not."""
    for action in definition.actions:
        if action.verb == "recordaudio":
            message = tr("nothing is recorded in the background here: this stays blank")
            yield finding("unknown-feature", places.rule(action.target, "type", action.line), message)
    if "meta/audit" in definition.questions:
        place = places.rule("audit", "type", definition.questions["meta/audit"].bind.line)
        yield finding("unknown-feature", place, tr("no log of how the form was filled is kept here: this stays blank"))


def _message(unknown: Unknown, question: Question | None) -> str:
    name, kind = unknown.name, question.kind if question is not None else ""
    match unknown.what:
        case "appearance":
            return tr("the appearance “{name}” means nothing for a question of the kind {kind}", name=name, kind=kind)
        case "event":
            return tr("nothing happens here at “{name}”", name=name)
        case "control":
            return tr("the control “{name}” cannot be shown", name=name)
        case "type" if question is not None and not question.control and not question.bind.calculate:
            return tr("nothing fills in the type “{name}” here: this stays blank", name=name)
        case "type":
            return tr("the type “{name}” is taken as text", name=name)
        case "encryption":
            return tr("this form asks for encrypted submissions: they are sent as they are")
        case what:
            return tr("{what} “{name}” has no effect here", what=what, name=name)
