"""The three questions after a visit: what is asked, and the box that the answers fall into.

Answers are nobody's: no name, no place, no link to the visit. But a Change bears its moment and its clerk, and so the
clock would tell whose they are, next to the record of the visit itself. Therefore they wait in a box on this laptop,
without a time, until several are in it; then all go, shuffled.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from secrets import SystemRandom

from fieldapp.access import has_role
from fieldapp.actions.desk import Desk
from fieldapp.actions.forms import open_form
from fieldapp.actions.start import discard, start
from fieldapp.actions.steps import take
from fieldapp.errors import FieldAppError
from fieldapp.records import Record
from fieldapp.reports.survey import SURVEY, questions

TOGETHER = 5  # answers that go at once: as few as the City counts in public
BOX = "survey.box"  # the setting of the store that holds them
AGREED, NOTICE = "survey/agreed", "survey/notice_text"
STEP = "submit"


@dataclass(frozen=True)
class Asked:
    """A question and its choices: (value, words) each."""

    path: str
    title: str
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Sheet:
    """What a resident reads, in one language."""

    language: str
    title: str
    notice: str
    asked: tuple[Asked, ...]


def may_ask(desk: Desk) -> bool:
    """Whether the City asks the three questions, and this person may."""
    return SURVEY in desk.catalogue and has_role(desk.person, desk.catalogue.get(SURVEY).start_roles)


def sheet(desk: Desk, language: str) -> Sheet:
    """The questions as the service's form has them. FormError or ServiceError where it cannot be used."""
    service = desk.catalogue.get(SURVEY)
    form = open_form(desk, Record("", service.id, service.form_version), lang=language)
    root = f"/{form.definition.root_name}"
    nodes = [form.node(f"{root}/{one.path}") for one in questions()]
    asked = tuple(
        Asked(one.path, form.label(node), tuple((choice.name, choice.label) for choice in form.choices(node)))
        for one, node in zip(questions(), nodes, strict=True)
    )
    return Sheet(language, service.title.text(language), form.label(form.node(f"{root}/{NOTICE}")), asked)


def hand_in(desk: Desk, answers: Mapping[str, str], language: str) -> int:
    """Put what somebody who agreed has answered into the box, durably; how many wait in it then. Where nothing was
    answered, nothing is kept. A full box is emptied: should that fail, it is done with the next answers."""
    given = {path: value for path, value in answers.items() if value}
    if not given:
        return len(_box(desk))
    _keep(desk, [*_box(desk), {**given, "lang": language}])
    if len(_box(desk)) >= TOGETHER:
        _empty(desk)
    return len(_box(desk))


def _empty(desk: Desk) -> None:
    """Send all that is in the box, in no order. Each is taken out before it is kept: a laptop that is killed in
    between loses one answer rather than counting it twice."""
    waiting = _box(desk)
    SystemRandom().shuffle(waiting)
    while waiting:
        one = waiting.pop()
        _keep(desk, waiting)
        try:
            _send(desk, one)
        except FieldAppError:
            _keep(desk, [*waiting, one])
            raise


def _send(desk: Desk, said: Mapping[str, str]) -> None:
    answers = {path: value for path, value in said.items() if path != "lang"}
    record = start(desk, SURVEY, prefill={**answers, AGREED: "OK"}, lang=said["lang"])
    try:
        take(desk, record.id, STEP)
    except FieldAppError:
        discard(desk, record.id)
        raise


def _box(desk: Desk) -> list[dict[str, str]]:
    return list(json.loads(desk.store.setting(BOX) or "[]"))


def _keep(desk: Desk, answers: list[dict[str, str]]) -> None:
    desk.store.keep_setting(BOX, json.dumps(answers))
