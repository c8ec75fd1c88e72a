"""The Counter page: begin by word or digit, continue a draft, the receipt, the next resident."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from pytestqt.qtbot import QtBot

from fieldapp import texts
from fieldapp.actions import Handed, answer, open_till, start, take, take_payment
from fieldapp.records import ALIAS, Record
from fieldapp.services import Catalogue
from fieldapp.store import Touched
from tests.support import workplaces
from tests.support.money import FLAT, FLOAT
from tests.support.papers import faults
from tests.support.workplaces import City, fill
from tests.ui.workplaces import Ways, visited
from ui import theme
from ui.counter import CounterPage
from ui.counter.blank import PaperForms
from ui.counter.receipt import receipt
from ui.widgets.labels import Elided


def opened(town: City, ways: Ways, qtbot: QtBot) -> CounterPage:
    return visited(CounterPage(town.clerk, ways), qtbot)


def submitted(town: City, lang: str = "en") -> Record:
    desk = town.clerk.desk
    made = start(desk, "bulk-pickup", lang=lang)
    fill(desk, made, [*workplaces.pickup_answers(town), ("case/lang", lang)])
    return take(desk, made.id, "submit")


def began(town: City, ways: Ways) -> Record:
    where, about = ways.last
    assert where == "form"
    assert about["back"] == "counter"
    return town.clerk.desk.record(about["record"])


def test_typed_words_and_enter_begin_a_draft(town: City, ways: Ways, qtbot: QtBot) -> None:
    page = opened(town, ways, qtbot)
    qtbot.keyClicks(page.home.search, "couch at the curb")
    qtbot.keyClick(page.home.search, Qt.Key.Key_Return)
    assert began(town, ways).service == "bulk-pickup"


def test_a_digit_and_enter_begin_the_service(town: City, ways: Ways, qtbot: QtBot) -> None:
    page = opened(town, ways, qtbot)
    qtbot.keyClick(page.home.search, Qt.Key.Key_2)
    assert ways.taken == []
    qtbot.keyClick(page.home.search, Qt.Key.Key_Return)
    assert began(town, ways).service == page.home.tiles[1].service.id


def test_a_number_that_is_typed_begins_nothing(town: City, ways: Ways, qtbot: QtBot) -> None:
    page = opened(town, ways, qtbot)
    qtbot.keyClicks(page.home.search, "26-104003")
    assert page.home.search.text() == "26-104003"
    assert ways.taken == []


def test_words_that_are_typed_on_a_tile_are_sought(town: City, ways: Ways, qtbot: QtBot) -> None:
    page = opened(town, ways, qtbot)
    page.home.board.step_in()
    qtbot.keyClick(page.home.tiles[0], Qt.Key.Key_D)
    assert page.home.search.text() == "d"
    assert page.window().focusWidget() is page.home.search
    assert ways.taken == []


def test_tab_stops_once_among_the_tiles_and_arrows_lead_from_one_to_the_next(
    town: City, ways: Ways, qtbot: QtBot
) -> None:
    page = opened(town, ways, qtbot)
    stops = [tile for tile in page.home.tiles if tile.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert stops == [page.home.tiles[0]]
    page.home.board.step_in()
    qtbot.keyClick(page.home.tiles[0], Qt.Key.Key_Right)
    assert page.window().focusWidget() is page.home.tiles[1]
    qtbot.keyClick(page.home.tiles[1], Qt.Key.Key_Down)
    below = page.window().focusWidget()
    assert below is not None
    assert below.y() > page.home.tiles[1].y()


def test_who_does_what_the_city_does_not_is_told_and_nothing_begins(town: City, ways: Ways, qtbot: QtBot) -> None:
    page = opened(town, ways, qtbot)
    qtbot.keyClicks(page.home.search, "birth certificate")
    assert page.home.results.current() == "refer:birth-certificate"
    qtbot.keyClick(page.home.search, Qt.Key.Key_Return)
    assert ways.taken == []


def test_what_was_typed_for_a_form_that_was_left_is_gone(town: City, ways: Ways, qtbot: QtBot) -> None:
    page = opened(town, ways, qtbot)
    qtbot.keyClicks(page.home.search, "couch")
    qtbot.keyClick(page.home.search, Qt.Key.Key_Return)
    page.hide()
    page.go()
    assert page.home.search.text() == ""


def test_a_confirmation_follows_what_is_paid(town: City, ways: Ways, qtbot: QtBot) -> None:
    desk = town.clerk.desk
    open_till(desk, "City Hall 1", FLOAT)
    owes = answer(desk, start(desk, "building-permit").id, FLAT)
    page = opened(town, ways, qtbot)
    page.go(receipt=owes.id)
    assert page.receipt.pay.isVisible()
    page.hide()
    take_payment(desk, owes, Handed(Decimal("349.00"), "cash"))
    page.go()
    page.show()
    assert not page.receipt.pay.isVisible()


def test_what_was_seen_is_not_asked_for_again(town: City) -> None:
    desk = town.clerk.desk
    begun = start(desk, "residential-parking")
    (owner,) = (one for one in desk.service_of(begun).documents if one.seen)
    asked = owner.title.text("en")
    assert any(asked in step for step in receipt(town.clerk, begun).next)
    seen = answer(desk, begun.id, dict.fromkeys(owner.seen, "OK"))
    assert not any(asked in step for step in receipt(town.clerk, seen).next)


def test_a_digit_after_words_is_typed(town: City, ways: Ways, qtbot: QtBot) -> None:
    page = opened(town, ways, qtbot)
    qtbot.keyClicks(page.home.search, "unit 2")
    assert page.home.search.text() == "unit 2"
    assert ways.taken == []


def test_services_that_belong_to_a_permit_are_no_tiles(town: City, ways: Ways, qtbot: QtBot) -> None:
    page = opened(town, ways, qtbot)
    shown = {tile.service.id for tile in page.home.tiles}
    assert {"bulk-pickup", "building-permit"} <= shown
    assert "building-inspection" not in shown


def test_a_draft_is_listed_and_continued(town: City, ways: Ways, qtbot: QtBot) -> None:
    draft = start(town.clerk.desk, "bulk-pickup")
    page = opened(town, ways, qtbot)
    page.home.drafts.choose(draft.id)
    qtbot.keyClick(page.home.drafts, Qt.Key.Key_Return)
    assert ways.last == ("form", {"record": draft.id, "back": "counter"})


def test_the_receipt_shows_the_offline_reference_and_then_the_number(town: City, ways: Ways, qtbot: QtBot) -> None:
    record = submitted(town)
    page = opened(town, ways, qtbot)
    page.go(receipt=record.id)
    assert page.receipt.reference.text() == record.get(ALIAS)
    assert not page.receipt.number.isVisibleTo(page)
    town.sync()
    page.refresh(Touched(frozenset({record.id}), journal=True))
    assert page.receipt.reference.text() == record.get(ALIAS)
    assert "BK26-" in page.receipt.number.text()


def test_the_next_resident_sees_nothing_of_the_last(town: City, ways: Ways, qtbot: QtBot) -> None:
    record = submitted(town)
    page = opened(town, ways, qtbot)
    page.go(receipt=record.id)
    qtbot.keyClick(page.receipt.next, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert page.home.isVisible()
    assert page.receipt.reference.text() == ""
    assert page.where() == {"receipt": ""}


def test_a_receipt_speaks_the_records_language(town: City) -> None:
    made = receipt(town.clerk, submitted(town, "fr"))
    assert made.title == "Ramassage d'encombrants"
    assert made.reference_name == "Votre référence"
    assert texts.language() == "en"


def test_a_receipt_says_that_a_request_is_not_confirmed(town: City) -> None:
    assert "It is not decided or confirmed" in receipt(town.clerk, submitted(town)).next[-1]


def test_a_receipt_is_kept_as_pdf(town: City, ways: Ways, qtbot: QtBot, tmp_path: Path) -> None:
    page = opened(town, ways, qtbot)
    page.go(receipt=submitted(town).id)
    page.receipt.save_pdf(tmp_path / "receipt.pdf")
    assert faults((tmp_path / "receipt.pdf").read_bytes()) == []


def test_a_blank_form_is_given_out_in_the_residents_language(
    town: City, ways: Ways, qtbot: QtBot, tmp_path: Path
) -> None:
    page = opened(town, ways, qtbot)
    menu = PaperForms(page.session, page.home.groups, page)
    offered = [action.text() for action in menu.actions()]
    assert [text for text in offered if "blank" in text] == [
        "Print a blank form in English",
        "Print a blank form in French",
        "Save a blank form in English",
        "Save a blank form in French",
    ]
    menu.save(town.catalogue.get("bulk-pickup"), "fr", tmp_path / "blank.pdf")
    paper = (tmp_path / "blank.pdf").read_bytes()
    assert faults(paper) == []
    with pikepdf.open(tmp_path / "blank.pdf") as pdf:
        assert str(pdf.Root.Lang).startswith("fr")


def test_a_filled_form_is_taken_in_from_the_same_menu(town: City, ways: Ways, qtbot: QtBot) -> None:
    page = opened(town, ways, qtbot)
    menu = PaperForms(page.session, page.home.groups, page)
    with qtbot.waitSignal(menu.came_back):
        menu.actions()[0].trigger()


def test_who_asks_for_the_counter_while_a_receipt_is_shown_gets_its_first_screen(
    town: City, ways: Ways, qtbot: QtBot
) -> None:
    page = opened(town, ways, qtbot)
    page.go(receipt=submitted(town).id)
    page.go()
    assert page.home.isVisible()


def test_one_service_is_told_as_one(town: City, ways: Ways, qtbot: QtBot) -> None:
    only = Catalogue({"bulk-pickup": town.catalogue.get("bulk-pickup")})
    session = replace(town.inspector, desk=replace(town.inspector.desk, catalogue=only))
    page = visited(CounterPage(session, ways), qtbot)
    said = [one.text() for one in page.findChildren(Elided)]
    assert "1 service can be taken here, with or without a network" in said


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("wide", [942, 1024, 1184, 1664])  # the narrowest; in windows of 1280, 1440 and 1920 px
def test_no_word_on_a_tile_is_cut_off(town: City, ways: Ways, qtbot: QtBot, language: str, wide: int) -> None:
    texts.use(language)
    page = opened(town, ways, qtbot)
    page.resize(wide + page.width() - page.home.width(), 700)
    texts.use("en")
    metrics = QFontMetrics(theme.font(bold=True))

    def cut() -> list[tuple[str, str]]:
        words = [(tile, word) for tile in page.home.tiles for word in tile.text().split()]
        return [(tile.text(), word) for tile, word in words if metrics.horizontalAdvance(word) > tile.room()]

    qtbot.waitUntil(lambda: page.home.width() == wide and not cut())
