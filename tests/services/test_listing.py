"""The table of the services in README.md is the one that their folders make."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.errors import RefusedError
from fieldapp.services import Catalogue
from fieldapp.services.listing import listing, with_listing

README = Path(__file__).parent.parent.parent / "README.md"


def test_the_table_in_the_readme_is_current() -> None:
    """`./run service table README.md` mends it."""
    assert listing(Catalogue.load()) in README.read_text("utf-8")


def test_a_file_without_a_place_for_it_is_refused() -> None:
    with pytest.raises(RefusedError, match="no place"):
        with_listing("# Nothing here", [])
