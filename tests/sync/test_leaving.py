"""Ready to leave: each line says what was found, never more, and what helps."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fieldapp.machine import Battery, battery
from fieldapp.store import LAYER, ChainReport, RemoteRow
from sync.leaving import BAD, OK, SYNC, UNKNOWN, WARN, Check, Facts, checks, worst
from sync.standing import Standing
from sync.status import ProofOfSync, SyncState, SyncStatus
from tests.support.session import close, make_session
from tests.support.store import make_change
from ui.session import Session

AT = "2026-11-23T13:47:00.000Z"  # thirteen minutes before the clock of the tests


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    made = make_session(tmp_path)
    yield made
    close(made)


def facts(ahead: float | None = 0.0, at: str = AT, state: SyncState = SyncState.IDLE, **parts: Any) -> Facts:
    known: dict[str, Any] = {
        "battery": Battery(90, plugged=False),
        "free": 9 << 30,
        "chain": ChainReport(3),
    }
    status = SyncStatus(state, last_ok=at, proof=ProofOfSync(at, at, "1", clock_ahead=ahead) if at else None)
    return Facts(status=status, **{**known, **parts})


def line(session: Session, what: str, told: Facts) -> Check:
    return next(one for one in checks(session.desk, told) if one.what == what)


@pytest.mark.parametrize(
    ("what", "told", "kind"),
    [
        ("In step with the City", facts(), OK),
        ("In step with the City", facts(at="2026-11-22T13:47:00.000Z"), WARN),
        ("In step with the City", facts(at=""), BAD),
        ("Clock", facts(119.0), OK),
        ("Clock", facts(-300.0), WARN),
        ("Clock", facts(None), UNKNOWN),
        ("Sign-in", facts(), OK),
        ("Sign-in", facts(sign_in=Standing(signed_in=True)), UNKNOWN),
        ("Sign-in", facts(sign_in=Standing(signed_in=True, until="2026-11-25T14:00:00.000Z")), WARN),
        ("Sign-in", facts(state=SyncState.NEEDS_LOGIN), BAD),
        ("Sign-in", facts(sign_in=Standing(signed_in=False)), BAD),
        ("Sign-in", facts(sign_in=Standing(signed_in=True, until="2027-11-25T14:00:00.000Z")), OK),
        ("Disk", facts(), OK),
        ("Disk", facts(free=1 << 30), WARN),
        ("Disk", facts(free=1 << 20), BAD),
        ("Disk", facts(free=None), UNKNOWN),
        ("Battery", facts(), OK),
        ("Battery", facts(battery=Battery(20, plugged=True)), WARN),
        ("Battery", facts(battery=None), UNKNOWN),
        ("Journal of changes", facts(), OK),
        ("Journal of changes", facts(chain=ChainReport(1, "link 2 is broken")), BAD),
        ("Maps and addresses", facts(), WARN),
        ("Copy of the store", facts(), WARN),
        ("Order file", facts(), WARN),
    ],
)
def test_each_thing_is_told_as_it_is(session: Session, what: str, told: Facts, kind: str) -> None:
    found = line(session, what, told)
    assert found.kind == kind
    assert bool(found.todo) == (kind in {WARN, BAD}) or kind == UNKNOWN


def test_work_that_waits_is_told(session: Session) -> None:
    assert line(session, "Your work with the City", facts()).kind == OK
    session.store.commit(make_change(actor=session.person.id, principal=session.person.id), seal=True)
    found = line(session, "Your work with the City", facts())
    assert (found.kind, found.action, found.found) == (WARN, SYNC, "1 change waits")


def test_the_worst_counts_and_what_is_not_known_stops_nobody() -> None:
    lines = [Check(kind, "", "") for kind in (OK, UNKNOWN, WARN, BAD)]
    assert [worst(lines[:n]) for n in (1, 2, 3, 4)] == [OK, OK, WARN, BAD]


def test_a_battery_is_told_or_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    import psutil

    class Sensor:
        percent, power_plugged = 54.4, None

    for found, expected in ((Sensor, Battery(54, plugged=False)), (None, None)):
        monkeypatch.setattr(psutil, "sensors_battery", lambda found=found: found, raising=False)
        assert battery() == expected
    monkeypatch.delattr(psutil, "sensors_battery", raising=False)
    assert battery() is None


def test_a_layer_that_is_to_come_is_a_reason_to_sync_once_more(session: Session) -> None:
    told = {"name": "wards", "as_of": "2026-11-01", "sha256": "1" * 64, "size": "100"}
    session.store.exchange.apply_page("ref", (RemoteRow("layer:wards", 1, kind=LAYER, fields=told),), 1)
    found = line(session, "Maps and addresses", facts())
    assert (found.kind, found.found, found.action) == (WARN, "1 layer is to come", SYNC)
