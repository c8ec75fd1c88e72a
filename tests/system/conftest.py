"""Whole-way tests use the screens as they are: the same platform and dress as the tests of the screens."""

from tests.ui.conftest import _english

__all__ = ["_english"]
