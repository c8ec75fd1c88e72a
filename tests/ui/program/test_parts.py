"""What goes into the program, on each system."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from ui.program.parts import EXCLUDED, LAYERS, is_kept, is_stripped, size_of, strangers

ROOT = Path(__file__).resolve().parents[3]
KEPT = (
    "PySide6/Qt/plugins/platforms/libqxcb.so",
    "PySide6/Qt/plugins/platforms/libqoffscreen.so",
    "PySide6\\plugins\\platforms\\qwindows.dll",
    "PySide6/Qt/plugins/platforms/libqcocoa.dylib",
    "PySide6/Qt/lib/libQt6Widgets.so.6",
    "PySide6\\Qt6Core.dll",
    "PySide6/Qt/lib/libQt6Test.so.6",
    "PySide6/Qt/lib/QtGui.framework/Versions/A/QtGui",
    "PySide6/Qt/plugins/imageformats/libqsvg.so",
    "PySide6/Qt/plugins/iconengines/libqsvgicon.so",
    "PySide6/Qt/translations/qtbase_fr.qm",
    "PySide6\\translations\\qtbase_fr.qm",
    "pillow.libs/libharfbuzz-fb49c9fc.so.0.61450.0",
    "resources/fonts/Inter_400Regular.ttf",
    "resources/services/bulk-pickup/form.md",
    "resources/translations/fr/sync.toml",
    "resources/icons/check.svg",
    "pyxform/json_form_schema.json",
    "pyxform/validators/pyxform/iana_subtags/iana_subtags_2_characters.txt",
)
LEFT_OUT = (
    "PySide6/Qt/plugins/platforms/libqeglfs.so",
    "PySide6/Qt/plugins/platforms/libqwayland.so",
    "PySide6/Qt/plugins/platforms/libqminimalegl.so",
    "PySide6\\plugins\\platforms\\qdirect2d.dll",
    "PySide6\\plugins\\platforms\\qminimal.dll",
    "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
    "PySide6/Qt/plugins/imageformats/libqpdf.so",
    "PySide6/Qt/lib/libQt6Pdf.so.6",
    "PySide6\\Qt6Quick.dll",
    "PySide6/Qt/lib/QtQml.framework/Versions/A/QtQml",
    "PySide6\\opengl32sw.dll",
    "PySide6/Qt/translations/qtbase_de.qm",
    "PySide6\\translations\\qtbase_ja.qm",
    "libgtk-3.so.0",
    "libcairo.so.2",
    "resources/pictures/today.png",
    "pyxform/validators/odk_validate/bin/ODK_Validate.jar",
)


@pytest.mark.parametrize("name", KEPT)
def test_what_the_program_needs_is_in_it(name: str) -> None:
    assert is_kept(name)


@pytest.mark.parametrize("name", LEFT_OUT)
def test_what_it_never_uses_is_not(name: str) -> None:
    assert not is_kept(name)


def test_a_library_that_stripping_would_break_is_left_as_it_is() -> None:
    assert not is_stripped("numpy.libs/libscipy_openblas64_-32a4b2a6.so")
    assert is_stripped("PySide6/Qt/lib/libQt6Gui.so.6")


def test_no_module_that_the_program_imports_is_left_out() -> None:
    files = [path for layer in LAYERS for path in (ROOT / layer).rglob("*.py")]
    trees = [ast.parse(path.read_text("utf-8")) for path in files]
    nodes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    named = {node.module for node in nodes if isinstance(node, ast.ImportFrom)}
    named |= {name.name for node in nodes if isinstance(node, ast.Import) for name in node.names}
    assert not named.intersection(EXCLUDED)


def test_tools_of_the_tests_stay_out_whatever_is_installed() -> None:
    assert "pytest" in strangers(["PyInstaller", "typing_extensions"])
    assert "pytest" not in strangers(["PyTest"])


def test_a_size_counts_links_once(tmp_path: Path) -> None:
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "one").write_bytes(bytes(100))
    (tmp_path / "two").symlink_to("lib/one")
    assert size_of(tmp_path) == 100
