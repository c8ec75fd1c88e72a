"""The photos of a record stand upright, as they do in the form."""

from __future__ import annotations

from typing import cast

from fieldapp.store.blobs import Blobs
from tests.support.ui_pictures import LEFT_DOWN, taken
from ui.records.photos import read_small


class Held:
    """Blobs that hold one photo."""

    def read(self, _sha256: str) -> bytes:
        """A phone's photo, held upright."""
        return taken(400, 300, orientation=LEFT_DOWN)


def test_a_photo_that_was_held_upright_stands_upright() -> None:
    small = read_small(cast("Blobs", Held()), "0" * 64)
    assert small.height() > small.width()
