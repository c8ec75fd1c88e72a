"""Laptops learn from the gateway where the City's live feeds are."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from fieldapp.clock import FixedClock
from sync.live import LiveTimes, told
from tests.support.gateway import CLERK, City
from tests.support.live import Publisher, feed, publishing
from ui.__main__ import main


def test_what_the_gateway_says_is_asked(far: City, tmp_path: Path) -> None:
    laptop, clock = far.laptop(CLERK), FixedClock()
    live = LiveTimes(tmp_path / "none.csv", clock, partial(told, laptop.store))
    with publishing(Publisher(feed(clock.now()))) as publisher:
        far.service.live = {"trip_updates": publisher.url}
        laptop.sync()
        found = live.fetch()
        assert found is not None
        assert found.at == clock.now()
        far.service.live = {}
        laptop.sync()
        assert told(laptop.store) == {}


@pytest.mark.parametrize("said", ["trip_updates=http://a.example/x", "buses=https://a.example/x", "trip_updates"])
def test_a_feed_that_is_none_or_open_to_others_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], said: str
) -> None:
    try:
        code = main(["gateway", "serve", "--data", str(tmp_path), "--live", said])
    except SystemExit as left:
        code = int(left.code or 0)
    assert code != 0
    assert "trip_updates" in (err := capsys.readouterr().err) or "https" in err
