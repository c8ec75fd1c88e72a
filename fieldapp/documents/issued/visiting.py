"""The one sheet that a resident takes home from a visit: each of its services with what happens and what is missing."""

from __future__ import annotations

from collections.abc import Iterator

from fieldapp.documents.blank.wording import plain
from fieldapp.documents.issued.about import About
from fieldapp.documents.issued.sheet import Part, Rows, Sheet
from fieldapp.records import DUE
from fieldapp.services.declared import PaperRule
from fieldapp.services.derived import running_clock
from fieldapp.texts import tr


def visit_sheet(rule: PaperRule, about: About) -> Sheet:
    """The sheet of a visit. `about.cases` are its services."""
    missing = [one for one in about.cases if _missing(one)]
    return Sheet(
        language=about.language,
        kind=rule.kind,
        title=rule.title.text(about.language),
        number=(tr("Reference of the visit"), about.record.reference),
        facts=tuple(_facts(about)),
        lead=() if missing else (tr("Nothing is missing, as far as we know today."),),
        parts=tuple(part for one in about.cases for part in _parts(one)),
        closing=(tr("Quote the reference of the request when you bring or send something."),),
    )


def _facts(about: About) -> Iterator[tuple[str, str]]:
    yield tr("Date"), about.day
    if about.person:
        yield tr("For the City"), about.person


def _parts(about: About) -> Iterator[Part]:
    yield Part(about.service.title.text(about.language), _stands(about))
    for title, words in _missing(about):
        yield Part(title, words=words, level=2)
    also = [one.title.text(about.language) for one in about.service.documents if not one.required]
    also = [one for one in also if one not in _shown(about)]
    if also:
        yield Part(tr("Papers, only if they apply to you"), words=tuple(also), level=2)


def _stands(about: About) -> Rows:
    """Where the request stands: its references, its state, its date, and what was shown."""
    record, service = about.record, about.service
    clock = running_clock(service, record.fields)
    due = record.get(DUE) if clock is not None else ""
    facts = {
        tr("Reference"): record.reference,
        tr("State"): service.state(record.state).title.text(about.language),
        (clock.title.text(about.language) if clock else ""): due,
        tr("Papers that you have shown"): ", ".join(_shown(about)),
    }
    return tuple((name, value) for name, value in facts.items() if name and value)


def _missing(about: About) -> list[tuple[str, tuple[str, ...]]]:
    """What is still needed of one request, under its headings; none where nothing is."""
    form, service = about.answers.form, about.service
    draft = service.state(about.record.state).kind in {"draft", "returned"}
    problems = form.problems() if draft else []
    asked = [f"{plain(form.label(one.node))} – {one.message}" for one in problems if form.label(one.node)]
    bring = [one.title.text(about.language) for one in service.documents if one.required and one.id not in about.shown]
    found = (
        (tr("Answers that are missing or must be corrected"), tuple(asked)),
        (tr("Papers that you still have to bring"), tuple(bring)),
        (tr("To be paid"), (about.owed,) if about.owed else ()),
    )
    return [one for one in found if one[1]]


def _shown(about: About) -> list[str]:
    return [one.title.text(about.language) for one in about.service.documents if one.id in about.shown]
