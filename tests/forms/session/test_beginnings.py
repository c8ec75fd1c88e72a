"""What a new record begins with: defaults in their spelling, preloads, the last record, ids of entities."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from fieldapp.clock import CITY_ZONE, FixedClock
from fieldapp.forms import FormSession, load_form
from fieldapp.forms.session.environment import Device
from tests.support.forms import make_session
from tests.support.xforms import asked, xform_session


@pytest.mark.parametrize(
    ("kind", "default", "value"),
    [
        ("int", "05", "5"),
        ("int", "+3", "3"),
        ("int", "7.9", ""),
        ("int", "many", ""),
        ("decimal", "1.50", "1.5"),
        ("date", "2024-02-30", ""),
        ("date", "2024-02-29", "2024-02-29"),
        ("string", "as is", "as is"),
    ],
)
def test_a_default_is_kept_in_its_one_spelling_or_not_at_all(
    tmp_path: Path, kind: str, default: str, value: str
) -> None:
    model = f'<bind nodeset="/data/a" type="{kind}"/>'
    assert xform_session(tmp_path, f"<a>{default}</a>", model, asked("/data/a")).node("a").value == value


def test_a_picture_of_the_form_may_be_the_default(tmp_path: Path) -> None:
    model = '<bind nodeset="/data/a" type="binary"/>'
    body = '<upload ref="/data/a" mediatype="image/*"><label>?</label></upload>'
    session = xform_session(tmp_path, "<a>jr://images/house.png</a>", model, body)
    assert (session.node("a").value, session.node("a").valid) == ("jr://images/house.png", True)


CHOICES = "list_name | name | label | d\nd | e | E |\nd | w | W |\nc | e1 | E1 | e\nc | w1 | W1 | w"


def test_a_default_that_is_no_choice_is_none(tmp_path: Path) -> None:
    survey = """
    type              | name | label | default | choice_filter | relevant
    select_one d      | d    | D     | e       |               |
    select_one c      | c    | C     | w1      | d = ${d}      |
    select_multiple c | m    | M     | e1 w1   | d = ${d}      |
    select_one d      | x    | X     | zz      |               | ${d} = 'w'
    """
    session = make_session(tmp_path, survey, CHOICES)
    assert [session.node(name).value for name in ("d", "c", "m", "x")] == ["e", "", "e1", ""]


PRELOADS = """
type        | name   | label | bind::jr:preload | bind::jr:preloadParams
start       | began  |       |                  |
end         | ended  |       |                  |
today       | day    |       |                  |
deviceid    | device |       |                  |
username    | who    |       |                  |
email       | email  |       |                  |
phonenumber | phone  |       |                  |
hidden      | odd    |       | nobody           | knows
text        | a      | A     |                  |
"""
PERSON = {"username": "ann", "deviceid": "laptop-7", "email": "ann@example.org", "phonenumber": "905-555-0100"}


def test_device_and_person_are_taken_once(tmp_path: Path) -> None:
    session = make_session(tmp_path, PRELOADS, context=PERSON)
    answers = session.answers()
    assert [answers[name] for name in ("who", "device", "email", "phone")] == [
        "ann",
        "laptop-7",
        "ann@example.org",
        "905-555-0100",
    ]
    assert (answers["began"], answers["day"]) == ("2026-11-23T09:00:00.000-05:00", "2026-11-23")
    assert answers["meta/instanceID"].startswith("uuid:")
    assert "odd" not in answers


def test_the_end_is_the_time_of_the_last_change(tmp_path: Path) -> None:
    clock = FixedClock()
    session = make_session(tmp_path, PRELOADS, clock=clock)
    assert "ended" not in session.answers()
    clock.forward(minutes=5)
    session.set("a", "x")
    clock.forward(minutes=5)
    session.set("a", "x")
    assert session.answers()["ended"] == "2026-11-23T09:05:00.000-05:00"
    assert "<ended>2026-11-23T09:05:00.000-05:00</ended>" in session.to_xml()
    assert session.node("ended").value == ""


def test_the_sessions_time_zone_is_that_of_its_times(tmp_path: Path) -> None:
    clock = FixedClock(datetime(2026, 11, 23, 20, 0, tzinfo=CITY_ZONE))
    session = make_session(tmp_path, PRELOADS, clock=clock, device=Device(zone=ZoneInfo("Asia/Tokyo")))
    assert session.node("began").value == "2026-11-24T10:00:00.000+09:00"
    assert session.node("day").value == "2026-11-24"


LAST = """
type         | name | label | default
text         | who  | Who   | ${last-saved#who}
begin_repeat | item | Item  |
text         | what | What  |
end_repeat   |      |       |
"""


def test_the_last_record_is_there_to_begin_with(tmp_path: Path) -> None:
    first = make_session(tmp_path, LAST)
    assert first.node("who").value == ""
    first.set("who", "ann")
    first.set("item[d1]/what", "chair")
    second = FormSession(first.definition, device=Device(last_saved=first.answers()))
    assert second.node("who").value == "ann"
    assert second.node("item[d1]/what").value == ""


def test_the_last_record_as_a_table(tmp_path: Path) -> None:
    model = (
        '<instance id="before" src="jr://instance/last-saved"/>'
        """<bind nodeset="/data/n" calculate="join(',', instance('before')/data/r/p)"/>"""
    )
    last = {"r[k9]/p": "b", "r[k9]": "2", "r[k1]/p": "a", "r[k1]": "1", "@state": "done", "g/x": "1"}
    session = xform_session(tmp_path, "<n/><r><p/></r><g><x/></g>", model, device=Device(last_saved=last))
    assert session.node("n").value == "a,b"


ENTITY = """
| survey   |
|          | type | name    | label | save_to |
|          | text | species | What? | species |
| entities |
|          | dataset | label                    | create_if        |
|          | trees   | concat('A ', ${species}) | ${species} != '' |
"""


def test_an_entity_gets_its_id_label_and_condition(tmp_path: Path) -> None:
    path = tmp_path / "tree.md"
    path.write_text(ENTITY, "utf-8")
    session = FormSession(load_form(path))
    entity = session.node("meta/entity")
    names = {attribute.name: attribute.value for attribute in entity.attributes}
    assert len(names["@id"]) == 36
    session.set("species", "elm")
    xml = session.to_xml()
    assert "<label>A elm</label>" in xml
    assert 'dataset="trees"' in xml
    assert f'id="{names["@id"]}"' in xml
