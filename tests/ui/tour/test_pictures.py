"""The picture set: a picture each, and an index that shows them all."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QImage

from tests.pictures.making import name_of, page
from tests.support.tour import STOPS, Tour


def test_every_stop_has_a_file_name_of_its_own() -> None:
    assert len({name_of(stop, "en", "light", 100) for stop in STOPS}) == len(STOPS)


def test_the_index_shows_every_picture() -> None:
    made = page(STOPS, ["en", "fr"], ["light", "contrast"], [100, 200])
    assert made.count("<img ") == len(STOPS) * 8
    assert all(name_of(stop, "fr", "contrast", 200) in made for stop in STOPS)


def test_a_look_and_a_size_make_another_picture(tour: Tour, tmp_path: Path) -> None:
    [stop] = [one for one in STOPS if one.name == "leaving"]
    pictures = []
    for look, scale, size in (("light", 1, (1024, 700)), ("contrast", 1, (1024, 700)), ("light", 1, (2048, 1400))):
        tour.size = size
        tour.dress("fr", look, scale)
        for _stop, shown in tour.walk((stop,)):
            shown.grab().save(str(tmp_path / "one.png"))
            pictures.append(QImage(str(tmp_path / "one.png")))
    assert pictures[0] != pictures[1]
    assert (pictures[0].width(), pictures[2].width()) == (1024, 2048)
