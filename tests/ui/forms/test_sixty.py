"""A form of sixty questions filled from first to last without a mouse, here and in a real window of a real display."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldapp.forms import FormSession
from tests.support.sixty import ITEMS, MEASURES, sixty
from tests.support.typist import ALT, CONTROL, Typist
from tests.support.ui_forms import Notebook, photo, show
from tests.support.workplaces import City
from tests.ui.workplaces import catalogue, layers_file, town
from ui.forms import FormEditor, Heading

__all__ = ["catalogue", "layers_file", "town"]  # fixtures
KEY = Qt.Key


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """A photo, a sound, a film and a plan, as files."""
    (tmp_path / "wall.png").write_bytes(photo())
    (tmp_path / "voice.wav").write_bytes(b"RIFF....WAVE")
    (tmp_path / "film.mp4").write_bytes(b"....ftypmp42")
    (tmp_path / "plan.pdf").write_bytes(b"%PDF-1.7")
    return tmp_path


def test_sixty_questions_are_answered_with_keys_alone(qtbot: QtBot, town: City, papers: Path) -> None:
    book = Notebook()
    session = FormSession(sixty(), {}, language="en", clock=book.clock)
    host = replace(book.host(), layers=town.layers, search_addresses=town.layers.search_addresses)
    made = show(qtbot, FormEditor(session, host, lambda: Heading("Inspection", "", "Submit"), kept={}))
    hands = Typist()
    for part in (visit, place, checklist, measures, persons):
        part(hands)
        hands.press(KEY.Key_Down, CONTROL)
    evidence(hands, papers)
    hands.press(KEY.Key_Down, CONTROL)
    outcome(hands)
    made.flush()
    assert [(problem.node.path, problem.message) for problem in made.problems] == []
    asked = [node for node in session.nodes() if not node.is_group and node.relevant and node.question.kind != "note"]
    empty = {node.path for node in asked if not node.value and node.question.kind not in {"calculate", "attribute"}}
    assert empty == set()
    with qtbot.waitSignal(made.submitted):
        hands.go_to("Submit")
        hands.press(KEY.Key_Space)


def visit(hands: Typist) -> None:
    """Words, days, times, buttons, boxes."""
    hands.go("visit/permit")
    hands.line("26-104233")
    hands.go("visit/on")
    hands.line("2026-11-20")
    hands.go("visit/arrived")
    hands.line("2026-11-20")
    hands.line("09:05")
    hands.go("visit/until")
    hands.line("10:15")
    hands.go("visit/weather")
    hands.press(KEY.Key_Space)
    hands.go("visit/crew")
    hands.line("4")
    hands.go("visit/trades")
    hands.press(KEY.Key_Space)
    hands.go("visit/remarks")
    hands.line("Gate on Hatt Street; dog in yard.")
    hands.go("visit/told")
    hands.press(KEY.Key_Space)


def place(hands: Typist) -> None:
    """An address, a cascade, a position, a line, an area put at the cross, a code."""
    hands.go("place/address")
    hands.line("412 Upper James Street")
    hands.go("place/town")
    hands.choice("Dund")
    hands.go("place/street")
    hands.choice("Hatt")
    hands.go("place/loc")
    hands.line("43 33 0 N 78 12 0 W")
    hands.go_to("Way walked: add a point")
    for point in ("43.55, -78.20", "43.551, -78.20"):
        hands.type(point)
        hands.press(KEY.Key_Return)
    hands.go_to("Area concerned: map")
    for arrow in (KEY.Key_Right, KEY.Key_Down, KEY.Key_Left):
        hands.press(KEY.Key_Space)
        hands.press(arrow)
    hands.go("place/tag")
    hands.line("HYD-0042")
    hands.go("place/slope")
    hands.press(KEY.Key_Right, times=3)


def checklist(hands: Typist) -> None:
    """P for pass; one fails and says why."""
    for name, _en, _fr in ITEMS:
        hands.go(f"checklist/{name}")
        hands.type("f" if name == "hangers" else "p")
    hands.go("checklist/found")
    hands.line("Two hangers missing")
    hands.go("checklist/fix_by")
    hands.line("2026-12-20")


def measures(hands: Typist) -> None:
    """Numbers, a choice, an order."""
    for number, (name, _en, _fr) in enumerate(MEASURES):
        hands.go(f"measures/{name}")
        hands.line(f"{number + 1}.5")
    hands.go("measures/storeys")
    hands.line("2")
    hands.go("measures/units")
    hands.line("1")
    hands.go("measures/use")
    hands.press(KEY.Key_Space)
    hands.go("measures/ranked")
    hands.press(KEY.Key_Down, ALT)


def persons(hands: Typist) -> None:
    """A person, with a paper that was shown."""
    hands.go_to("Name")
    hands.line("A. Nowak")
    hands.go_to("Role")
    hands.line("Owner")
    hands.go_to("Phone")
    hands.line("9055550142")
    hands.go_to("Was there: Yes")
    hands.press(KEY.Key_Space)
    hands.go_to("Kind")
    hands.line("Permit card")
    hands.go_to("Number")
    hands.line("26-104233")


def evidence(hands: Typist, papers: Path) -> None:
    """A photo pasted, one marked up, a drawing, files by their path."""
    QApplication.clipboard().setImage(QImage.fromData(photo()))
    hands.go("evidence/photo")
    hands.press(KEY.Key_V, CONTROL)
    hands.go("evidence/marked")
    hands.photo("Choose a photo…", papers / "wall.png")
    hands.button("Photo with marks: Mark up")
    hands.go_to("Photo with marks: surface to draw on")
    draw(hands)
    hands.go_to("Sketch: surface to draw on")
    draw(hands)
    for path, file in (("voice", "voice.wav"), ("film", "film.mp4"), ("plan", "plan.pdf")):
        hands.go(f"evidence/{path}")
        hands.file("Choose a file…", papers / file)


def draw(hands: Typist) -> None:
    """A corner, with the cross."""
    hands.press(KEY.Key_Space)
    hands.press(KEY.Key_Right, times=6)
    hands.press(KEY.Key_Down, times=4)
    hands.press(KEY.Key_Space)


def outcome(hands: Typist) -> None:
    """The result, and the name that signs it."""
    hands.go("outcome/safe")
    hands.type("n")
    hands.go("outcome/why")
    hands.line("Two hangers missing at the stair")
    hands.go("outcome/again")
    hands.line("2026-12-21")
    hands.go("outcome/agree")
    hands.press(KEY.Key_Space)
    for path, words in (("mail", "a.nowak@example.org"), ("witness", "B. Roy"), ("comment", "None"), ("fee", "120.50")):
        hands.go(f"outcome/{path}")
        hands.line(words)
    hands.go("outcome/sign")
    hands.line("A. Nowak")


@pytest.mark.skipif(
    shutil.which("xvfb-run") is None, reason="LOUD: xvfb-run is not installed, no real window was tried"
)
def test_the_same_in_a_real_window_of_a_real_display() -> None:
    this = f"{Path(__file__)}::{test_sixty_questions_are_answered_with_keys_alone.__name__}"
    command = ["xvfb-run", "-a", sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", this]
    done = subprocess.run(
        command,
        env={**os.environ, "QT_QPA_PLATFORM": "xcb"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
