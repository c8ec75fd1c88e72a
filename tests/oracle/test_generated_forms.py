"""Made-up forms, filled by a made-up hand: our engine says of every node after every step what JavaRosa says.

Where it says something else, it follows a written rule of ours (our_rules.py). Web Forms is asked as well: what the two
disagree about shows in a failure's report.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

import fieldapp.forms
from fieldapp.forms import FormSession, load_form
from tests.oracle import ours
from tests.oracle.engines import Engine
from tests.oracle.forms.steps import Hand
from tests.oracle.forms.strategy import forms, moves
from tests.oracle.our_rules import ROWS, row_of
from tests.oracle.reply import Difference, Reply, Step, differences, same

STEPS = 20
FORMS_A_PART = 40
PARTS, SOAK_PARTS = 4, 400


class Comparison:
    """Compares form after form and keeps count, so that a comparison of nothing cannot pass."""

    def __init__(self, javarosa: Engine, web_forms: Engine, folder: Path) -> None:
        self.engines = (javarosa, web_forms)
        self.form = folder / "form.xml"
        self.counts: Counter[str] = Counter()

    def compare(self, xform: str, hand_moves: list[tuple[str, int, int]]) -> None:
        """One form: AssertionError with the form, the steps and the difference."""
        self.form.write_text(xform, "utf-8")
        steps = self._filled(hand_moves)
        theirs = {engine.name: engine.run(self.form, steps) for engine in self.engines}
        failed = {name: reply.error for name, reply in theirs.items() if not reply.ok}
        assert not failed, f"{failed}\n{xform}"
        self.counts["forms"] += 1
        mine = ours.run(self.form, steps)
        for step, found in self._by_step(mine, theirs):
            self.counts["steps"] += 1
            if any(row_of(one) for one in found):
                self.counts["ended by a rule of ours"] += 1
                return  # what follows from it, in the same step already, differs as well
            wrong = [one for one in found if not same(one.ours, one.theirs.get("JavaRosa", one.ours))]
            assert not wrong, f"{wrong[0]}\n{steps[:step]}\n{xform}"

    def _filled(self, hand_moves: list[tuple[str, int, int]]) -> list[Step]:
        hand = Hand(FormSession(load_form(self.form)))
        for move in hand_moves:
            hand.move(*move)
        return list(hand.steps)

    def _by_step(self, mine: Reply, theirs: dict[str, Reply]) -> Iterator[tuple[int, list[Difference]]]:
        """The differences after each step, as far as all engines took the steps."""
        found = list(differences(mine, theirs))
        refused = [int(error["step"]) for reply in theirs.values() for error in reply.errors]
        for step in takewhile(lambda step: step not in refused, range(len(mine.states))):
            yield step, [one for one in found if one.step == step]


def _compare_part(number: int, comparison: Comparison) -> Counter[str]:
    @seed(number)
    @settings(
        max_examples=FORMS_A_PART,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink],
    )
    @given(forms(), moves(STEPS, STEPS))
    def run(xform: str, hand_moves: list[tuple[str, int, int]]) -> None:
        comparison.compare(xform, hand_moves)

    run()
    return comparison.counts


def test_every_rule_is_written_down() -> None:
    readme = (Path(fieldapp.forms.__file__).parent / "README.md").read_text("utf-8")
    assert [row.point for row in ROWS if f"\n| {row.point} |" not in readme] == []


@pytest.mark.parametrize("part", range(PARTS))
def test_generated_forms_agree(part: int, javarosa: Engine, web_forms: Engine, tmp_path: Path) -> None:
    """160 forms, 20 steps each: eight of them at least are compared, on average."""
    counts = _compare_part(part, Comparison(javarosa, web_forms, tmp_path))
    assert counts["forms"] >= FORMS_A_PART
    assert counts["steps"] >= 8 * counts["forms"], counts


@pytest.mark.soak
@pytest.mark.parametrize("part", range(PARTS, PARTS + SOAK_PARTS))
def test_many_more_agree(part: int, javarosa: Engine, web_forms: Engine, tmp_path: Path) -> None:
    """30,000 more."""
    counts = _compare_part(part, Comparison(javarosa, web_forms, tmp_path))
    assert counts["steps"] >= 10 * counts["forms"], counts
