"""Laptops learn from the gateway where the City's geocoder is."""

from __future__ import annotations

from pathlib import Path

import pytest

from sync.arcgis import GEOCODER
from tests.support.gateway import CLERK, City
from ui.__main__ import main


def test_each_sync_says_where_the_geocoder_is(far: City) -> None:
    laptop = far.laptop(CLERK)
    laptop.sync()
    assert laptop.store.setting(GEOCODER) == ""
    for url in ("https://maps.example/GeocodeServer", "https://maps.example/other/GeocodeServer", ""):
        far.service.geocoder = url
        laptop.sync()
        assert laptop.store.setting(GEOCODER) == url


def test_a_geocoder_where_others_could_read_along_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["gateway", "serve", "--data", str(tmp_path), "--geocoder", "http://maps.example/GeocodeServer"]
    assert main(asked) == 1
    assert "it must begin with https" in capsys.readouterr().err
