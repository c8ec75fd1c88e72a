"""What is handed in, in the eyes of ODK's own engine: it opens a submission for editing and finds the same answers."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import pytest

from tests.oracle.engines import ANSWER_WITHIN, UnavailableError, web_forms
from tests.support.openrosa import Held, OpenRosaDouble
from tests.support.openrosa_laptop import FORM_ID, RosaLaptop

SCRIPT = Path(__file__).with_name("reopen.mjs")


@pytest.fixture(scope="module")
def engine_folder() -> Path:
    """Where Web Forms' engine is set up, with our script in it."""
    try:
        folder = web_forms()._folder
    except UnavailableError as why:
        pytest.skip(f"NOT COMPARED with another engine: {why}")
    shutil.copy(SCRIPT, folder / _name())
    return folder


def _name() -> str:
    return f"reopen-{sha256(SCRIPT.read_bytes()).hexdigest()[:12]}.mjs"


def reopened(folder: Path, form: Path, held: Held, place: Path) -> Mapping[str, str]:
    """The values by reference that the engine has after opening a submission."""
    (place / "submission.xml").write_bytes(held.xml)
    for name, content in held.files.items():
        (place / name).write_bytes(content)
    paths = [form, place / "submission.xml", *(place / name for name in held.files)]
    command = [shutil.which("node") or "node", _name(), *map(str, paths)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=ANSWER_WITHIN, check=True)
    said = json.loads(done.stdout)
    assert said["ok"], said
    values: Mapping[str, str] = said["values"]
    return values


def test_another_engine_finds_the_same_answers(
    engine_folder: Path, laptop: RosaLaptop, double: OpenRosaDouble, tmp_path: Path
) -> None:
    front = laptop.photo(b"front")
    record = laptop.visit(name="Ada < Grace & “Zoé”", street="main", floors="5", told="the owner", front=front)
    laptop.sync()
    ((instance, held),) = double.held.items()
    values = reopened(engine_folder, laptop.services / FORM_ID / "form.xml", held, tmp_path)
    kept = laptop.record(record).answers
    for path in ("name", "street", "floors", "told"):
        assert values[f"/data/{path}"] == kept[path]
    assert front in values["/data/front"]
    assert values["/data/orx:meta/orx:deprecatedID"] == instance


def test_another_engine_opens_a_correction(
    engine_folder: Path, laptop: RosaLaptop, double: OpenRosaDouble, tmp_path: Path
) -> None:
    record = laptop.visit(name="Ada")
    laptop.sync()
    laptop.correct(record, name="Grace")
    laptop.sync()
    ((instance, held),) = double.current.items()
    values = reopened(engine_folder, laptop.services / FORM_ID / "form.xml", held, tmp_path)
    assert values["/data/name"] == "Grace"
    assert values["/data/orx:meta/orx:deprecatedID"] == instance
