"""Repeats: instances with keys that stay, counts, sums over them, nesting, and what removing one means."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.errors import FormError
from fieldapp.forms import FormSession
from tests.support.forms import make_session

SURVEY = """
type         | name  | label | calculation   | default | relevant
begin_repeat | items | Items |               |         |
text         | what  | What  |               | thing   |
integer      | price | Price |               |         |
calculate    | place |       | position(..)  |         |
calculate    | share |       | ${price} div sum(/data/items/price) | |
text         | note  | Note  |               |         | ${price} > 10
end_repeat   |       |       |               |         |
calculate    | total |       | sum(${price}) |         |
calculate    | many  |       | count(${items}) |       |
calculate    | list  |       | join(', ', ${what}) |   |
"""


@pytest.fixture
def session(tmp_path: Path) -> FormSession:
    return make_session(tmp_path, SURVEY)


def test_a_new_record_has_the_first_instance(session: FormSession) -> None:
    repeat = session.node("items")
    assert repeat.kind == "repeat"
    assert [(node.kind, node.ref, node.path) for node in repeat.children] == [
        ("instance", "/data/items[1]", "items[d1]")
    ]
    assert session.node("/data/items[1]/what").value == "thing"


def test_aggregates_follow_instances(session: FormSession) -> None:
    session.set("/data/items[1]/price", "3")
    second = session.add("/data/items")
    session.set(f"{second.path}/price", "9")
    assert (session.node("total").value, session.node("many").value) == ("12", "2")
    assert session.node("list").value == "thing, thing"
    session.remove("/data/items[1]")
    assert (session.node("total").value, session.node("many").value) == ("9", "1")


def test_keys_stay_when_positions_move(session: FormSession) -> None:
    second = session.add("items")
    path = second.path
    session.set(f"{path}/what", "chair")
    assert session.node("/data/items[2]/place").value == "2"
    session.remove("items[d1]")
    assert session.node(path).ref == "/data/items[1]"
    assert session.node(f"{path}/what").value == "chair"
    assert session.node(f"{path}/place").value == "1"


def test_keys_of_added_instances_are_never_the_same(session: FormSession) -> None:
    keys = {session.add("items").key for _ in range(50)}
    assert len(keys) == 50


def test_relevance_is_by_instance(session: FormSession) -> None:
    second = session.add("items")
    changed = session.set(f"{second.path}/price", "20")
    assert session.node(f"{second.path}/note").relevant
    assert not session.node("items[d1]/note").relevant
    assert f"{second.path}/note" in changed
    assert "items[d1]/note" not in changed


def test_an_answer_recalculates_only_its_instance_and_the_sums(session: FormSession) -> None:
    second = session.add("items")
    session.set(f"{second.path}/price", "1")
    assert session.set("items[d1]/what", "x") == {"items[d1]/what", "list"}


def test_add_and_remove_are_refused_where_they_mean_nothing(session: FormSession) -> None:
    with pytest.raises(FormError, match="no repeat"):
        session.add("total")
    with pytest.raises(FormError, match="no instance"):
        session.remove("/data/items")
    with pytest.raises(FormError, match="no such question"):
        session.remove("/data/items[7]")


COUNTED = """
type         | name | label | calculation | repeat_count
integer      | n    | N     |             |
begin_repeat | r    | R     |             | ${n}
text         | t    | T     |             |
calculate    | all  |       | concat(position(..), '/', ${n}) |
end_repeat   |      |       |             |
"""


def test_the_form_counts_its_instances(tmp_path: Path) -> None:
    session = make_session(tmp_path, COUNTED)
    assert session.node("r").children == []
    session.set("n", "3")
    assert [node.path for node in session.node("r").children] == ["r[d1]", "r[d2]", "r[d3]"]
    session.set("r[d2]/t", "two")
    changed = session.set("n", "2")
    assert "r" in changed
    assert [node.value for node in session.nodes() if node.name == "all"] == ["1/2", "2/2"]
    assert session.node("r[d2]/t").value == "two"


def test_nobody_else_adds_to_a_counted_repeat(tmp_path: Path) -> None:
    session = make_session(tmp_path, COUNTED)
    session.set("n", "1")
    assert session.node("r").readonly
    assert not session.node("r[d1]/t").readonly
    with pytest.raises(FormError, match="how often"):
        session.add("r")
    with pytest.raises(FormError, match="how often"):
        session.remove("r[d1]")


def test_a_count_beyond_reason_is_refused(tmp_path: Path) -> None:
    session = make_session(tmp_path, COUNTED)
    with pytest.raises(FormError, match="at most 10000"):
        session.set("n", "2000000")
    assert session.node("n").value == ""
    session.set("n", "1")
    assert len(session.node("r").children) == 1


NESTED = """
type         | name  | label | calculation
begin_repeat | floor | Floor |
text         | f     | F     |
begin_repeat | room  | Room  |
integer      | size  | Size  |
calculate    | where |       | concat(${f}, ':', position(..))
end_repeat   |       |       |
calculate    | area  |       | sum(${size})
end_repeat   |       |       |
calculate    | all   |       | sum(${size})
"""


def test_nested_repeats_keep_to_their_own(tmp_path: Path) -> None:
    session = make_session(tmp_path, NESTED)
    session.set("/data/floor[1]/f", "A")
    session.set("/data/floor[1]/room[1]/size", "5")
    second = session.add("floor")
    session.set(f"{second.path}/f", "B")
    for size in ("7", "8"):
        room = session.add(f"{second.path}/room")
        session.set(f"{room.path}/size", size)
    assert [node.value for node in session.nodes() if node.name == "area"] == ["5", "15"]
    assert [node.value for node in session.nodes() if node.name == "where"] == ["A:1", "B:1", "B:2"]
    assert session.node("all").value == "20"
    assert "/room[" in session.node(f"{room.path}/size").ref


RUNNING = """
type         | name | label | calculation
begin_repeat | r    | R     |
integer      | x    | X     |
calculate    | sum  |       | coalesce(${x}, 0) + coalesce(/data/r[position() = position(current()/..) - 1]/sum, 0)
end_repeat   |      |       |
"""


def test_instances_may_refer_to_earlier_ones_of_themselves(tmp_path: Path) -> None:
    session = make_session(tmp_path, RUNNING)
    for _ in range(29):
        session.add("r")
    for number in range(1, 31):
        session.set(f"/data/r[{number}]/x", str(number))
    assert session.node("/data/r[30]/sum").value == str(30 * 31 // 2)
    session.set("/data/r[1]/x", "101")
    assert session.node("/data/r[30]/sum").value == str(30 * 31 // 2 + 100)


def test_a_circle_that_shows_only_when_running_is_stopped(tmp_path: Path) -> None:
    survey = """
    type         | name | label | calculation
    begin_repeat | r    | R     |
    calculate    | a    |       | /data/r[position() = 1]/a + 1
    end_repeat   |      |       |
    """
    session = make_session(tmp_path, survey)
    assert session.node("/data/r[1]/a").value == ""  # blank + 1 is no number: at rest at once
    growing = survey.replace("+ 1", "* 1 + count(/data/r)").replace(
        "/data/r[position() = 1]/a", "coalesce(/data/r[1]/a, 0)"
    )
    with pytest.raises(FormError, match=r"circle: /data/r\[1\]/a$"):
        make_session(tmp_path, growing)


def test_instances_as_long_as_the_last_one_asks_for_another(tmp_path: Path) -> None:
    count = "if(indexed-repeat(${more}, ${r}, count(${r})) = 'yes', count(${r}) + 1, count(${r}))"
    survey = f"""
    type         | name | label | repeat_count
    begin_repeat | r    | R     | if(count(${{r}}) = 0, 1, {count})
    text         | more | More? |
    end_repeat   |      |       |
    """
    session = make_session(tmp_path, survey)
    assert len(session.node("r").children) == 1
    session.set("/data/r[1]/more", "yes")
    session.set("/data/r[2]/more", "yes")
    session.set("/data/r[3]/more", "no")
    assert len(session.node("r").children) == 3


def test_defaults_of_a_new_instance(tmp_path: Path) -> None:
    survey = """
    type         | name | label | default
    begin_repeat | r    | R     |
    date         | day  | D     | today()
    text         | kind | K     | plain
    end_repeat   |      |       |
    """
    session = make_session(tmp_path, survey)
    second = session.add("r")
    values = [session.node(f"{node.path}/{name}").value for node in (second,) for name in ("day", "kind")]
    assert values == ["2026-11-23", "plain"]
    assert session.node("r[d1]/day").value == "2026-11-23"


def test_a_repeat_in_a_group_that_is_not_relevant(tmp_path: Path) -> None:
    survey = """
    type         | name | label | relevant   | calculation
    text         | any  | Any   |            |
    begin_group  | g    | G     | ${any} = 'yes' |
    begin_repeat | r    | R     |            |
    text         | t    | T     |            |
    end_repeat   |      |       |            |
    end_group    |      |       |            |
    calculate    | n    |       |            | count(${r})
    """
    session = make_session(tmp_path, survey)
    assert session.node("n").value == "0"
    assert not session.node("g/r[d1]/t").relevant
    session.set("any", "yes")
    assert session.node("n").value == "1"
    assert session.node("g/r").relevant
    assert session.node("g/r[d1]/t").relevant
