"""What begins after a step of another record, with its answers: the order after the visit that found what is wrong.

It is data of the service that begins (`[[after]]`): after which steps of which service, for which answers there, what
is copied, and which rows of its repeats become rows here. Both records belong to the same one. Nothing is taken for
granted: what begins is a draft, which its author completes or leaves.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fieldapp.records import Record
from fieldapp.services.declared import CarrySource
from fieldapp.services.entries import Entries
from fieldapp.services.instances import rows_of
from fieldapp.services.parts import read_source
from fieldapp.services.steps import read_when


@dataclass(frozen=True)
class Choice:
    """An answer here that follows from one there: `values` names there: here. What is not named leaves it blank."""

    into: str
    from_: str
    values: Mapping[str, str]


@dataclass(frozen=True)
class Sequel:
    """After one of `steps` of a record of `service`; with a `question`, only while its answer there is one of `values`
    (`negated`: none of them). `rows` names for each repeat there the one here."""

    service: str
    steps: frozenset[str]
    question: str
    values: frozenset[str]
    negated: bool
    answers: Mapping[str, str]
    copy: Mapping[str, str]
    choices: tuple[Choice, ...]
    rows: tuple[tuple[str, CarrySource], ...]

    def holds(self, step: str, done: Record) -> bool:
        """Whether it begins after `step` of a record as that stands now."""
        fits = not self.question or (done.get(self.question) in self.values) is not self.negated
        return done.service == self.service and step in self.steps and fits

    def prefill(self, done: Record) -> dict[str, str]:
        """The answers that the new record begins with."""
        chosen = {one.into: one.values.get(done.get(one.from_), "") for one in self.choices}
        copied = {path: done.get(source) for path, source in self.copy.items()}
        known = {**self.answers, **copied, **chosen, **self._rows(done)}
        return {path: value for path, value in known.items() if value}

    def _rows(self, done: Record) -> dict[str, str]:
        """A row here for each open row there, in the same order; its key is the same on every laptop."""
        fields: dict[str, str] = {}
        for number, (into, path, row, source) in enumerate(self._open(done), start=1):
            at = f"{into}[a{hashlib.sha256(f'{done.id}/{path}'.encode()).hexdigest()[:8]}]"
            fields[at] = str(number)
            fields |= {f"{at}/{new}": row[old] for new, old in source.copy.items() if row.get(old)}
        return fields

    def _open(self, done: Record) -> Iterator[tuple[str, str, Mapping[str, str], CarrySource]]:
        for into, source in self.rows:
            for path, row in rows_of(done.fields, source.repeat).items():
                if not source.question or row.get(source.question, "") in source.values:
                    yield into, path, row, source


def read_sequels(entries: Entries) -> tuple[Sequel, ...]:
    """After what records of this service begin."""
    return tuple(_sequel(item) for item in entries.tables("after"))


def named(sequel: Sequel) -> Iterator[tuple[str, str]]:
    """Each question of the service itself that is filled in, with the key that names it."""
    yield from (("after.answers", path) for path in sequel.answers)
    yield from (("after.copy", path) for path in sequel.copy)
    yield from (("after.choices.into", one.into) for one in sequel.choices)
    for into, source in sequel.rows:
        yield "after.rows.into", into
        yield from (("after.rows.copy", f"{into}/{name}") for name in source.copy)


def asked(sequel: Sequel) -> Iterator[tuple[str, str]]:
    """Each question of the other service that is read, with the key that names it."""
    yield from (("after.when", sequel.question),) if sequel.question else ()
    yield from (("after.copy", path) for path in sequel.copy.values())
    yield from (("after.choices.from", one.from_) for one in sequel.choices)
    for _into, source in sequel.rows:
        yield "after.rows.repeat", source.repeat
        yield from (("after.rows.copy", f"{source.repeat}/{name}") for name in source.copy.values())
        yield from (("after.rows.open_when", f"{source.repeat}/{source.question}"),) if source.question else ()


def _sequel(item: Entries) -> Sequel:
    question, values, negated = read_when(item)
    sequel = Sequel(
        service=item.text("service"),
        steps=frozenset(item.texts("steps")),
        question=question,
        values=values,
        negated=negated,
        answers=item.pairs("answers"),
        copy=item.pairs("copy"),
        choices=tuple(_choice(one) for one in item.tables("choices")),
        rows=tuple((one.text("into"), read_source(one)) for one in item.tables("rows")),
    )
    item.finish()
    return sequel


def _choice(item: Entries) -> Choice:
    choice = Choice(item.text("into"), item.text("from"), item.pairs("values"))
    item.finish()
    return choice
