"""A changed rule on past records: what would fail, pass, or cost something else; nothing is written."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from pathlib import Path

import pytest

from fieldapp.errors import FormError, RefusedError
from fieldapp.rules.changed import RuleChange, changed
from fieldapp.rules.trying import Plan, Side, Trial, past_records, tried
from tests.support import workplaces
from tests.support.workplaces import City

VISIT, PERMIT = "building-inspection", "building-permit"


def never() -> bool:
    return False


def tried_on(town: City, service: str, then: Side) -> Trial:
    desk = town.supervisor.desk
    plan = Plan(Side.of(desk.catalogue.get(service)), then)
    return list(tried(desk, plan, past_records(desk, desk.catalogue.get(service), 100), never))[-1]


def side(town: City, service: str = PERMIT) -> Side:
    return Side.of(town.catalogue.get(service))


def test_a_stricter_rule_tells_which_records_would_fail_and_why(town: City) -> None:
    workplaces.permits(town, 2)
    then = side(town).with_rule(RuleChange("project/a_area", "constraint", ". <= 40"))
    trial = tried_on(town, PERMIT, then)
    assert (trial.looked_at, trial.fail, trial.passing, trial.left_out) == (2, 2, 0, 0)
    assert [one.path for one in trial.differences[0].fails] == ["project/a_area"]


def test_the_same_rule_again_makes_no_difference(town: City) -> None:
    workplaces.permits(town, 1)
    same = side(town).form.questions["project/a_area"].bind.constraint
    trial = tried_on(town, PERMIT, side(town).with_rule(RuleChange("project/a_area", "constraint", same)))
    assert trial.differences == []


def test_a_question_that_must_be_answered_from_now_on(town: City) -> None:
    visit = workplaces.visits(town, 1)[0]
    workplaces.inspect(town, visit)
    town.sync()
    change = RuleChange("outcome/remarks", "required", "true()")
    trial = tried_on(town, VISIT, side(town, VISIT).with_rule(change))
    assert [one.record.id for one in trial.differences] == [visit.id]
    assert trial.differences[0].fails[0].kind == "required"


def test_a_rule_may_name_questions_as_authors_do(town: City) -> None:
    workplaces.permits(town, 1)
    then = side(town).with_rule(RuleChange("project/a_area", "constraint", ". > ${a_value}"))
    assert tried_on(town, PERMIT, then).fail == 1


def test_what_fails_now_may_pass_then(town: City) -> None:
    workplaces.permits(town, 1)
    desk = town.supervisor.desk
    strict = side(town).with_rule(RuleChange("project/a_area", "constraint", ". <= 40"))
    records = past_records(desk, strict.service, 10)
    trial = list(tried(desk, Plan(strict, side(town)), records, never))[-1]
    assert (trial.fail, trial.passing) == (0, 1)


def test_another_fee_tells_what_would_cost_otherwise(town: City) -> None:
    workplaces.permits(town, 1)
    now = side(town)
    dearer = Plan(now, now)
    for fee in {one.code for one in now.fees.fees if one.code.startswith("BP-")}:
        dearer = Plan(now, dearer.then.with_fee(fee, Decimal("999.00")))
    desk = town.supervisor.desk
    trial = list(tried(desk, dearer, past_records(desk, now.service, 10), never))[-1]
    assert trial.fees == 1
    assert trial.differences[0].fee_then > trial.differences[0].fee_now


def test_nothing_is_written(town: City) -> None:
    workplaces.permits(town, 2)
    store = town.supervisor.store
    before = _whole(store.folder), store.verify_chain(), store.counts()
    tried_on(town, PERMIT, side(town).with_rule(RuleChange("project/a_area", "constraint", ". <= 40")))
    assert (_whole(store.folder), store.verify_chain(), store.counts()) == before


def test_it_ends_when_one_has_seen_enough(town: City) -> None:
    workplaces.permits(town, 3)
    desk, now = town.supervisor.desk, side(town)
    asked = iter((False, True))
    trials = list(tried(desk, Plan(now, now), past_records(desk, now.service, 10), lambda: next(asked)))
    assert trials[-1].looked_at == 1


def test_the_form_itself_stays_as_it_is(town: City) -> None:
    form = side(town).form
    before = form.questions["project/a_area"].bind
    changed(form, RuleChange("project/a_area", "constraint", ". <= 40"))
    assert form.questions["project/a_area"].bind is before


@pytest.mark.parametrize(
    ("path", "kind", "source"),
    [
        ("project/nothing", "constraint", ". > 1"),
        ("project/a_area", "calculate", "1"),
        ("project/a_area", "constraint", ". >"),
        ("project/a_area", "constraint", "wrong-function(.)"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_in_words(town: City, path: str, kind: str, source: str) -> None:
    with pytest.raises(FormError):
        changed(side(town).form, RuleChange(path, kind, source))


def test_a_fee_that_does_not_exist_is_refused(town: City) -> None:
    with pytest.raises(RefusedError, match="There is no fee “MOON”"):
        side(town).with_fee("MOON", Decimal(1))


def _whole(folder: Path) -> dict[str, str]:
    """Every file of the store with its content; the memory that readers share is none of it."""
    files = [one for one in sorted(folder.rglob("*")) if one.is_file() and not one.name.endswith("-shm")]
    return {str(one): hashlib.sha256(one.read_bytes()).hexdigest() for one in files}
