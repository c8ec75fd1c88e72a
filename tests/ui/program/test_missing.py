"""A library that is missing where the program is built ends the build."""

from __future__ import annotations

import logging

import pytest

from ui.program.missing import MissingLibraryError, none_missing

WARNING = "Library not found: could not resolve %r, dependency of %r."
PLUGINS = "/home/w/.venv/lib/python3.11/site-packages/PySide6/Qt/plugins/"


def warn(*words: str) -> None:
    logging.getLogger("PyInstaller.depend.bindepend").warning(WARNING, *words)


def test_a_library_of_a_part_that_is_kept_ends_the_build() -> None:
    with (
        pytest.raises(MissingLibraryError, match=r"libxcb-icccm.so.4 \(wanted by PySide6/Qt/plugins/platforms/libqxcb"),
        none_missing(),
    ):
        warn("libxcb-icccm.so.4", PLUGINS + "platforms/libqxcb.so")


def test_one_of_a_part_that_stays_out_does_not() -> None:
    with none_missing():
        warn("libgtk-3.so.0", PLUGINS + "platformthemes/libqgtk3.so")


def test_this_is_how_the_installed_pyinstaller_warns() -> None:
    from PyInstaller.depend import bindepend

    source = bindepend.__loader__.get_source(bindepend.__name__)
    assert WARNING in source
