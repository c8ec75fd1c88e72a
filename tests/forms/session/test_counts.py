"""How many instances a repeat has, and what they begin with: counts, templates, given instances, nesting."""

from __future__ import annotations

from pathlib import Path

from fieldapp.forms import FormSession
from tests.support.forms import make_session
from tests.support.xforms import asked, repeated, xform_session

N = '<bind nodeset="/data/n" type="int"/>'
COUNTED = repeated("/data/r", asked("/data/r/p"), "/data/n")


def shown(session: FormSession, name: str = "p") -> list[str]:
    return [node.value for node in session.nodes() if node.name == name]


def test_a_counted_repeat_begins_with_the_instances_that_the_form_gives(tmp_path: Path) -> None:
    data = '<n>3</n><r jr:template=""><p>new</p></r><r><p>first</p></r>'
    assert shown(xform_session(tmp_path, data, N, asked("/data/n") + COUNTED)) == ["first", "new", "new"]


def test_a_given_instance_comes_back_when_the_count_does(tmp_path: Path) -> None:
    data = '<n>1</n><r jr:template=""><p>new</p></r><r><p>first</p></r>'
    session = xform_session(tmp_path, data, N, asked("/data/n") + COUNTED)
    session.set("n", "0")
    assert shown(session) == []
    session.set("n", "2")
    assert shown(session) == ["first", "new"]


def test_a_count_below_nothing_is_nothing(tmp_path: Path) -> None:
    session = xform_session(tmp_path, "<n>2</n><r><p/></r>", N, asked("/data/n") + COUNTED)
    session.set("n", "-1")
    assert shown(session) == []


def test_a_count_that_is_taken_back_leaves_what_is_there(tmp_path: Path) -> None:
    session = xform_session(tmp_path, "<n>2</n><r><p/></r>", N, asked("/data/n") + COUNTED)
    session.set("r[d2]/p", "kept")
    session.set("n", "")
    assert shown(session) == ["", "kept"]


def test_nobody_knows_the_count_yet(tmp_path: Path) -> None:
    assert shown(xform_session(tmp_path, "<n/><r><p/></r>", N, asked("/data/n") + COUNTED)) == []


def test_a_constant_count(tmp_path: Path) -> None:
    assert len(shown(xform_session(tmp_path, "<r><p/></r>", "", repeated("/data/r", asked("/data/r/p"), "3")))) == 3


def test_instances_are_not_counted_out_of_sight(tmp_path: Path) -> None:
    model = f'{N}<bind nodeset="/data/r" relevant="/data/n &gt; 2"/>'
    session = xform_session(tmp_path, "<n>2</n><r><p/></r>", model, asked("/data/n") + COUNTED)
    assert len(shown(session)) == 1
    session.set("n", "3")
    assert len(shown(session)) == 3


def test_counts_in_counts(tmp_path: Path) -> None:
    survey = """
    type         | name  | label | calculation | repeat_count
    integer      | n     | N     |             |
    begin_repeat | floor | Floor |             | ${n}
    integer      | rooms | Rooms |             |
    begin_repeat | room  | Room  |             | ${rooms}
    integer      | size  | Size  |             |
    end_repeat   |       |       |             |
    calculate    | count |       | count(${room}) |
    end_repeat   |       |       |             |
    calculate    | all   |       | sum(${size}) |
    """
    session = make_session(tmp_path, survey)
    session.set("n", "2")
    session.set("floor[d1]/rooms", "2")
    session.set("floor[d2]/rooms", "1")
    session.set("floor[d1]/room[d2]/size", "5")
    session.set("floor[d2]/room[d1]/size", "7")
    assert [node.value for node in session.nodes() if node.name == "count"] == ["2", "1"]
    assert session.node("all").value == "12"
    session.set("floor[d1]/rooms", "0")
    assert session.node("all").value == "7"


def test_an_added_instance_begins_with_the_template(tmp_path: Path) -> None:
    data = '<r jr:template=""><p>new</p></r><r><p>first</p></r>'
    session = xform_session(tmp_path, data, "", repeated("/data/r", asked("/data/r/p")))
    session.add("r")
    assert shown(session) == ["first", "new"]


def test_given_instances_are_no_templates(tmp_path: Path) -> None:
    data = "<r><p>first</p><s><q>1</q></s><s><q>2</q></s></r>"
    body = repeated("/data/r", asked("/data/r/p") + repeated("/data/r/s", asked("/data/r/s/q")))
    session = xform_session(tmp_path, data, "", body)
    second = session.add("r")
    assert shown(session) == ["first", ""]
    assert second.by_name["s"].children == []
    session.add("r[d1]/s")
    assert shown(session, "q") == ["1", "2", ""]


def test_the_template_in_a_template_is_for_all_instances(tmp_path: Path) -> None:
    """As pyxform writes nested repeats: the inner template stands in the outer one alone."""
    data = '<r jr:template=""><s jr:template=""><q>new</q></s></r><r><s><q>first</q></s></r>'
    body = repeated("/data/r", repeated("/data/r/s", asked("/data/r/s/q")))
    session = xform_session(tmp_path, data, "", body)
    session.add("r[d1]/s")
    second = session.add("r")
    assert second.by_name["s"].children == []
    session.add(f"{second.path}/s")
    assert shown(session, "q") == ["first", "new", "new"]


def test_a_form_may_begin_with_no_instance(tmp_path: Path) -> None:
    session = xform_session(tmp_path, '<r jr:template=""><p>new</p></r>', "", repeated("/data/r", asked("/data/r/p")))
    assert shown(session) == []
    session.add("r")
    assert shown(session) == ["new"]


NAMES = """
type         | name  | label | calculation
begin_repeat | child | Child |
text         | first | First |
calculate    | above |       | indexed-repeat(${first}, ${child}, position(..) - 1)
calculate    | same  |       | count(${child}[first = current()/../first])
end_repeat   |       |       |
calculate    | two   |       | indexed-repeat(${first}, ${child}, 2)
calculate    | last  |       | /data/child[position() = count(/data/child)]/first
"""


def test_instances_refer_to_one_another(tmp_path: Path) -> None:
    session = make_session(tmp_path, NAMES)
    for number, name in enumerate(["ann", "bob", "ann"], 1):
        if number > 1:
            session.add("child")
        session.set(f"/data/child[{number}]/first", name)
    assert shown(session, "above") == ["", "ann", "bob"]
    assert shown(session, "same") == ["2", "1", "2"]
    assert (session.node("two").value, session.node("last").value) == ("bob", "ann")
    session.remove("/data/child[1]")
    assert shown(session, "above") == ["", "bob"]
    assert (session.node("two").value, shown(session, "same")) == ("ann", ["1", "1"])
