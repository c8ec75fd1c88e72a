"""The card of reference layers: of which day each is here, what the City has, and what is on its way."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from fieldapp import __version__, texts
from fieldapp.places import Report, import_layer
from fieldapp.store import LAYER, RemoteRow
from sync.layers import REFUSED
from sync.status import LayerComing, SyncState, SyncStatus
from tests.support.places import wards_file
from tests.support.session import StillCourier
from ui.lookups.sources import sources
from ui.session import Session
from ui.sync_centre.layers import LayersCard, Line
from ui.widgets import Progress

Told = Callable[..., Line]
SHA = "1" * 64


@pytest.fixture
def told(session: Session, qtbot: QtBot, tmp_path: Path) -> Told:
    """The line of the wards, here as of 1 October, when the City tells of `fields`."""
    import_layer(session.layers.path, "wards", wards_file(tmp_path), about=Report("wards", "", as_of="2026-10-01"))

    def line(status: SyncStatus | None = None, name: str = "wards", **fields: str) -> Line:
        row = {"name": name, "as_of": "2026-11-01", "sha256": SHA, **fields}
        session.store.exchange.apply_page("ref", (RemoteRow(f"layer:{name}", 1, kind=LAYER, fields=row),), 1)
        card = LayersCard(session)
        qtbot.addWidget(card)
        card.refresh()
        card.follow(status)
        return next(iter(card._lines()))

    return line


def test_what_the_city_sends_comes_behind_the_records(told: Told, session: Session) -> None:
    line = told(size="100")
    assert (line.name, line.here, line.chip[0]) == ("Wards", "as of 1 Oct", "To come")
    assert line.more == "The City has that of 1 Nov; it comes behind your records."
    assert sources(session, ("wards",)).endswith("comes anew with the next sync: Wards")


def test_how_much_has_come_is_shown(told: Told) -> None:
    mega = 1 << 20
    coming = SyncStatus(state=SyncState.FILES, layer=LayerComing("wards", 3 * mega, 12 * mega))
    assert told(coming, size=str(12 * mega)).more == "3.0 MB of 12.0 MB are here."


def test_how_much_is_taken_in_is_shown(told: Told) -> None:
    loading = SyncStatus(state=SyncState.FILES, layer=LayerComing("wards", 3, 12, loading=True))
    line = told(loading, size="12")
    assert (line.chip[0], line.more) == ("Coming", "All of it is here and is being taken in: 25 %.")


def test_one_on_its_way_is_stopped_by_a_key_and_brought_again(told: Told, session: Session, qtbot: QtBot) -> None:
    told(size="12")
    card = LayersCard(session)
    qtbot.addWidget(card)
    card.refresh()
    card.follow(SyncStatus(state=SyncState.FILES, layer=LayerComing("wards", 3, 12)))
    card.findChildren(Progress)[0].stop.click()
    card.follow(SyncStatus(layers_off=True))
    line = next(iter(card._lines()))
    assert (line.chip[0], line.here, card.again.isHidden()) == ("Put off", "as of 1 Oct", False)
    card.again.click()
    assert isinstance(session.courier, StillCourier)
    assert session.courier.wished == ["no layers", "layers"]
    card.follow(SyncStatus())
    assert (next(iter(card._lines())).chip[0], card.again.isHidden()) == ("To come", True)


def test_the_same_one_needs_no_words(told: Told, session: Session) -> None:
    here = next(one for one in session.layers.describe() if one.name == "wards")
    assert told(sha256=here.sha256, as_of=here.as_of, size="9").chip == ("As at the City", "ok")


def test_one_that_is_not_sent_is_loaded_by_hand(told: Told) -> None:
    assert told().more == "The City has that of 1 Nov. Load it with fieldapp import wards FILE."


def test_a_refused_one_says_why_and_that_the_old_one_stays(told: Told, session: Session) -> None:
    refuse(session, {"sha256": SHA, "why": "The file is empty.", "by": __version__})
    line = told(size="100")
    assert line.chip == ("Not taken", "bad")
    assert line.more == "The City's, of 1 Nov, was not taken: The file is empty. What is here stays as it is."


def test_a_refusal_of_another_version_says_nothing_of_this_one(told: Told, session: Session) -> None:
    refuse(session, {"sha256": "2" * 64, "why": "The file is empty.", "by": __version__})
    assert told(size="100").chip[0] == "To come"


def test_a_layer_of_a_newer_gateway_asks_for_an_update_in_french_too(told: Told) -> None:
    with texts.speaking("fr"):
        line = told(name="trees", size="100")
        assert line.chip[0] == "Inconnue ici"
        assert line.more.startswith("Ce FieldApp est trop ancien")


def refuse(session: Session, said: Mapping[str, str]) -> None:
    session.store.keep_setting(REFUSED, json.dumps({"wards": said}))
