"""Settings as data: everything that the code reads is declared, and every declared value is one that holds."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from fieldapp import texts
from fieldapp.settings import OFFICE, REMEMBERED, Setting, is_declared, setting, settings
from fieldapp.texts import french

ROOT = Path(__file__).resolve().parent.parent
VERBS = {"setting", "keep_setting"}
# Where the name is a parameter or an attribute, its constants are these modules' own.
PASSED_ON = {
    "ui/filling/host.py": ("self._name", "PHOTOS"),
    "sync/runner.py": ("self._proof", "LAST_PROOF"),
    "sync/openrosa/credentials.py": ("setting", "KEPT"),
}
SCREENS = {"ui/settings/choices.py", "ui/shell/chosen.py", "ui/cli.py"}  # they go through the table itself
STORE = {"fieldapp/store/store.py", "fieldapp/store/settings.py", "sync/sign_in/safe.py", "sync/selftest.py"}


def reads() -> Iterator[tuple[str, ast.expr]]:
    """Every name of a setting that the code gives to a store, as it is written."""
    for folder in ("fieldapp", "sync", "ui"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            where = path.relative_to(ROOT).as_posix()
            if where in SCREENS | STORE:
                continue
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in VERBS:
                    yield where, node.args[0]
                elif isinstance(node, ast.Call) and any(_is_verb(one) for one in node.args[:1]):  # partial(verb, name)
                    yield where, node.args[1]


def _is_verb(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and node.attr in VERBS


def name_of(where: str, node: ast.expr) -> str:
    """The name, or how it begins: a constant, or a constant with something behind it."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.BinOp):
        return name_of(where, node.left)
    if where in PASSED_ON and ast.unparse(node) == PASSED_ON[where][0]:
        return str(getattr(_module(where), PASSED_ON[where][1]))
    assert isinstance(node, ast.Name), f"{where}: {ast.unparse(node)}"
    return str(getattr(_module(where), node.id, None) or getattr(_imported(where, node.id), node.id))


def _imported(where: str, name: str) -> ModuleType:
    """The module from which a function imports the constant at its first use."""
    for node in ast.walk(ast.parse((ROOT / where).read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and any(one.name == name for one in node.names):
            return importlib.import_module(node.module)
    raise AssertionError(f"{where}: {name}")


def _module(where: str) -> ModuleType:
    return importlib.import_module(where.removesuffix(".py").replace("/", "."))


def test_everything_that_is_read_is_declared() -> None:
    found = {(where, name_of(where, node)) for where, node in reads()}
    assert len(found) > 20
    assert [one for one in found if not is_declared(one[1])] == []


def test_nothing_is_declared_twice_or_hides_behind_what_is_remembered() -> None:
    keys = [one.key for one in settings()]
    assert len(keys) == len(set(keys))
    assert [key for key in keys if any(key.startswith(known) for known in REMEMBERED)] == [
        key for key in keys if key == "notices.system"
    ]


@pytest.mark.parametrize("one", settings(), ids=lambda one: one.key)
def test_a_default_holds_and_nonsense_does_not(one: Setting) -> None:
    assert one.value("") == one.default
    assert one.default in one.choices or one.kind != "choice"
    if one.kind == "choice":
        assert one.value("nonsense") == one.default


def test_every_setting_speaks_french() -> None:
    texts.use("fr")
    try:
        spoken = settings()
    finally:
        texts.use("en")
    for french_one, english in zip(spoken, settings(), strict=True):
        assert french_one.help == french()[english.help].replace(" :", "\u00a0:")
        assert french_one.help != english.help


def test_what_is_found_on_the_screen_is_taken_as_it_is() -> None:
    assert setting(OFFICE).value("dundas") == "dundas"
