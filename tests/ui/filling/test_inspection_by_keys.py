"""An inspection by keys alone: two deficiencies, one of them found in the lists, a photo, the order with its number,
signed, shown as it is printed, and served; somebody who refuses to sign."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from fieldapp.records import ISSUED, Record
from fieldapp.store import Query
from tests.support import workplaces
from tests.support.pictures import settle
from tests.support.typist import CONTROL, Typist
from tests.support.ui_forms import photo
from tests.support.windows import put_away
from tests.support.workplaces import City
from tests.ui.filling.test_on_the_spot import reserved
from ui.filling import FormPage
from ui.window import MainWindow

Key = Qt.Key
ITEMS = 7  # on the list of the stage


class Inspector(Typist):
    """Keys into the window, and what stands in the store after them."""

    def __init__(self, town: City, window: MainWindow) -> None:
        self._town, self._window = town, window

    def next_to_fix(self, name: str) -> None:
        """F8 goes to what needs an answer: this question."""
        self.press(Key.Key_F8)
        assert self.here.accessibleName().startswith(name)

    def section(self, name: str) -> None:
        """Ctrl+Down until a section is shown."""
        for _ in range(12):
            page = self._window.page()
            assert isinstance(page, FormPage)
            assert page.editor is not None
            if page.editor.section == name:
                return
            self.press(Key.Key_Down, CONTROL)
        raise AssertionError(f"Ctrl+Down does not come to “{name}”")

    def hand_in(self) -> None:
        """Ctrl+Enter from wherever one is."""
        self.press(Key.Key_Return, CONTROL)
        settle()

    def kept(self, value: str) -> bytes:
        """A file that was kept as an answer."""
        return self._town.inspector.store.blobs.read(value.partition(".")[0])

    def record(self, service: str) -> Record:
        """The newest record of a service on this laptop."""
        return self._town.inspector.store.find(Query(service=service, sort="updated"), 1)[0]


@pytest.fixture
def hands(town: City) -> Iterator[Inspector]:
    workplaces.visits(town, 1)
    reserved(town.inspector.desk)
    window = MainWindow(town.inspector, page="today")
    window.show()
    window.activateWindow()
    settle()
    yield Inspector(town, window)
    put_away(window)


def look_at_the_frame(hands: Inspector, stair: Path) -> None:
    """From Today into the form, and down the checklist: the second line fails, with a photo."""
    hands.press(Key.Key_Return)
    for question in ("Are the stamped plans", "Can all the work"):
        hands.next_to_fix(question)
        hands.press(Key.Key_Space)
    for number in range(ITEMS):
        hands.press(Key.Key_F8)
        hands.type("F" if number == 1 else "P")
        if number == 1:
            hands.next_to_fix("What was found")
            hands.type("Header undersized over the window")
            hands.next_to_fix("Correct by")
            hands.type("+5")
            hands.photo("Photo: Choose a photo…", stair)


def find_another(hands: Inspector) -> None:
    """A deficiency that is on no line of this stage, found by a word in the lists of all stages."""
    hands.section("deficiencies")
    hands.go_to("Anything else that must be corrected?: No")
    hands.type("Y")
    hands.go_to("From the lists of all stages")
    hands.choice("frost")
    hands.next_to_fix("Correct by")
    hands.type("+10")


def decide(hands: Inspector) -> None:
    """Failed, an order is needed, signed with a typed name, and the builder refuses."""
    hands.next_to_fix("Result")
    hands.type("F")
    hands.go_to("Is an order needed?")
    hands.type("O")  # a letter: a list forgets slow ones
    hands.next_to_fix("Left the site, date")
    hands.button("Left the site, now")
    hands.go_to("Signatures, closed")
    hands.press(Key.Key_Space)
    hands.go_to("Your signature: typed name")
    hands.type("M. Tremblay")
    hands.go_to("Did the person refuse to sign?: No")
    hands.type("Y")
    hands.next_to_fix("What did the person say?")
    hands.type("I sign nothing without my lawyer.")
    hands.hand_in()


def write_the_order(hands: Inspector) -> None:
    """What was found stands in it; where it is and what must be done is added, for whom, and the officer signs."""
    for _ in range(2):
        hands.next_to_fix("Where exactly")
        hands.type("Ground floor, north")
        hands.next_to_fix("What must be done")
        hands.type("Rebuild to the drawings")
    hands.next_to_fix("Name")
    hands.type("Wojcik Construction Ltd.")
    hands.go_to("Officer's signature: typed name")
    hands.type("M. Tremblay")
    hands.hand_in()


def serve(hands: Inspector) -> None:
    """From the paper back into the form: handed over, to whom, when."""
    hands.button("Open the form")
    assert hands.here.accessibleName() == "Has it been served?: No"  # what the form is opened for
    hands.type("Y")
    hands.next_to_fix("How was it served?")
    hands.type("L")
    hands.next_to_fix("Served at, date")
    hands.button("Served at, now")
    hands.go_to("Handed to, if not to the person named above")
    hands.type("Site foreman")
    hands.go("service/refused_receipt")
    hands.type("Y")
    hands.next_to_fix("What did the person say?")
    hands.type("Send it to the office.")
    hands.hand_in()


def test_a_whole_inspection_by_keys_alone(hands: Inspector, tmp_path: Path) -> None:
    (tmp_path / "header.png").write_bytes(photo())
    look_at_the_frame(hands, tmp_path / "header.png")
    find_another(hands)
    decide(hands)
    visit = hands.record("building-inspection")
    assert visit.state == "submitted"
    assert visit.get("outcome/more_sign/refused_words") == "I sign nothing without my lawyer."
    (shot,) = [value for path, value in visit.answers.items() if path.endswith("k_photo")]
    assert hands.kept(shot) == photo()
    write_the_order(hands)
    order = hands.record("building-order")
    assert order.state == "to_serve"
    assert order.get(ISSUED + "building_order") == "BCA26-00001"
    found = {value for path, value in order.answers.items() if path.endswith(("o_finding", "o_photo"))}
    assert {"Header undersized over the window", "Below frost line", shot} == found
    assert hands.here.accessibleName() == "Print"
    serve(hands)
    order = hands.record("building-order")
    assert order.state == "served"
    assert order.get("service/serve_how") == "left_with_adult"
    assert order.get("service/refused_receipt_words") == "Send it to the office."
    assert order.get("service/appeal_last") == "2026-12-13"
