"""The Review page: the queue, the decision by keys, the return with field and reason, and who may not approve."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QMenu
from pytestqt.qtbot import QtBot

from fieldapp import texts
from fieldapp.actions import decide, start, take
from fieldapp.actions.choosing import choices
from fieldapp.records import ASSIGNEE, REASON, REASON_FIELD, Record
from sync.gateway.rules import on_edits
from sync.practice.people import KAUR, STAFF
from tests.support import workplaces
from tests.support.filling import ANSWERS
from tests.support.workplaces import City, fill
from tests.ui.workplaces import Ways, visited, words
from ui.records.hidden import Hidden
from ui.records.page import RecordsPage
from ui.review import ReviewPage
from ui.review.queue import pressing, queue, summary
from ui.widgets import Button
from ui.widgets.labels import Elided


def submitted(town: City, count: int) -> list[Record]:
    planned = workplaces.visits(town, count)
    for visit in planned:
        workplaces.inspect(town, visit)
    town.sync()
    return planned


def opened(town: City, ways: Ways, qtbot: QtBot) -> ReviewPage:
    return visited(ReviewPage(town.supervisor, ways), qtbot)


def state(town: City, record: Record) -> str:
    return town.supervisor.desk.record(record.id).state


def test_a_approves_and_the_next_record_comes(town: City, ways: Ways, qtbot: QtBot, said: list[str]) -> None:
    submitted(town, 3)
    first, second, _third = (one.record for one in queue(town.supervisor, pressing(town.supervisor)))
    page = opened(town, ways, qtbot)
    qtbot.keyClick(page.list, Qt.Key.Key_A)
    assert state(town, first) == "approved"
    assert page.list.current() == second.id
    assert said[-1].startswith("Approved · ")


def test_a_slip_is_taken_back_before_it_leaves(town: City, ways: Ways, qtbot: QtBot) -> None:
    record = submitted(town, 1)[0]
    page = opened(town, ways, qtbot)
    ways_back: list[Callable[[], None] | None] = []
    page.session.toast = lambda _text, undo: ways_back.append(undo)
    qtbot.keyClick(page.list, Qt.Key.Key_A)
    assert state(town, record) == "approved"
    town.sync()
    assert town.inspector.desk.record(record.id).state == "submitted"
    back = ways_back[-1]
    assert back is not None
    back()
    assert (state(town, record), page.list.current()) == ("submitted", record.id)
    assert town.supervisor.store.proof(record.id).state == "city"  # what was given up says nothing of what stands


def test_the_decision_is_a_sealed_change_of_the_supervisor(town: City, ways: Ways, qtbot: QtBot) -> None:
    record = submitted(town, 1)[0]
    page = opened(town, ways, qtbot)
    page.agree.click()
    last = town.supervisor.store.history(record.id)[-1]
    assert last.sealed
    assert (last.change.actor, last.change.transition) == ("r.kaur", "approve")


def test_only_steps_that_fit_the_answers_are_offered(town: City) -> None:
    record = start(town.clerk.desk, "green-bin")
    fill(town.clerk.desk, record, list(ANSWERS["green-bin"].items()))
    take(town.clerk.desk, record.id, "submit")
    town.sync()
    take(town.supervisor.desk, record.id, "approve")
    offered = choices(town.supervisor.desk, town.supervisor.desk.record(record.id))
    assert offered.agree is not None
    assert [offered.agree.id, *(step.id for step in offered.others)] == ["deliver", "cancel"]


def test_r_returns_to_a_field_with_a_reason(town: City, ways: Ways, qtbot: QtBot) -> None:
    record = submitted(town, 1)[0]
    page = opened(town, ways, qtbot)
    qtbot.keyClick(page.list, Qt.Key.Key_R)
    qtbot.keyClicks(page.panel.search, "stamped plans")
    qtbot.keyClick(page.panel.search, Qt.Key.Key_Return)
    qtbot.keyClicks(page.panel.reason, "Which plans?")
    qtbot.keyClick(page.panel.reason, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    now = town.supervisor.desk.record(record.id)
    assert now.state == "returned"
    assert (now.get(REASON), now.get(REASON_FIELD)) == ("Which plans?", "place/plans_on_site")


def test_what_was_not_answered_can_be_asked_for(town: City, ways: Ways, qtbot: QtBot) -> None:
    record = submitted(town, 1)[0]
    page = opened(town, ways, qtbot)
    page.begin_return()
    qtbot.keyClicks(page.panel.search, "remarks builder")
    page.panel.reason.setPlainText("What did you tell them?")
    page.panel.confirm.click()
    town.supervisor.bridge.written()
    assert town.supervisor.desk.record(record.id).get(REASON_FIELD) == "outcome/remarks"


def test_words_that_no_question_has_never_mean_the_whole_record(town: City, ways: Ways, qtbot: QtBot) -> None:
    record = submitted(town, 1)[0]
    page = opened(town, ways, qtbot)
    page.begin_return()
    qtbot.keyClicks(page.panel.search, "zebra")
    page.panel.reason.setPlainText("Which one?")
    page.panel.confirm.click()
    assert state(town, record) == "submitted"
    assert "No question has these words. Nothing typed means the whole record." in words(page)


def test_without_a_reason_nothing_is_returned(town: City, ways: Ways, qtbot: QtBot) -> None:
    record = submitted(town, 1)[0]
    page = opened(town, ways, qtbot)
    page.begin_return()
    page.panel.confirm.click()
    assert state(town, record) == "submitted"
    assert "Please give a reason: the author reads it." in words(page)


def test_escape_leaves_the_record_as_it_is(town: City, ways: Ways, qtbot: QtBot) -> None:
    submitted(town, 1)
    page = opened(town, ways, qtbot)
    page.begin_return()
    qtbot.keyClick(page.panel.search, Qt.Key.Key_Escape)
    assert not page.panel.isVisible()
    assert page.agree.isVisible()


def test_who_recorded_it_may_not_approve_and_reads_why(town: City, ways: Ways, qtbot: QtBot) -> None:
    desk = town.supervisor.desk
    own = start(desk, "bulk-pickup")
    fill(desk, own, workplaces.pickup_answers(town))
    take(desk, own.id, "submit")
    page = opened(town, ways, qtbot)
    assert not page.agree.isEnabled()
    assert "needs a second person" in words(page)
    page.approve()
    assert state(town, own) == "submitted"


def test_the_queue_says_why(town: City, ways: Ways, qtbot: QtBot) -> None:
    first, second = workplaces.visits(town, 2)
    workplaces.inspect(town, first)
    workplaces.inspect(town, second, failing=True)
    town.sync()
    town.clock.forward(days=1)
    found = queue(town.supervisor, pressing(town.supervisor))
    assert {one.why[0][1] for one in found} == {"bad"}
    assert [one.id for one in found if ("Failed", "bad") in one.why] == [second.id]
    assert summary(found, town.clock.now().date()) == "2 waiting · 2 late or due today · most pressing first"


def test_a_record_that_was_returned_before_says_so(town: City, ways: Ways, qtbot: QtBot) -> None:
    record = submitted(town, 1)[0]
    page = opened(town, ways, qtbot)
    page.begin_return()
    page.panel.reason.setPlainText("Look again.")
    page.panel.confirm.click()
    town.supervisor.store.departures.let_all_go()  # the seconds in which it can be taken back are over
    town.sync()
    take(town.inspector.desk, record.id, "resubmit")
    town.sync()
    assert ("Returned before", "warn") in queue(town.supervisor, pressing(town.supervisor))[0].why


def test_what_was_there_before_is_struck_out(town: City, ways: Ways, qtbot: QtBot) -> None:
    record = submitted(town, 1)[0]
    decide(town.supervisor.desk, record.id, "return", reason="Look again.")
    town.sync()
    fill(town.inspector.desk, town.inspector.desk.record(record.id), [("place/plans_on_site", "no")])
    take(town.inspector.desk, record.id, "resubmit")
    town.sync()
    page = opened(town, ways, qtbot)
    struck = [one.text() for one in page.changed.findChildren(QLabel) if one.font().strikeOut()]
    assert struck == ["Yes"]


def test_an_empty_queue_says_so(town: City, ways: Ways, qtbot: QtBot) -> None:
    assert "Nothing waits for you" in words(opened(town, ways, qtbot))


def test_only_what_goes_back_to_its_author_is_returned_to_a_field(town: City, ways: Ways, qtbot: QtBot) -> None:
    visit = workplaces.visits(town, 1)[0]
    take(town.inspector.desk, visit.id, "no_access", reason="Gate locked.")
    town.sync()
    page = opened(town, ways, qtbot)
    assert page.agree.text() == "Plan again"
    assert not page.send_back.isVisible()
    assert [step.id for step in page.steps.found.others] == ["cancel"]
    page.begin_return()  # R
    assert not page.panel.isVisible()


def test_the_record_is_titled_in_the_language_on_screen_as_its_line_is(town: City, ways: Ways, qtbot: QtBot) -> None:
    submitted(town, 1)
    texts.use("fr")
    titles = [one.text() for one in opened(town, ways, qtbot).view.findChildren(Elided)]
    assert any(text.startswith("Inspection de la charpente") for text in titles)


def test_a_reason_that_was_begun_is_there_again(town: City, ways: Ways, qtbot: QtBot) -> None:
    record = submitted(town, 1)[0]
    page = opened(town, ways, qtbot)
    page.begin_return()
    qtbot.keyClicks(page.panel.reason, "The plans")
    qtbot.keyClick(page.panel.search, Qt.Key.Key_Escape)
    again = opened(town, ways, qtbot)  # as after closing the window
    town.supervisor.bridge.written()
    again.begin_return()
    assert again.panel.reason.toPlainText() == "The plans"
    again.panel.answers.choose("*")
    again.panel.confirm.click()
    town.supervisor.bridge.written()
    assert state(town, record) == "returned"
    assert not again.panel.reason.toPlainText()


def test_a_complaint_is_triaged_as_proposed_and_what_is_hidden_is_shown_beside(
    town: City, ways: Ways, qtbot: QtBot
) -> None:
    record = start(town.clerk.desk, "bylaw-complaint")
    fill(town.clerk.desk, record, list(ANSWERS["bylaw-complaint"].items()))
    take(town.clerk.desk, record.id, "submit")
    town.sync()
    page = opened(town, ways, qtbot)
    complaint, hidden = town.supervisor.desk.record(record.id), page.changed.findChild(Hidden)
    assert hidden is not None
    assert complaint.get("complaint/about") not in words(page.changed)
    hidden.show_it.setFocus()
    hidden.show_it.click()
    assert complaint.get("complaint/about") in words(page.changed)
    assert page.list.hasFocus()  # the button is gone: the keyboard was on “Today”
    page.agree.click()
    assert state(town, record) == f"p{complaint.get('priority')}"


def complaint(town: City) -> Record:
    """A complaint that was triaged: it is to be given to somebody next."""
    record = start(town.clerk.desk, "bylaw-complaint")
    fill(town.clerk.desk, record, list(ANSWERS["bylaw-complaint"].items()))
    take(town.clerk.desk, record.id, "submit")
    town.sync()
    decide(town.supervisor.desk, record.id, "triage_p3")
    return record


def test_the_next_key_is_not_for_the_step_after_the_one_that_was_taken(
    town: City, ways: Ways, qtbot: QtBot, said: list[str]
) -> None:
    """A complaint that was triaged waits to be assigned: A twice must not take two steps of it."""
    triaged = start(town.clerk.desk, "bylaw-complaint")
    fill(town.clerk.desk, triaged, list(ANSWERS["bylaw-complaint"].items()))
    take(town.clerk.desk, triaged.id, "submit")
    submitted(town, 1)
    page = opened(town, ways, qtbot)
    page.list.choose(triaged.id)
    qtbot.keyClick(page.list, Qt.Key.Key_A)
    assert triaged.id in {one.id for one in page._queue}
    assert page.list.current() != triaged.id


def test_assigning_asks_to_whom_and_the_city_takes_both_at_once(town: City, ways: Ways, qtbot: QtBot) -> None:
    record = complaint(town)
    roles = {one.id: " ".join(one.roles) for one in STAFF}
    town.supervisor.store.people.introduce(KAUR, {one.id: one.name for one in STAFF}, roles)
    page = opened(town, ways, qtbot)
    assert page.agree.text() == "Assign…"
    qtbot.keyClick(page.list, Qt.Key.Key_A)
    assert state(town, record) == "p3"
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    offered = [one.text() for one in menu.actions()]
    assert "To M. Tremblay" in offered
    assert "To J. Osei" not in offered  # a clerk makes no visits
    menu.actions()[offered.index("To M. Tremblay")].trigger()
    menu.close()
    town.supervisor.bridge.written()
    now = town.supervisor.desk.record(record.id)
    assert (now.state, now.get(ASSIGNEE)) == ("assigned", "m.tremblay")
    made = town.supervisor.store.history(record.id)[-1].change
    service = town.supervisor.desk.service_of(now)
    assert on_edits(made.edits, now, service, KAUR, service.transition("assign")) is None  # the City takes it


def test_what_was_triaged_or_taken_back_was_never_returned(town: City, ways: Ways, qtbot: QtBot) -> None:
    complaint(town)
    assert "Returned before" not in [words for words, _ in queue(town.supervisor, pressing(town.supervisor))[0].why]
    record = submitted(town, 1)[0]
    page = opened(town, ways, qtbot)
    page.go(record=record.id)
    ways_back: list[Callable[[], None] | None] = []
    page.session.toast = lambda _text, undo: ways_back.append(undo)
    page.begin_return()
    page.panel.reason.setPlainText("Look again.")
    page.panel.confirm.click()
    back = ways_back[-1]
    assert back is not None
    back()
    assert page.list.current() == record.id
    assert "You sent it back" not in words(page.changed)


def test_a_step_that_returns_nothing_asks_for_no_answer_of_the_form(town: City, ways: Ways, qtbot: QtBot) -> None:
    complaint(town)
    page = opened(town, ways, qtbot)
    double = next(step for step in page.steps.found.others if step.id == "duplicate")
    page.steps.take(double, page.more)
    assert page.panel.isVisible()
    assert not page.panel.answers.isVisible()


def test_why_it_is_refused_is_read_whole(town: City, ways: Ways, qtbot: QtBot) -> None:
    submitted(town, 1)
    desk = town.supervisor.desk
    own = start(desk, "bulk-pickup")
    fill(desk, own, workplaces.pickup_answers(town))
    take(desk, own.id, "submit")
    page = opened(town, ways, qtbot)
    for other in (one.id for one in queue(town.supervisor, pressing(town.supervisor)) if one.id != own.id):
        page.list.choose(other)
    page.list.choose(own.id)
    qtbot.wait(50)
    said = page.steps.words
    assert "needs a second person" in said.text()
    assert said.height() >= said.heightForWidth(said.width())


def test_the_questions_of_one_item_are_told_apart_and_down_goes_to_the_next(
    town: City, ways: Ways, qtbot: QtBot
) -> None:
    visit = workplaces.visits(town, 1)[0]
    workplaces.inspect(town, visit, failing=True)
    town.sync()
    page = opened(town, ways, qtbot)
    page.begin_return()
    item = next(one.label.rpartition(" · ")[0] for one in page.panel._given if one.label.endswith(" · What was found"))
    page.panel.search.setText(item)
    rows = page.panel.answers._model.rows
    assert len(rows) > 1
    assert len({row.title for row in rows}) == len(rows)
    first = page.panel.answers.current()
    qtbot.keyClick(page.panel.search, Qt.Key.Key_Down)
    assert page.panel.answers.current() == rows[1].id != first


def test_an_answer_has_as_much_room_as_the_reason_in_a_narrow_window(town: City, ways: Ways, qtbot: QtBot) -> None:
    submitted(town, 1)
    page = opened(town, ways, qtbot)
    page.resize(900, 640)
    page.begin_return()
    qtbot.wait(50)
    assert abs(page.panel.search.width() - page.panel.reason.width()) <= 2


def test_an_opened_record_that_waits_leads_to_its_decision(town: City, ways: Ways, qtbot: QtBot) -> None:
    waits = submitted(town, 2)[1]
    page = visited(RecordsPage(town.supervisor, ways), qtbot, record=waits.id)
    [decide_it] = [one for one in page.findChildren(Button) if one.accessibleName() == "Decide it in Review"]
    assert decide_it.isVisible()
    decide_it.click()
    assert ways.last == ("review", {"record": waits.id})
    decide(town.supervisor.desk, waits.id, "approve")
    page.go(record=waits.id)
    assert not decide_it.isVisible()


def test_records_of_one_person_are_asked_for_by_name(town: City, ways: Ways, qtbot: QtBot) -> None:
    given = workplaces.visits(town, 2)[0]
    town.sync()
    town.supervisor.store.people.introduce(KAUR, {one.id: one.name for one in STAFF}, {})
    page = visited(RecordsPage(town.supervisor, ways), qtbot)
    box = page.filters._person
    assert box.isVisible()
    box.setCurrentIndex(box.findText("M. Tremblay"))
    assert page.filters.query().assignee == given.get(ASSIGNEE)
    assert page.where()["person"] == given.get(ASSIGNEE)
    page.filters.clear()
    assert page.filters.query().assignee == ""


def test_who_gives_out_no_work_finds_no_people_to_choose(town: City, ways: Ways, qtbot: QtBot) -> None:
    assert not visited(RecordsPage(town.inspector, ways), qtbot).filters._person.isVisible()
