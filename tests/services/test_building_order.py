"""Building Code Act orders: who signs which, what a stop work order must show, with a permit and without one."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from fieldapp.actions import Desk, start
from fieldapp.errors import RefusedError
from fieldapp.forms import FormSession
from fieldapp.records import PARENT
from fieldapp.services import Catalogue, official
from fieldapp.services.tables import read_table
from tests.support.filling import ANSWERS, fill, messages, open_service, record_with, steps_of, value
from tests.support.gateway import INSPECTOR_8
from tests.support.money import desk_of, money_city
from tests.support.services import person

SERVICE = Catalogue.load().get("building-order")
INSTRUMENTS = read_table(SERVICE.files.folder / "instruments.csv").rows
CHIEF_SIGNS = {"uncover", "stop_work", "prohibit_use", "emergency"}


def filled(**changed: str) -> FormSession:
    session = fill(open_service(SERVICE), ANSWERS[SERVICE.id])
    return fill(session, {path.replace("__", "/"): text for path, text in changed.items()})


def steps(session: FormSession, state: str, role: str) -> list[str]:
    who = person("clara" if role == "inspector" else "sam", role)
    return steps_of(session, SERVICE, state, who)


@pytest.mark.parametrize("kind", [row["code"] for row in INSTRUMENTS])
def test_who_signs_which_order(kind: str) -> None:
    session = filled(instrument__instr_type=kind)
    assert steps(session, "draft", "inspector") == (["prepare"] if kind in CHIEF_SIGNS else ["issue"])
    assert session.node("/data/instrument/chief_note").relevant == (kind in CHIEF_SIGNS)


def test_the_chief_official_signs_what_another_prepared_and_then_it_has_its_number() -> None:
    session = filled(instrument__instr_type="stop_work")
    assert steps(session, "to_sign", "supervisor") == ["sign", "return", "withdraw"]
    assert steps(session, "to_sign", "inspector") == ["withdraw"]
    assert [one.id for one in official.due(SERVICE.numbers, "sign", record_with(session, SERVICE, "to_sign").fields)]
    assert not official.due(SERVICE.numbers, "prepare", record_with(session, SERVICE, "draft").fields)


def test_a_stop_work_order_says_which_order_was_not_obeyed() -> None:
    wrong = messages(filled(instrument__instr_type="stop_work"))
    names = {path.removeprefix("prior/") for path in wrong}
    assert names == {"prior_order", "prior_served", "prior_missed_on", "efforts", "allowed_work"}


def test_the_last_day_to_appeal_is_twenty_days_after_service() -> None:
    served = {"service__is_served": "yes", "service__serve_how": "personal"}
    session = filled(**served, service__served_at="2026-11-23T08:30:00.000-05:00")
    assert messages(session) == {}
    assert value(session, "service/appeal_last") == "2026-12-13"
    assert steps(session, "to_serve", "inspector") == ["served"]


def test_an_order_begins_without_a_permit_an_inspection_does_not(tmp_path: Path) -> None:
    with closing(money_city(tmp_path)) as city:
        _begins_alone(desk_of(city, city.laptop(INSPECTOR_8)))


def _begins_alone(desk: Desk) -> None:
    order = start(desk, "building-order")
    assert order.get(PARENT) == ""
    assert order.get("case/channel") == "field"
    with pytest.raises(RefusedError, match="belongs to another record, “Building permit application”"):
        start(desk, "building-inspection")
