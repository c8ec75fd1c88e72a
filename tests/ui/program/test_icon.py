"""One drawing of the icon, and what each system wants of it."""

from __future__ import annotations

import configparser
from pathlib import Path

from PIL import Image

from fieldapp import __version__
from ui.program import icon
from ui.program.finishing import DESKTOP, version_info

PROGRAM = Path(__file__).resolve().parents[3] / "resources" / "program"


def test_the_icon_is_drawn_in_all_sizes_for_all_systems(tmp_path: Path) -> None:
    ico, icns = tmp_path / "fieldapp.ico", tmp_path / "fieldapp.icns"
    icon.draw(PROGRAM / "fieldapp.svg", tmp_path / "icons", ico, icns)
    for size in icon.SIZES:
        with Image.open(tmp_path / "icons" / f"{size}x{size}" / "apps" / "fieldapp.png") as made:
            assert made.size == (size, size)
            assert made.convert("RGBA").getpixel((size // 2, size // 8 * 7)) != (0, 0, 0, 0)
    with Image.open(ico) as made:
        assert made.info["sizes"] == {(size, size) for size in icon.WINDOWS}
    with Image.open(icns) as made:
        assert made.size[0] >= 512


def test_the_desktop_entry_names_program_and_icon() -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment,method-assign]  # keys of desktop entries have capitals
    entry.read(PROGRAM / DESKTOP, "utf-8")
    said = entry["Desktop Entry"]
    assert (said["Exec"], said["Icon"], said["Type"]) == ("fieldapp", "fieldapp", "Application")
    assert {"Comment", "Comment[fr]", "GenericName", "GenericName[fr]"} <= set(said)


def test_windows_is_told_the_one_version() -> None:
    assert f"'ProductVersion', '{__version__}'" in version_info()
