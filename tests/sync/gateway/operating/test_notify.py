"""What is told to systemd: a listener that is gone stops nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from sync.gateway.operating.notify import Notifying, tell


def test_a_listener_that_is_gone_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "gone"))
    assert not tell("READY=1")
    with Notifying(lambda: ""):
        pass
