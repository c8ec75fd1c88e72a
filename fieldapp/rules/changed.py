"""A form with one rule changed, as if its author had written it so; nothing of the form itself is touched."""

from __future__ import annotations

import copy
from dataclasses import dataclass, replace

from fieldapp.errors import FormError, Place
from fieldapp.forms import FormDefinition
from fieldapp.forms.definition.model import Bind
from fieldapp.rules.why import KINDS
from fieldapp.texts import tr


@dataclass(frozen=True)
class RuleChange:
    """At the question `path` (without keys) the rule of this `kind` is `source` instead."""

    path: str
    kind: str  # relevant, required or constraint
    source: str


def changed(form: FormDefinition, change: RuleChange) -> FormDefinition:
    """The form with that rule. FormError, in words, for a question it does not have, another kind, or an
    expression that cannot be used there."""
    question = form.questions.get(change.path)
    if question is None:
        raise FormError(tr("the form has no question “{path}”", path=change.path), Place(field=change.path))
    if change.kind not in KINDS:
        said = tr("“{value}” is none of {allowed}", value=change.kind, allowed=", ".join(KINDS))
        raise FormError(said, Place(field=change.path))
    bare = replace(form)  # without what it has compiled
    whole = (
        form.tables,
        form.translations,
        form.media,
        form.namespaces,
        form.actions,
    )  # shared: they are never altered
    made: FormDefinition = copy.deepcopy(bare, {id(one): one for one in whole})
    altered = made.questions[change.path]
    source = _absolute(change.source.strip(), form)
    object.__setattr__(altered, "bind", _bind(altered.bind, change.kind, source))
    for fault in made.rules.faults:
        if not fault.settles and fault.path == change.path and fault.kind == change.kind:
            raise FormError(fault.message, Place(field=change.path, column=change.kind))
    return made


def _bind(bind: Bind, kind: str, source: str) -> Bind:
    if kind == "relevant":
        return replace(bind, relevant=source)
    return replace(bind, required=source) if kind == "required" else replace(bind, constraint=source)


def _absolute(source: str, form: FormDefinition) -> str:
    """`${name}`, as authors write a question, as its path in the form."""
    for path, question in form.questions.items():
        source = source.replace(f"${{{question.name}}}", f"/{form.root_name}/{path}")
    return source
