"""What changed since a supervisor last decided."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from fieldapp.actions import decide, last_look, open_form, start, take
from fieldapp.records import Record
from tests.support import workplaces
from tests.support.workplaces import City, fill
from ui.review.changed_pane import ChangedPane
from ui.review.changes import lines
from ui.review.queue import pressing, queue
from ui.review.wording import Wording


def submitted(town: City, *, failing: bool = False) -> Record:
    visit = workplaces.visits(town, 1)[0]
    workplaces.inspect(town, visit, failing=failing)
    town.sync()
    return town.supervisor.desk.record(visit.id)


def corrected(town: City, record: Record) -> Record:
    decide(town.supervisor.desk, record.id, "return", reason="Look again.", field="outcome/remarks")
    town.sync()
    desk = town.inspector.desk
    fill(desk, desk.record(record.id), [("outcome/remarks", "Guard is 1,070 mm"), ("place/plans_on_site", "no")])
    take(desk, record.id, "resubmit")
    town.sync()
    return town.supervisor.desk.record(record.id)


def test_the_first_time_everything_is_new_and_what_failed_comes_first(town: City) -> None:
    record = submitted(town, failing=True)
    found = lines(town.supervisor, record, last_look(town.supervisor.desk, record.id))
    assert found[0].tone == "bad"
    assert {line.before for line in found} == {""}


def test_after_a_return_only_what_was_corrected_is_shown(town: City) -> None:
    record = corrected(town, submitted(town))
    found = lines(town.supervisor, record, last_look(town.supervisor.desk, record.id))
    assert [(line.label, line.before, line.after) for line in found] == [
        ("Are the stamped plans on site?", "Yes", "No"),
        ("Remarks for the builder", "—", "Guard is 1,070 mm"),
    ]


def test_an_answer_that_is_gone_is_shown_as_gone(town: City) -> None:
    record = submitted(town)
    before = {**record.answers, "outcome/remarks": "Old words"}
    assert [(line.before, line.after) for line in lines(town.supervisor, record, before)] == [("Old words", "—")]


def test_photos_are_counted(town: City) -> None:
    record = submitted(town)
    photo = "ab" * 32 + ".png"
    now = replace(record, fields={**record.fields, "photos/photo[k1]": "9", "photos/photo[k1]/picture": photo})
    found = lines(town.supervisor, now, record.answers)
    assert ("Photos and files", "0", "1") in [(line.label, line.before, line.after) for line in found]


def test_a_checklists_detail_says_which_line_it_belongs_to(town: City) -> None:
    record = submitted(town, failing=True)
    labels = [given.label for given in Wording(town.supervisor, record).given()]
    assert any(label.endswith(" · What was found") for label in labels)


def test_what_the_form_computes_is_not_shown(town: City) -> None:
    record = submitted(town)
    paths = {given.path for given in Wording(town.supervisor, record).given()}
    assert "visit/stage_en" in open_form(town.supervisor.desk, record).answers()
    assert "visit/stage_en" not in paths


def test_an_approval_ends_the_memory_of_the_last_look(town: City) -> None:
    record = corrected(town, submitted(town))
    decide(town.supervisor.desk, record.id, "approve")
    assert last_look(town.supervisor.desk, record.id) is None


def test_what_two_sections_ask_alike_is_told_with_its_section(town: City) -> None:
    desk = town.clerk.desk
    born = {"first/a_birth_place": "Dundas", "second/b_birth_place": "Paris"}
    record = desk.commit(start(desk, "marriage-licence"), born)
    labels = [given.label for given in Wording(town.clerk, record).given() if "birth_place" in given.path]
    assert labels == ["First person · Place of birth", "Second person · Place of birth"]


def test_the_pane_says_for_what_it_was_sent_back(town: City, qtbot: QtBot) -> None:
    record = corrected(town, submitted(town))
    pane = ChangedPane(town.supervisor)
    qtbot.addWidget(pane)
    pane.show_record(queue(town.supervisor, pressing(town.supervisor))[0])
    told = [one.text() for one in pane.findChildren(QLabel)]
    assert "You sent it back 09:00 for “Remarks for the builder”: Look again." in told
    assert "Since you last decided:" in told  # a sentence of its own: the reason may end without a full stop
    assert "Handed in by M. Tremblay, last changed 09:00." in told
    assert record.get("@reason") == ""


def test_a_time_is_said_without_seconds_and_offset(town: City) -> None:
    record = start(town.clerk.desk, "civil-ceremony")
    form = open_form(town.clerk.desk, record)
    path = next(node.path for node in form.nodes() if node.question.kind == "time")
    assert Wording(town.clerk, record).value(path, "20:00:00.000-05:00") == "20:00"
