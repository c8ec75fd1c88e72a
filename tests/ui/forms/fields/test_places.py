"""Questions of place: a position, a line, an area."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldapp.forms import FormDefinition
from tests.support.ui_forms import Notebook, editor, focused, form, of_kind, question, show
from tests.support.ui_places import mapped
from tests.support.workplaces import City
from ui.forms.fields.geo_shown import GeoShownField
from ui.forms.fields.geo_value import points_in
from ui.forms.fields.geopoint import GeopointField
from ui.forms.fields.geotrace import GeoTrailField


def places() -> FormDefinition:
    """A position with its map open, one without, a line and an area."""
    return form(
        """
        | type | name | label::en | label::fr | appearance |
        | geopoint | loc | Where it is | Où c'est | maps |
        | geopoint | plain | Second place | Deuxième endroit | |
        | geotrace | way | The way | Le chemin | |
        | geoshape | lot | The area | Le secteur | |
        """
    )


def spots(value: str) -> list[tuple[float, float]]:
    """The points of an answer, however their numbers are written."""
    return [(point.lat, point.lon) for point in points_in(value)]


def typed(qtbot: QtBot, *points: str) -> None:
    """Type points into the line that has the focus, each with Enter."""
    for point in points:
        qtbot.keyClicks(focused(), point)
        qtbot.keyClick(focused(), Qt.Key.Key_Return)


def test_a_position_typed_in_degrees_minutes_and_seconds_is_kept_in_degrees(qtbot: QtBot) -> None:
    book = Notebook()
    made = show(qtbot, editor(places(), book))
    question(made, "loc")
    qtbot.keyClicks(focused(), "43 15 21.96 N 79 52 9.12 W")
    qtbot.keyClick(focused(), Qt.Key.Key_Tab)
    assert spots(book.fields["loc"]) == [(43.2561, -79.8692)]
    assert of_kind(question(made, "loc").field, GeopointField).said.text() == "43°15′22.0″ N, 79°52′09.1″ W"


def test_an_address_is_a_position_too(qtbot: QtBot, town: City) -> None:
    book = Notebook()
    made = show(qtbot, mapped(places(), town.layers, book))
    address = town.layers.search_addresses("1", 1)[0]
    question(made, "plain")
    qtbot.keyClicks(focused(), address.label[:9])
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert "plain" in book.fields
    assert "near " in of_kind(question(made, "plain").field, GeopointField).said.text()
    made.flush()
    assert question(made, "plain").line.text() == ""  # the address that stands in the line is the place, not a mistake
    assert of_kind(question(made, "plain").field, GeopointField).edit.text() == address.label
    qtbot.keyClick(focused(), Qt.Key.Key_Tab)
    assert question(made, "plain").line.text() == ""
    assert "plain" in book.fields


def test_what_is_no_place_is_refused_in_words_and_changes_nothing(qtbot: QtBot) -> None:
    book = Notebook()
    made = show(qtbot, editor(places(), book))
    box = question(made, "loc")
    qtbot.keyClicks(focused(), "behind the church")
    qtbot.keyClick(focused(), Qt.Key.Key_Tab)
    assert "latitude and longitude" in box.line.text()
    assert "loc" not in book.fields
    assert of_kind(box.field, GeopointField).edit.text() == "behind the church"


def test_an_emptied_line_takes_the_position_away(qtbot: QtBot) -> None:
    book = Notebook()
    made = show(qtbot, editor(places(), book))
    made.entry.put("loc", "43.25 -79.87 0 0")
    field = of_kind(question(made, "loc").field, GeopointField)
    field.edit.selectAll()
    qtbot.keyClick(field.edit, Qt.Key.Key_Delete)
    qtbot.keyClick(field.edit, Qt.Key.Key_Tab)
    assert "loc" not in book.fields


def test_a_click_on_the_map_sets_the_position(qtbot: QtBot, town: City) -> None:
    book = Notebook()
    made = show(qtbot, mapped(places(), town.layers, book))
    field = of_kind(question(made, "loc").field, GeopointField)
    assert field.map is not None
    qtbot.mouseClick(field.map.map, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    assert len(spots(book.fields["loc"])) == 1
    assert field.edit.text()


def test_the_map_opens_when_it_is_asked_for(qtbot: QtBot, town: City) -> None:
    made = show(qtbot, mapped(places(), town.layers, Notebook()))
    field = of_kind(question(made, "plain").field, GeopointField)
    assert not field.is_open()
    field.opener.click()
    assert field.is_open()
    field.opener.click()
    assert not field.is_open()


def test_without_layers_there_is_no_map_and_everything_is_typed(qtbot: QtBot) -> None:
    book = Notebook()
    made = show(qtbot, editor(places(), book))
    question(made, "way")
    typed(qtbot, "43.25, -79.87", "43.251, -79.87")
    assert spots(book.fields["way"]) == [(43.25, -79.87), (43.251, -79.87)]
    assert of_kind(question(made, "way").field, GeoTrailField).said.text() == "2 points · 111 m"


def test_an_area_is_closed_and_measured(qtbot: QtBot) -> None:
    book = Notebook()
    made = show(qtbot, editor(places(), book))
    question(made, "lot")
    typed(qtbot, "43.25, -79.87", "43.251, -79.87", "43.251, -79.869")
    assert spots(book.fields["lot"])[0] == spots(book.fields["lot"])[3]
    assert of_kind(question(made, "lot").field, GeoTrailField).said.text().startswith("3 points · 4,5")


def test_a_beginning_is_no_answer_yet_and_says_what_is_missing(qtbot: QtBot) -> None:
    book = Notebook()
    made = show(qtbot, editor(places(), book))
    box = question(made, "lot")
    typed(qtbot, "43.25, -79.87")
    assert "lot" not in book.fields
    assert box.line.text() == ""
    assert of_kind(box.field, GeoTrailField).said.text() == "1 point · 2 more points make an area"
    assert [problem.node.path for problem in made.entry.problems()] == ["lot"]


def test_a_point_is_taken_away_from_the_list(qtbot: QtBot) -> None:
    book = Notebook()
    made = show(qtbot, editor(places(), book))
    field = of_kind(question(made, "way").field, GeoTrailField)
    typed(qtbot, "43.25, -79.87", "43.251, -79.87", "43.252, -79.87")
    field.points.choose("1")
    field.remove.click()
    assert spots(book.fields["way"]) == [(43.25, -79.87), (43.252, -79.87)]


def test_enter_in_an_empty_line_moves_on(qtbot: QtBot) -> None:
    made = show(qtbot, editor(places()))
    field = of_kind(question(made, "way").field, GeoTrailField)
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert focused() is not field.line


def test_a_position_that_is_only_read_is_said_in_words(qtbot: QtBot) -> None:
    kept = {"loc": "43.2561 -79.8692 0 0", "meta/instanceID": "uuid:1"}
    made = show(qtbot, editor(places(), answers=kept, read_only=True))
    assert of_kind(question(made, "loc").field, GeoShownField).words.text() == "43°15′22.0″ N, 79°52′09.1″ W"


def test_the_drawn_map_speaks_french(qtbot: QtBot, town: City) -> None:
    made = show(qtbot, mapped(places(), town.layers, Notebook(), language="fr"))
    field = of_kind(question(made, "way").field, GeoTrailField)
    assert field.said.text() == "Aucun point encore"
    assert field.map is not None
    assert field.map.map.accessibleName() == "Le chemin\u00a0: carte"
