"""Undo and redo: whatever was done is taken back exactly, brought again exactly, and the form goes on as if not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldapp.clock import FixedClock
from fieldapp.errors import FormError
from fieldapp.forms import FormDefinition, FormSession
from tests.support.forms import make_form, make_session

SURVEY = """
type | name | label | relevant | calculation | constraint | required | choice_filter | trigger | repeat_count
integer | n | N | | | . < 7 | yes | | |
begin_group | g | G | ${n} > 1 | | | | | |
select_one ward | ward | Ward ${n} | | | | | | |
select_one street | street | Street | | | | ${n} > 2 | ward = ${ward} | |
end_group | | | | | | | | |
begin_repeat | item | Item | | | | | | |
integer | price | Price | | | . < ${n} | | | |
begin_repeat | part | Part | ${price} > 1 | | | | | |
text | p | P | | | | | | |
calculate | place | | | concat(position(../..), '.', position(..), '/', ${total}) | | | | |
end_repeat | | | | | | | | |
end_repeat | | | | | | | | |
calculate | total | | | sum(${price}) | | | | |
begin_repeat | each | Each | | | | | | | ${n}
text | e | E | | | | | | |
end_repeat | | | | | | | | |
text | was | Was | | concat(${n}, '!', uuid()) | | | | ${n} |
calculate | once | | | once(concat(${was}, uuid())) | | | | |
end | end | | | | | | | |
"""
CHOICES = """
list_name | name  | label | ward
ward      | w1    | 1     |
ward      | w2    | 2     |
street    | king  | King  | w1
street    | main  | Main  | w1
street    | queen | Queen | w2
"""
Step = tuple[str, int]
Steps = st.lists(
    st.tuples(
        st.sampled_from(["n", "n", "ward", "street", "price", "p", "e", "item", "part", "remove"]), st.integers(0, 9)
    ),
    min_size=1,
    max_size=20,
)
Snapshot = list[tuple[object, ...]]


class Form:
    """A form with a short name in failures."""

    def __init__(self, definition: FormDefinition) -> None:
        self.definition = definition

    def opened(self) -> FormSession:
        """A session over a new record."""
        return FormSession(self.definition, clock=FixedClock())


@pytest.fixture(scope="module", name="form")
def _form(tmp_path_factory: pytest.TempPathFactory) -> Form:
    return Form(make_form(tmp_path_factory.mktemp("undo"), SURVEY, CHOICES))


def act(session: FormSession, verb: str, number: int) -> None:
    """One step of a person, chosen by chance; where it means nothing, nothing."""
    nodes = [node for node in session.nodes() if node.name == verb or (verb == "remove" and node.kind == "instance")]
    if verb in {"item", "part"}:
        nodes = [node for node in nodes if node.kind == "repeat"]
    if not nodes:
        return
    node = nodes[number % len(nodes)]
    try:
        if verb == "remove":
            session.remove(node.path)
        elif node.kind == "repeat":
            session.add(node.path)
        else:
            names = [choice.name for choice in session.choices(node)]
            session.set(node.path, names[number % len(names)] if names else str(number % 5))
    except FormError:
        return


def seen(session: FormSession, *, by_chance: bool = True) -> Snapshot:
    """All that a screen shows of every node."""
    return [
        (
            node.path if by_chance else node.ref,
            node.value if by_chance or node.name not in {"was", "once", "instanceID"} else "",
            (node.relevant, node.readonly, node.required, node.trouble, session.label(node)),
            tuple(choice.name for choice in session.choices(node)),
        )
        for node in session.nodes()
    ]


@settings(max_examples=80, deadline=None)
@given(steps=Steps)
def test_all_steps_go_back_and_come_again(form: Form, steps: list[Step]) -> None:
    session = form.opened()
    snapshots = [seen(session)]
    for step in steps:
        act(session, *step)
        if seen(session) != snapshots[-1]:
            snapshots.append(seen(session))
    back = [seen(session)]
    while session.can_undo:
        session.undo()
        back.append(seen(session))
    assert back == snapshots[::-1]
    again = [seen(session)]
    while session.can_redo:
        session.redo()
        again.append(seen(session))
    assert again == snapshots


@settings(max_examples=80, deadline=None)
@given(steps=Steps, others=Steps, taken=st.integers(1, 20))
def test_after_undo_the_form_goes_on_as_if_not(form: Form, steps: list[Step], others: list[Step], taken: int) -> None:
    """A session that took steps back behaves like one that never took them."""
    session, twin = form.opened(), form.opened()
    for step in steps:
        act(session, *step)
        act(twin, *step)
    for step in others[:taken]:
        count = len(seen(session)), session.answers()
        act(session, *step)
        if (len(seen(session)), session.answers()) != count:
            session.undo()
    for step in others:
        act(session, *step)
        act(twin, *step)
        assert seen(session, by_chance=False) == seen(twin, by_chance=False)


@settings(max_examples=40, deadline=None)
@given(steps=Steps)
def test_undo_names_all_that_changed(form: Form, steps: list[Step]) -> None:
    session = form.opened()
    for step in steps:
        act(session, *step)
    before = {row[0]: row for row in seen(session)}
    changed = session.undo()
    after = {row[0]: row for row in seen(session)}
    assert {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)} <= changed


def test_an_answer_goes_back_with_what_followed_from_it(form: Form) -> None:
    session = form.opened()
    session.set("n", "3")
    session.set("n", "2")
    assert {"n", "was", "each[d3]", "each"} <= session.undo()
    assert (session.node("n").value, len(session.node("each").children)) == ("3", 3)
    assert session.node("was").value.startswith("3!")


def test_a_removed_instance_comes_back_at_its_place_with_its_answers(form: Form) -> None:
    session = form.opened()
    session.set("item[d1]/price", "1")
    second = session.add("item")
    session.set(f"{second.path}/price", "2")
    session.remove("item[d1]")
    assert session.node("total").value == "2"
    session.undo()
    assert [node.path for node in session.node("item").children] == ["item[d1]", second.path]
    assert session.node("total").value == "3"
    session.set("item[d1]/price", "5")
    assert session.node("total").value == "7"


def test_a_new_step_ends_what_could_come_again(form: Form) -> None:
    session = form.opened()
    session.set("n", "1")
    session.undo()
    session.set("n", "2")
    assert not session.can_redo
    assert session.redo() == frozenset()


def test_nothing_to_undo_is_no_error(form: Form) -> None:
    session = form.opened()
    assert not session.can_undo
    assert session.undo() == frozenset()


def test_the_same_answer_again_is_no_step(form: Form) -> None:
    session = form.opened()
    session.set("n", "1")
    session.set("n", "1")
    session.undo()
    assert not session.can_undo


def test_a_refused_answer_leaves_nothing_behind(tmp_path: Path) -> None:
    survey = """
    type         | name | label | calculation                        | repeat_count
    integer      | n    | N     |                                    |
    calculate    | twice |      | ${n} * 2                           |
    begin_repeat | r    | R     |                                    | ${twice}
    calculate    | c    |       | ${n}                               |
    end_repeat   |      |       |                                    |
    """
    session = make_session(tmp_path, survey)
    session.set("n", "2")
    before = seen(session)
    with pytest.raises(FormError, match="at most 10000"):
        session.set("n", "9000")
    assert seen(session) == before
    assert session.can_undo
    session.set("n", "1")
    assert len(session.node("r").children) == 2


def test_steps_beyond_reason_are_forgotten(tmp_path: Path) -> None:
    rows = "\n".join(f"calculate | c{number} | | ${{n}} + {number}" for number in range(400))
    session = make_session(tmp_path, f"type | name | label | calculation\ninteger | n | N |\n{rows}")
    for number in range(600):
        session.set("n", str(number + 1))
    steps = 0
    while session.can_undo:
        session.undo()
        steps += 1
    assert 400 < steps < 600
    assert session.node("c0").value == str(600 - steps)
