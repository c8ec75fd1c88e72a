"""How long a form takes to be painted, from a session that is ready."""

from __future__ import annotations

from collections.abc import Iterator

from fieldapp import texts
from fieldapp.forms import FormDefinition, FormSession
from tests.bench.figure import Figure, milliseconds
from tests.support.ui_forms import Notebook, form
from ui import theme
from ui.app import choose_platform
from ui.forms import FormEditor, Heading

EACH = 20
FIRST_PAGE = {200: 100.0, 1000: 150.0}  # ms


def long_form(sections: int, each: int = EACH) -> FormDefinition:
    """Sections of mixed questions, each depending on the one before it."""
    rows = ["type | name | label | relevant | required"]
    kinds = ("text", "integer", "date", "select_one yn", "decimal")
    for section in range(sections):
        rows.append(f"begin_group | s{section} | Section {section} | | ")
        for number in range(each):
            relevant = f"${{q{section}_0}} != 'hide'" if number else ""
            rows.append(f"{kinds[number % 5]} | q{section}_{number} | Question {number} | {relevant} | yes")
        rows.append("end_group | | | | ")
    choices = "| list_name | name | label |\n| yn | yes | Yes |\n| yn | no | No |"
    return form("\n".join(f"| {row} |" for row in rows), choices)


def painted(session: FormSession, book: Notebook) -> FormEditor:
    """An editor on the screen, with its first page painted."""
    made = FormEditor(session, book.host(), lambda: Heading("Long form", "Bench", "Submit"))
    made.resize(1180, 760)
    made.show()
    made.grab()
    return made


def figures() -> Iterator[Figure]:
    """The first page of forms of 200 and of 1,000 questions: in sections, and all in one."""
    from PySide6.QtWidgets import QApplication

    choose_platform()
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.apply(app, "light")
    texts.use("en")
    for questions, target in FIRST_PAGE.items():
        for sections in (questions // EACH, 1):
            definition = long_form(sections, questions // sections)
            times = [_first_page(definition) for _ in range(5)]
            name = f"{questions} questions in {sections} section{'s' if sections > 1 else ''}"
            yield Figure(name, "first page painted", min(times), target=target)


def _first_page(definition: FormDefinition) -> float:
    book = Notebook()
    session = FormSession(definition, clock=book.clock)
    kept: list[FormEditor] = []
    (took,) = milliseconds(lambda: kept.append(painted(session, book)), 1)
    kept[0].close()
    kept[0].deleteLater()
    return took
