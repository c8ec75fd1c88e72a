"""What forms do at events: values set when a record begins, an instance is added, an answer changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.errors import FormError
from fieldapp.forms import FormSession
from fieldapp.forms.session.environment import Device
from tests.support.xforms import asked, repeated, xform_session

CHANGED = "xforms-value-changed"


def sets(event: str, ref: str, value: str) -> str:
    """A setvalue by an expression."""
    return f'<setvalue event="{event}" ref="{ref}" value="{value}"/>'


def values(session: FormSession, *places: str) -> list[str]:
    return [session.node(place).value for place in places]


def test_an_action_sees_what_was_calculated_from_the_answer(tmp_path: Path) -> None:
    session = xform_session(
        tmp_path,
        "<a/><twice/><b/>",
        '<bind nodeset="/data/a" type="int"/><bind nodeset="/data/twice" type="int" calculate="/data/a * 2"/>'
        '<bind nodeset="/data/b" type="int"/>',
        asked("/data/a", sets(CHANGED, "/data/b", "/data/twice + 1")),
    )
    session.set("a", "4")
    assert values(session, "twice", "b") == ["8", "9"]


def test_actions_happen_in_their_order_and_each_sees_the_one_before(tmp_path: Path) -> None:
    first = sets(CHANGED, "/data/b", "concat(/data/a, '1')")
    second = sets(CHANGED, "/data/c", "concat(/data/b, '2')")
    session = xform_session(tmp_path, "<a/><b/><c/>", "", asked("/data/a", first + second))
    session.set("a", "x")
    assert values(session, "b", "c") == ["x1", "x12"]


def test_a_set_value_is_a_change_itself(tmp_path: Path) -> None:
    body = asked("/data/a", sets(CHANGED, "/data/b", "concat(/data/a, '1')"))
    body += asked("/data/b", sets(CHANGED, "/data/c", "concat(/data/b, '2')"))
    session = xform_session(tmp_path, "<a/><b/><c/>", "", body)
    session.set("a", "x")
    assert values(session, "b", "c") == ["x1", "x12"]


def test_the_same_answer_again_is_no_change(tmp_path: Path) -> None:
    session = xform_session(tmp_path, "<a/><b/>", "", asked("/data/a", sets(CHANGED, "/data/b", "/data/a")))
    session.set("a", "x")
    session.node("b").value = "by hand"
    session.set("a", "x")
    assert session.node("b").value == "by hand"


def test_a_calculation_is_no_change_in_the_sense_of_actions(tmp_path: Path) -> None:
    session = xform_session(
        tmp_path,
        "<a/><b/><c/>",
        '<bind nodeset="/data/b" calculate="concat(/data/a, 1)"/>',
        asked("/data/a") + asked("/data/b", sets(CHANGED, "/data/c", "/data/b")),
    )
    session.set("a", "x")
    assert values(session, "b", "c") == ["x1", ""]


def test_a_question_out_of_sight_is_set_too(tmp_path: Path) -> None:
    session = xform_session(
        tmp_path,
        "<a/><b/>",
        """<bind nodeset="/data/b" relevant="/data/a = 'x'"/>""",
        asked("/data/a", sets(CHANGED, "/data/b", "concat(/data/a, 1)")),
    )
    session.set("a", "y")
    assert (session.node("b").value, session.node("b").relevant) == ("y1", False)


def test_literal_values_and_clearing(tmp_path: Path) -> None:
    actions = f'<setvalue event="{CHANGED}" ref="/data/b">sure</setvalue><setvalue event="{CHANGED}" ref="/data/c"/>'
    session = xform_session(tmp_path, "<a/><b/><c>7</c>", "", asked("/data/a", actions))
    session.set("a", "x")
    assert values(session, "b", "c") == ["sure", ""]


def test_an_empty_expression_clears_whatever_is_written_beside_it(tmp_path: Path) -> None:
    action = f'<setvalue event="{CHANGED}" ref="/data/b" value="">ignored</setvalue>'
    session = xform_session(tmp_path, "<a/><b>7</b>", "", asked("/data/a", action))
    session.set("a", "x")
    assert session.node("b").value == ""


def test_an_action_that_belongs_to_nothing_never_happens(tmp_path: Path) -> None:
    loose = '<setvalue event="odk-instance-first-load" ref="/data/a">set</setvalue>'
    assert xform_session(tmp_path, "<a/>", "", loose + asked("/data/a")).node("a").value == ""


def test_a_value_that_is_no_choice_is_not_set_at_the_first_opening(tmp_path: Path) -> None:
    choice = '<select1 ref="/data/a"><label>?</label><item><label>X</label><value>x</value></item></select1>'
    for value, kept in (("x", "x"), ("y", "")):
        model = sets("odk-instance-first-load", "/data/a", f"'{value}'")
        assert xform_session(tmp_path, "<a/>", model, choice).node("a").value == kept


def test_what_a_question_cannot_hold_is_not_set(tmp_path: Path) -> None:
    session = xform_session(
        tmp_path,
        "<a/><n>5</n>",
        '<bind nodeset="/data/n" type="int"/>',
        asked("/data/a", sets(CHANGED, "/data/n", "/data/a")) + asked("/data/n"),
    )
    session.set("a", "many")
    assert session.node("n").value == ""


def test_attributes_are_set(tmp_path: Path) -> None:
    session = xform_session(
        tmp_path, '<a/><e id=""/>', "", asked("/data/a", sets(CHANGED, "/data/e/@id", "concat('n', /data/a)"))
    )
    session.set("a", "1")
    assert '<e id="n1"/>' in session.to_xml()


def test_the_first_opening_sets_but_not_over_what_is_given(tmp_path: Path) -> None:
    model = sets("odk-instance-first-load", "/data/a", "concat('be', 'gun')")
    assert xform_session(tmp_path, "<a/>", model, asked("/data/a")).node("a").value == "begun"
    assert xform_session(tmp_path, "<a/>", model, asked("/data/a"), prefill={"a": "x"}).node("a").value == "x"


def test_later_openings_set_at_every_load_only(tmp_path: Path) -> None:
    model = sets("odk-instance-first-load", "/data/a", "'first'") + sets("odk-instance-load", "/data/b", "'every'")
    kept = {"meta/instanceID": "uuid:1"}
    session = xform_session(tmp_path, "<a/><b/>", model, asked("/data/a") + asked("/data/b"), fields=kept)
    assert values(session, "a", "b") == ["", "every"]


def test_what_the_first_opening_sets_is_a_change(tmp_path: Path) -> None:
    model = sets("odk-instance-first-load", "/data/a", "9")
    session = xform_session(tmp_path, "<a/><b/>", model, asked("/data/a", sets(CHANGED, "/data/b", "/data/a + 1")))
    assert session.node("b").value == "10"


REPEAT = '<r jr:template=""><p/><q/></r><r><p/><q/></r>'


def test_a_new_instance_is_set_and_the_first_is_not(tmp_path: Path) -> None:
    action = sets("odk-new-repeat", "/data/r/p", "position(..)")
    session = xform_session(tmp_path, REPEAT, "", repeated("/data/r", action + asked("/data/r/p")))
    session.add("r")
    session.add("r")
    assert values(session, "/data/r[1]/p", "/data/r[2]/p", "/data/r[3]/p") == ["", "2", "3"]


def test_a_new_instance_may_begin_with_a_value_of_the_one_before(tmp_path: Path) -> None:
    before = "/data/r[position() = position(current()/..) - 1]/p"
    action = sets("odk-new-repeat", "/data/r/p", before)
    session = xform_session(tmp_path, REPEAT, "", repeated("/data/r", action + asked("/data/r/p")))
    session.set("/data/r[1]/p", "red")
    second = session.add("r")
    assert session.node(f"{second.path}/p").value == "red"


def test_the_first_opening_sets_in_every_given_instance(tmp_path: Path) -> None:
    action = sets("odk-instance-first-load", "/data/r/p", "concat('x', position(..))")
    session = xform_session(tmp_path, f"{REPEAT}<r><p/><q/></r>", "", repeated("/data/r", action + asked("/data/r/p")))
    assert values(session, "/data/r[1]/p", "/data/r[2]/p") == ["x1", "x2"]


def test_a_change_in_an_instance_sets_in_that_instance(tmp_path: Path) -> None:
    inside = asked("/data/r/p", sets(CHANGED, "/data/r/q", "concat(../p, position(..))"))
    session = xform_session(tmp_path, REPEAT, "", repeated("/data/r", inside))
    second = session.add("r")
    session.set(f"{second.path}/p", "b")
    assert values(session, "/data/r[1]/q", "/data/r[2]/q") == ["", "b2"]


def test_a_target_in_several_instances_is_not_set(tmp_path: Path) -> None:
    body = asked("/data/a", sets(CHANGED, "/data/r/p", "/data/a")) + repeated("/data/r", asked("/data/r/p"))
    session = xform_session(tmp_path, f"<a/>{REPEAT}", "", body)
    session.set("a", "one")
    second = session.add("r")
    session.set("a", "two")
    assert values(session, "/data/r[1]/p", f"{second.path}/p") == ["one", ""]


def test_predicates_choose_the_instance(tmp_path: Path) -> None:
    action = sets(CHANGED, "/data/r[position() = 2]/p", "/data/a")
    body = asked("/data/a", action) + repeated("/data/r", asked("/data/r/p"))
    session = xform_session(tmp_path, f"<a/>{REPEAT}", "", body)
    second = session.add("r")
    session.set("a", "two")
    assert values(session, "/data/r[1]/p", f"{second.path}/p") == ["", "two"]


def test_the_device_says_where_it_is(tmp_path: Path) -> None:
    action = f'<odk:setgeopoint event="{CHANGED}" ref="/data/g"/>'
    model = '<bind nodeset="/data/g" type="geopoint"/>'
    places = iter(["", "43.25 -79.87 0 5"])
    device = Device(locate=lambda: next(places))
    session = xform_session(tmp_path, "<a/><g/>", model, asked("/data/a", action), device=device)
    session.set("a", "1")
    assert session.node("g").value == ""
    session.set("a", "2")
    assert session.node("g").value.startswith("43.25 -79.87")


def test_actions_that_follow_each_other_for_ever_are_stopped(tmp_path: Path) -> None:
    body = asked("/data/a", sets(CHANGED, "/data/b", "concat(/data/a, '.')"))
    body += asked("/data/b", sets(CHANGED, "/data/a", "concat(/data/b, '.')"))
    session = xform_session(tmp_path, "<a/><b/>", "", body)
    with pytest.raises(FormError, match="never come to rest"):
        session.set("a", "x")
    assert values(session, "a", "b") == ["", ""]
