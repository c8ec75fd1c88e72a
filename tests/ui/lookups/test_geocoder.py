"""An address that is not in the City's list on this laptop: asked for at the City's geocoder, a real server here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from fieldapp import texts
from fieldapp.forms import FormSession
from sync.arcgis import GEOCODER
from tests.support import workplaces
from tests.support.arcgis import MapServer, serving
from tests.support.ui_forms import Notebook, form, of_kind, question
from tests.support.workplaces import City
from tests.ui.workplaces import Ways, visited, words
from ui.forms import FormEditor, Heading
from ui.forms.fields.address import AddressField
from ui.geocoder import CityGeocoder
from ui.lookups import LookupsPage
from ui.lookups.property_pane import PropertyPane
from ui.widgets import Chip, Row

ABSENT = "771 Quince Lane"


@pytest.fixture
def server(town: City) -> Iterator[MapServer]:
    """The City's geocoder: it knows two places, one of them in a ward. The laptop has heard where it is."""
    site = workplaces.sites(town, 1)[0]
    with serving(MapServer({})) as running:
        running.candidates = [
            {"address": "771 QUINCE LANE N", "location": {"x": 1.0, "y": 1.0}, "score": 81.4},
            {"address": "771 QUINCE LANE", "location": {"x": site.lon, "y": site.lat}, "score": 98.6},
        ]
        town.inspector.store.keep_setting(GEOCODER, running.url)
        yield running


@pytest.fixture
def pane(town: City, ways: Ways, qtbot: QtBot) -> PropertyPane:
    return visited(LookupsPage(town.inspector, ways), qtbot).places


def asked(pane: PropertyPane, qtbot: QtBot, text: str = ABSENT) -> PropertyPane:
    """Type an address, press Enter, and wait for what comes of it."""
    qtbot.keyClicks(pane.search, text)
    qtbot.keyClick(pane.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: pane.city.button.isEnabled() and bool(pane.city.said.text()), timeout=20_000)
    return pane


def rows(pane: PropertyPane) -> list[Row]:
    model = pane.results.model()
    return [model.index(n, 0).data(Qt.ItemDataRole.UserRole) for n in range(model.rowCount())]


def test_enter_asks_and_the_likeliest_comes_first_with_source_score_and_ward(
    town: City, pane: PropertyPane, server: MapServer, qtbot: QtBot
) -> None:
    site = workplaces.sites(town, 1)[0]
    ward = town.layers.wards_at(site.lat, site.lon)[0].lstrip("0")
    first, second = rows(asked(pane, qtbot))
    assert (first.title, first.subtitle, first.trailing) == ("771 QUINCE LANE", "Score 99 of 100", f"Ward {ward}")
    assert first.chip == ("City's geocoder", "pri")
    assert second.trailing == ""
    assert server.asked[-1][2]["SingleLine"] == ABSENT


def test_the_chosen_place_says_where_it_is_from_and_its_ward_is_worked_out_here(
    town: City, pane: PropertyPane, server: MapServer, qtbot: QtBot
) -> None:
    site = workplaces.sites(town, 1)[0]
    asked(pane, qtbot)
    qtbot.keyClick(pane.search, Qt.Key.Key_Return)
    ward = town.layers.wards_at(site.lat, site.lon)[0].lstrip("0")
    assert f"Ward {ward}" in [chip.text() for chip in pane.findChildren(Chip)]
    assert "Place from the City's geocoder, score 99 of 100." in words(pane)
    assert pane.results.isHidden()


def test_nothing_leaves_the_laptop_before_somebody_asks(pane: PropertyPane, server: MapServer, qtbot: QtBot) -> None:
    qtbot.keyClicks(pane.search, ABSENT)
    assert pane.city.isVisible()
    assert server.asked == []


def test_an_address_of_the_list_needs_no_question(
    town: City, pane: PropertyPane, server: MapServer, qtbot: QtBot
) -> None:
    qtbot.keyClicks(pane.search, workplaces.sites(town, 1)[0].address)
    qtbot.keyClick(pane.search, Qt.Key.Key_Return)
    assert server.asked == []


def test_a_city_without_a_geocoder_offers_none(pane: PropertyPane, qtbot: QtBot) -> None:
    qtbot.keyClicks(pane.search, ABSENT)
    qtbot.keyClick(pane.search, Qt.Key.Key_Return)
    assert pane.city.isHidden()


def test_none_found_is_said(pane: PropertyPane, server: MapServer, qtbot: QtBot) -> None:
    assert asked(pane, qtbot, "9 Nowhere").city.said.text() == "The City's geocoder knows no such address."


def test_an_error_inside_of_200_is_a_plain_sentence(pane: PropertyPane, server: MapServer, qtbot: QtBot) -> None:
    server.faults[1] = (200, {"error": {"code": 400, "message": "Unable to find address.", "details": []}})
    said = asked(pane, qtbot).city.said.text()
    assert said == ("The server refuses this: Unable to find address. The addresses on this laptop are still searched.")
    qtbot.mouseClick(pane.city.button, Qt.MouseButton.LeftButton)  # and it can be asked again
    qtbot.waitUntil(lambda: len(rows(pane)) == 2, timeout=20_000)


def test_offline_is_a_plain_sentence_in_french_too(town: City, pane: PropertyPane, qtbot: QtBot) -> None:
    town.inspector.store.keep_setting(GEOCODER, "http://127.0.0.1:9/GeocodeServer")
    with texts.speaking("fr"):
        said = asked(pane, qtbot).city.said.text()
    assert said.endswith("La recherche se fait toujours parmi les adresses de cet ordinateur.")


def test_an_answer_that_comes_after_something_else_was_typed_is_not_shown(
    pane: PropertyPane, server: MapServer, qtbot: QtBot
) -> None:
    qtbot.keyClicks(pane.search, ABSENT)
    qtbot.keyClick(pane.search, Qt.Key.Key_Return)
    pane.search.setText("something else")
    qtbot.waitUntil(lambda: bool(server.asked), timeout=20_000)
    qtbot.wait(100)
    assert rows(pane) == []


def test_a_form_asks_for_what_its_list_lacks_and_takes_the_position_too(
    town: City, server: MapServer, qtbot: QtBot
) -> None:
    book = Notebook()
    definition = form(
        """
        | type | name | label::en | label::fr | appearance |
        | text | address | Address | Adresse | address |
        | geopoint | spot | Where | Où | |
        """
    )
    session = FormSession(definition, {}, language="en", clock=book.clock)
    layers = town.layers
    host = replace(book.host(), search_addresses=layers.search_addresses, city=CityGeocoder(town.inspector))
    editor = FormEditor(session, host, lambda: Heading("Visit", "", "Submit"), kept={})
    qtbot.addWidget(editor)
    editor.show()
    field = of_kind(question(editor, "address").field, AddressField)
    qtbot.keyClicks(field.edit, ABSENT)
    city = field.city
    assert city is not None
    qtbot.waitUntil(city.isVisible)
    qtbot.mouseClick(city.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: field._names.rowCount() == 2, timeout=20_000)
    first = field._names.stringList()[0]
    assert first == "Geocoder 99 · 771 QUINCE LANE"
    field._completer.activated.emit(first)
    qtbot.waitUntil(lambda: field.edit.text() == "771 QUINCE LANE")
    qtbot.waitUntil(lambda: book.fields.get("address") == "771 QUINCE LANE")
    site = workplaces.sites(town, 1)[0]
    assert book.fields["spot"].startswith(f"{site.lat:.6f} {site.lon:.6f}")
    assert isinstance(field.target(), QLineEdit)
    assert city.isHidden()
