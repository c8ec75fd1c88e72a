"""What a step of one record does to the record that it belongs to: an inspection that is handed in moves its case on.

It is data of the service below: which of its steps take which step of the parent's service, and for which answers. The
gateway takes the parent's step by itself, in the transaction that takes the step below, where it is open then, and open
to whoever took that one; else the parent stays where it is: a person has moved it on already, it has gone another way,
or the step is a second person's. Its reason is the one that was given below, else which record moved it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from fieldapp.services.declared import Transition
from fieldapp.services.entries import Entries
from fieldapp.services.steps import read_when
from fieldapp.texts import tr


@dataclass(frozen=True)
class Effect:
    """One of `steps` takes the parent's step `takes`; with a `question`, only while its answer here is one of `values`
    (`negated`: none of them)."""

    steps: frozenset[str]
    takes: str
    question: str = ""
    values: frozenset[str] = frozenset()
    negated: bool = False

    def holds(self, step: str, answers: Mapping[str, str]) -> bool:
        """Whether `step` of a record with these answers has this effect."""
        fits = not self.question or (answers.get(self.question, "") in self.values) is not self.negated
        return step in self.steps and fits


def read_effects(entries: Entries, steps: Iterable[Transition], *, parent: bool) -> tuple[Effect, ...]:
    """The effects that a service has on its parent's records; it must have a parent."""
    known = {step.id for step in steps}
    return tuple(_effect(item, known, parent=parent) for item in entries.tables("effects"))


def _effect(item: Entries, known: Collection[str], *, parent: bool) -> Effect:
    question, values, negated = read_when(item)
    effect = Effect(frozenset(item.texts("steps")), item.text("takes"), question, values, negated)
    item.finish()
    if not parent:
        item.wrong("takes", tr("there is no record above: name the service under parent"))
    for step in sorted(effect.steps - set(known)):
        item.wrong("steps", tr("unknown step “{step}”", step=step))
    return effect


def faults(effect: Effect, below: Iterable[Transition], above: Iterable[Transition]) -> Iterator[str]:
    """Why the gateway could not take the parent's step by itself: it lacks, it asks for a person's word, or who takes
    the step below may not take it."""
    step = next((one for one in above if one.id == effect.takes), None)
    if step is None:
        yield tr("unknown step “{step}”", step=effect.takes)
        return
    if step.needs_complete_form:
        yield tr("“{step}” takes a person: it needs a complete form", step=step.id)
    for one in below:
        if one.id in effect.steps and (more := one.roles - step.roles):
            words = {"step": one.id, "takes": step.id, "roles": ", ".join(sorted(more))}
            yield tr("who takes “{step}” might not take “{takes}”: {roles}", **words)
