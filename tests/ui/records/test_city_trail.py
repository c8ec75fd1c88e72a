"""The City's history of a record on the screen: asked through the real gateway, checked, said in words, on paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from fieldapp.records import Record
from fieldapp.services import Catalogue
from sync.adapters.gateway import GatewayClient
from sync.practice.people import KAUR
from sync.trails import Trails
from tests.support import workplaces
from tests.support.pictures import settle
from tests.support.real_city import RealCity, found_real_city
from tests.ui.workplaces import Ways, catalogue, layers_file
from ui.records.trail import Trail
from ui.records.view import RecordView

__all__ = ["catalogue", "layers_file"]


@pytest.fixture
def city(tmp_path: Path, catalogue: Catalogue, layers_file: Path) -> Iterator[RealCity]:
    made = found_real_city(tmp_path, catalogue, layers_file)
    yield made
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    settle()
    made.close()


def looked_at(city: RealCity, record: Record, qtbot: QtBot) -> Trail:
    """The supervisor's, with a line to the City."""
    session = city.supervisor
    token = city.service.give_token(KAUR.id)
    session.trails = Trails(session.store, lambda: GatewayClient(city.server.url, token))
    view = RecordView(session, Ways())
    qtbot.addWidget(view)
    view.resize(700, 800)
    view.show()
    view.show_record(record.id)
    view.tabs.show_pane(view.trail)
    return view.trail


def asked(trail: Trail, qtbot: QtBot) -> None:
    trail.ask.click()
    qtbot.waitUntil(lambda: not trail.is_asking, timeout=30_000)


def test_what_everybody_did_comes_with_its_proof(city: RealCity, qtbot: QtBot, tmp_path: Path) -> None:
    (visit,) = workplaces.visits(city, 1)
    workplaces.inspect(city, visit)
    city.sync()
    trail = looked_at(city, visit, qtbot)
    before = trail.list.model().rowCount()
    asked(trail, qtbot)
    assert trail.city_words.text().startswith("The City has ")
    assert "each is as it was written when the City took it" in trail.city_words.text()
    assert trail.list.model().rowCount() > before
    submitted = (
        next(one for one in trail.city.trail.ops if one.op.get("transition") == "submit") if trail.city else None
    )
    assert submitted is not None
    trail.list.choose(str(submitted.op["id"]))
    assert trail.chosen.text().startswith("M. Tremblay (inspector), on TOUGH-07 · by the laptop's clock 09:00")
    assert f"block {submitted.block} of the City's history" in trail.chosen.text()
    trail.save_as(tmp_path / "trail.pdf")
    printed = "".join(page.extract_text() for page in PdfReader(tmp_path / "trail.pdf").pages)
    assert "M. Tremblay" in printed
    assert "signed history" in printed.replace("\n", " ")


def test_what_was_altered_at_the_city_is_said_and_not_ticked(city: RealCity, qtbot: QtBot) -> None:
    (visit,) = workplaces.visits(city, 1)
    with city.service.database.write() as tx:
        tx.execute("UPDATE op SET payload = replace(payload, 'm.tremblay', 'm.nobody') WHERE record = ?", (visit.id,))
    trail = looked_at(city, visit, qtbot)
    asked(trail, qtbot)
    assert "does not hold" in trail.city_words.text()
    assert "Tell IT before you decide." in trail.city_words.text()


def test_without_a_network_what_is_here_is_shown(city: RealCity, qtbot: QtBot) -> None:
    (visit,) = workplaces.visits(city, 1)
    trail = looked_at(city, visit, qtbot)
    city.server.stop()
    asked(trail, qtbot)
    assert trail.city_words.text().endswith("What is on this laptop is shown.")
    assert trail.list.model().rowCount() > 0
