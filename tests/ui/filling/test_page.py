"""The Form page: durable answers, help beside, one sealed Change at the end, and back to where one came from."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from fieldapp.actions import decide, start
from fieldapp.records import ALIAS, REASON
from fieldapp.store import RemoteRow, Touched, bucket_of
from tests.support import workplaces
from tests.support.ui_forms import of_kind
from tests.support.workplaces import City, fill
from tests.ui.workplaces import Ways, visited, words
from ui.filling import FormPage
from ui.filling.cards import same_address
from ui.forms.fields.address import AddressField
from ui.session import Session


def opened(session: Session, ways: Ways, qtbot: QtBot, **where: str) -> FormPage:
    return visited(FormPage(session, ways), qtbot, **where)


def test_an_answer_is_durable_before_the_screen_says_saved(town: City, ways: Ways, qtbot: QtBot) -> None:
    desk = town.clerk.desk
    record = start(desk, "bulk-pickup")
    page = opened(town.clerk, ways, qtbot, record=record.id, back="counter")
    assert page.editor is not None
    with qtbot.waitSignal(page.editor.saved):
        page.editor.entry.put("person/last_name", "Nowak")
    assert desk.record(record.id).get("person/last_name") == "Nowak"


def test_submitting_makes_one_sealed_change_and_goes_to_the_receipt(town: City, ways: Ways, qtbot: QtBot) -> None:
    desk = town.clerk.desk
    record = start(desk, "bulk-pickup")
    fill(desk, record, workplaces.pickup_answers(town))
    page = opened(town.clerk, ways, qtbot, record=record.id, back="counter")
    assert page.editor is not None
    page.editor.submitted.emit()
    entries = town.clerk.store.history(record.id)
    assert [(one.sealed, one.change.transition, one.change.creates) for one in entries] == [(True, "submit", True)]
    assert ways.last == ("counter", {"receipt": record.id})


def test_an_answer_decides_which_step_the_page_ends_with(town: City, ways: Ways, qtbot: QtBot) -> None:
    desk = town.clerk.desk
    record = start(desk, "green-bin")
    page = opened(town.clerk, ways, qtbot, record=record.id, back="counter")
    assert page.editor is not None
    page.editor.entry.put("bin/container", "blue_box")
    page.editor.submitted.emit()  # at once: the answer is not yet saved
    assert desk.record(record.id).state == "referred"


def test_a_submitted_visit_goes_back_to_today(town: City, ways: Ways, qtbot: QtBot, said: list[str]) -> None:
    visit = workplaces.visits(town, 1)[0]
    desk = town.inspector.desk
    workplaces.write_visit(town, visit)
    page = opened(town.inspector, ways, qtbot, record=visit.id, back="today")
    assert page.editor is not None
    page.editor.submitted.emit()
    assert desk.record(visit.id).state == "submitted"
    assert ways.last == ("today", {})
    assert said[-1].endswith("saved on this laptop")


def test_a_returned_record_opens_at_its_field_with_the_words(town: City, ways: Ways, qtbot: QtBot) -> None:
    visit = workplaces.visits(town, 1)[0]
    workplaces.inspect(town, visit)
    town.sync()
    decide(town.supervisor.desk, visit.id, "return", reason="Which plans?", field="place/plans_on_site")
    town.sync()
    page = opened(town.inspector, ways, qtbot, record=visit.id, back="today")
    assert page.editor is not None
    assert page.editor.sheet.reasons == {"place/plans_on_site": "Which plans?"}


def test_what_a_whole_record_was_returned_for_stands_on_top(town: City, ways: Ways, qtbot: QtBot) -> None:
    visit = workplaces.visits(town, 1)[0]
    workplaces.inspect(town, visit)
    town.sync()
    decide(town.supervisor.desk, visit.id, "return", reason="Which plans?")
    town.sync()
    page = opened(town.inspector, ways, qtbot, record=visit.id, back="today")
    assert "Returned: Which plans?" in words(page)


def test_a_new_draft_left_without_an_answer_is_taken_away(town: City, ways: Ways, qtbot: QtBot) -> None:
    record = start(town.clerk.desk, "bulk-pickup")
    page = opened(town.clerk, ways, qtbot, record=record.id, back="counter", fresh="yes")
    page.leave()
    assert town.clerk.store.record(record.id) is None
    assert ways.last == ("counter", {})


def test_a_draft_with_an_answer_is_kept(town: City, ways: Ways, qtbot: QtBot) -> None:
    record = start(town.clerk.desk, "bulk-pickup")
    page = opened(town.clerk, ways, qtbot, record=record.id, back="counter", fresh="yes")
    assert page.editor is not None
    page.editor.entry.put("person/last_name", "Nowak")
    page.leave()
    assert town.clerk.desk.record(record.id).get("person/last_name") == "Nowak"


def test_a_draft_that_was_continued_is_never_taken_away(town: City, ways: Ways, qtbot: QtBot) -> None:
    record = start(town.clerk.desk, "bulk-pickup")
    opened(town.clerk, ways, qtbot, record=record.id, back="counter").leave()
    assert town.clerk.store.record(record.id) is not None


def test_no_access_asks_for_its_reason_inline(town: City, ways: Ways, qtbot: QtBot, said: list[str]) -> None:
    visit = workplaces.visits(town, 1)[0]
    page = opened(town.inspector, ways, qtbot, record=visit.id, back="today")
    assert page.editor is not None
    page.editor.secondary.emit()
    assert page.reason.reason.placeholderText() == "What happened? Whoever goes on with it reads this."
    page.reason.reason.setPlainText("Gate locked, nobody answers.")
    page.reason.confirm.click()
    assert town.inspector.desk.record(visit.id).state == "no_access"
    assert "No access, to be planned again · saved on this laptop" in said[-1]


def test_no_access_by_mistake_is_taken_back_and_the_form_open_again(town: City, ways: Ways, qtbot: QtBot) -> None:
    visit = workplaces.visits(town, 1)[0]
    page = opened(town.inspector, ways, qtbot, record=visit.id, back="today")
    assert page.editor is not None
    page.editor.entry.put("outcome/remarks", "Two studs notched.")
    page.editor.flush()
    ways_back: list[Callable[[], None] | None] = []
    town.inspector.toast = lambda _text, undo: ways_back.append(undo)
    page.editor.secondary.emit()
    assert page.reason.reason.accessibleName() == "What happened? Whoever goes on with it reads this."
    page.reason.reason.setPlainText("Gate locked.")
    page.reason.confirm.click()
    assert town.inspector.desk.record(visit.id).state == "no_access"
    assert ways_back[-1] is not None
    ways_back[-1]()
    now = town.inspector.desk.record(visit.id)
    assert (now.state, now.get("outcome/remarks"), now.get(REASON)) == (visit.state, "Two studs notched.", "")
    assert ways.last == ("form", {"record": visit.id, "back": "today"})
    town.inspector.store.departures.let_all_go()
    assert town.inspector.store.check() == []


def test_other_records_of_the_address_stand_beside(town: City) -> None:
    permit = workplaces.permits(town, 1)[0]
    desk = town.clerk.desk
    other = start(desk, "bulk-pickup", prefill={"place/address": permit.get("@address")})
    assert [line.alias for line in same_address(town.clerk, other)] == [permit.get(ALIAS)]


class WindowsShown(QObject):
    """Notes what is shown as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[QWidget] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note it, and let it be."""
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(watched)
        return False


def test_no_part_of_a_form_is_a_window_of_its_own_for_a_moment(
    town: City, ways: Ways, qtbot: QtBot, qapp: QApplication
) -> None:
    permit = workplaces.permits(town, 1)[0]
    record = start(town.clerk.desk, "bulk-pickup", prefill={"place/address": permit.get("@address")})
    page = opened(town.clerk, ways, qtbot)
    shown = WindowsShown()
    qapp.installEventFilter(shown)
    page.go(record=record.id, back="counter")
    qapp.removeEventFilter(shown)
    assert [type(one).__name__ for one in shown.seen] == []


def test_after_a_rebuild_one_is_in_the_section_where_one_was(town: City, ways: Ways, qtbot: QtBot) -> None:
    record = start(town.clerk.desk, "bulk-pickup")
    page = opened(town.clerk, ways, qtbot, record=record.id, back="counter")
    assert page.editor is not None
    page.editor.show_section("person")
    rebuilt = opened(town.clerk, ways, qtbot, **page.where())
    assert rebuilt.editor is not None
    assert rebuilt.editor.section == "person"


def test_a_form_that_was_left_opens_where_it_was_left(town: City, ways: Ways, qtbot: QtBot) -> None:
    record = start(town.clerk.desk, "bulk-pickup")
    page = opened(town.clerk, ways, qtbot, record=record.id, back="counter")
    assert page.editor is not None
    page.editor.entry.put("person/last_name", "Nowak")
    page.editor.show_section("pickup")
    page.hide()  # as when the window is closed
    again = opened(town.clerk, ways, qtbot, record=record.id, back="counter")
    assert again.editor is not None
    assert again.editor.section == "pickup"


def newer(session: Session, record_id: str, page: FormPage, **fields: str) -> None:
    """The City's next revision of a record comes in with these fields, under the open page."""
    mine = session.store.record(record_id)
    assert mine is not None
    whole = {**mine.fields, **{path.replace("__", "/"): value for path, value in fields.items()}}
    row = RemoteRow(mine.id, mine.rev + 1, mine.service, mine.form_version, whole)
    touched: list[Touched] = []
    stop = session.store.subscribe(touched.append)
    session.store.exchange.apply_page(bucket_of(whole), [row], mine.rev + 1)
    stop()
    page.refresh(touched[-1])


def test_an_open_form_is_not_pulled_from_under_the_person(
    town: City, ways: Ways, qtbot: QtBot, said: list[str]
) -> None:
    visit = workplaces.visits(town, 1)[0]
    page = opened(town.inspector, ways, qtbot, record=visit.id, back="today")
    editor = page.editor
    assert editor is not None
    editor.show_section("outcome")
    newer(town.inspector, visit.id, page, place__unit="4B")
    assert page.editor is editor
    assert (editor.section, editor.session.node("place/unit").value, said) == ("outcome", "", [])
    assert page.news.text() == "The City has newer answers: shown when you close"


def test_what_the_city_sent_meanwhile_is_there_after_closing(town: City, ways: Ways, qtbot: QtBot) -> None:
    visit = workplaces.visits(town, 1)[0]
    page = opened(town.inspector, ways, qtbot, record=visit.id, back="today")
    newer(town.inspector, visit.id, page, place__unit="4B")
    assert page.editor is not None
    page.editor.entry.put("place/site_notes", "Gate at the side")
    page.leave()
    page.go(record=visit.id, back="today")
    assert page.editor is not None
    assert page.editor.session.node("place/unit").value == "4B"
    assert page.news.text() == ""


def test_an_answer_over_one_that_was_not_seen_says_what_was_seen(town: City, ways: Ways, qtbot: QtBot) -> None:
    visit = workplaces.visits(town, 1)[0]
    page = opened(town.inspector, ways, qtbot, record=visit.id, back="today")
    newer(town.inspector, visit.id, page, place__unit="4B")
    assert page.editor is not None
    page.editor.entry.put("place/unit", "4C")
    page.editor.flush()
    change = town.inspector.store.history(visit.id)[-1].change
    assert (change.was["place/unit"], change.edits["place/unit"]) == (None, "4C")


def test_without_a_record_the_page_says_what_opens_here(town: City, ways: Ways, qtbot: QtBot) -> None:
    page = opened(town.clerk, ways, qtbot)
    assert page.editor is None
    assert page.where() == {"record": "", "back": "today", "section": ""}


def test_enter_takes_the_only_address_that_is_meant(town: City, ways: Ways, qtbot: QtBot) -> None:
    page = opened(town.clerk, ways, qtbot, record=start(town.clerk.desk, "bulk-pickup").id)
    edit = of_kind(page.findChild(AddressField), AddressField).edit
    edit.setFocus()
    meant = town.layers.search_addresses("1", 1)[0].label
    qtbot.keyClicks(edit, meant[:-2])  # lists 11, 12, 13… of that street too
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert edit.text() == meant
    assert not popup.isVisible()


def test_a_draft_is_discarded_once_that_is_confirmed(town: City, ways: Ways, qtbot: QtBot, said: list[str]) -> None:
    record = start(town.clerk.desk, "bulk-pickup")
    page = opened(town.clerk, ways, qtbot, record=record.id, back="counter")
    assert page.editor is not None
    page.editor.entry.put("person/last_name", "Nowak")
    page.discarding.ask()
    qtbot.keyClick(page.discarding.keep, Qt.Key.Key_Escape)
    assert town.clerk.store.record(record.id) is not None
    page.discarding.ask()
    page.discarding.confirm.click()
    assert town.clerk.store.record(record.id) is None
    assert ways.last == ("counter", {})
    assert "discarded" in said[-1]


def test_what_was_sent_cannot_be_discarded(town: City, ways: Ways, qtbot: QtBot) -> None:
    record = start(town.clerk.desk, "bulk-pickup")
    fill(town.clerk.desk, record, workplaces.pickup_answers(town))
    page = opened(town.clerk, ways, qtbot, record=record.id, back="counter")
    assert page.discarding.button.isVisible()
    assert page.editor is not None
    page.editor.submitted.emit()
    page.go(record=record.id, back="counter")
    assert not page.discarding.button.isVisible()


def test_a_closed_form_opens_at_the_answer_that_was_asked_for(town: City, ways: Ways, qtbot: QtBot) -> None:
    visit = workplaces.visits(town, 1)[0]
    workplaces.inspect(town, visit)
    town.sync()
    page = opened(town.supervisor, ways, qtbot, record=visit.id, field="outcome/result", back="review")
    assert page.editor is not None
    assert page.editor.sheet.read_only
    assert page.editor.section == "outcome"
