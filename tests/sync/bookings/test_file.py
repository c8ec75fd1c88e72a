"""The calendar's file: mistakes are told with row and column, and what is written can be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.errors import InputError
from fieldapp.services import Catalogue
from sync.gateway.bookings.file import read_slots, written
from tests.support.bookings import slot
from ui.__main__ import main

HEAD = "id,serves,place,place_fr,starts,minutes,capacity,person,wards\n"
GOOD = "E1,bulk-pickup,East,Est,2031-12-03T07:00,540,40,,07 08\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "slots.csv"


def test_what_is_written_is_read(file: Path, catalogue: Catalogue) -> None:
    slots = [
        slot("E1", capacity=4, wards=("07", "08")),
        slot("V.1", serves=("building-inspection/visit",), person="m.t"),
    ]
    file.write_text(written(slots), "utf-8")
    assert read_slots(file, catalogue) == slots


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("E 2,bulk-pickup,East,,2031-12-03T07:00,540,40,,", "id"),
        ("E2,circus,East,,2031-12-03T07:00,540,40,,", "serves"),
        ("E2,bulk-pickup/moon,East,,2031-12-03T07:00,540,40,,", "serves"),
        ("E2,building-permit,East,,2031-12-03T07:00,540,40,,", "serves"),
        ("E2,bulk-pickup,,,2031-12-03T07:00,540,40,,", "place"),
        ("E2,bulk-pickup,East,,3 Dec,540,40,,", "starts"),
        ("E2,bulk-pickup,East,,2027-03-14T02:30,540,40,,", "starts"),
        ("E2,bulk-pickup,East,,2031-12-3T7:00,540,40,,", "starts"),
        ("E2,bulk-pickup,East,,9999-12-31T18:30,540,40,,", "starts"),
        ("E2,bulk-pickup/,East,,2031-12-03T07:00,540,40,,", "serves"),
        ("E2,bulk-pickup,East,,2031-12-03T07:00,0,40,,", "minutes"),
        (f"E2,bulk-pickup,East,,2031-12-03T07:00,{'9' * 5_000},40,,", "minutes"),
        ("E2,bulk-pickup,East,,2031-12-03T07:00,540,many,,", "capacity"),
        ("E2,bulk-pickup,East,,2031-12-03T07:00,540,40,,8", "wards"),
        ("E1,bulk-pickup,East,,2031-12-03T07:00,540,40,,", "id"),
        ("E2,bulk-pickup", ""),
    ],
)
def test_a_mistake_is_told_with_its_place(file: Path, catalogue: Catalogue, line: str, column: str) -> None:
    file.write_text(HEAD + GOOD + line + "\n", "utf-8")
    with pytest.raises(InputError) as caught:
        read_slots(file, catalogue)
    assert caught.value.place is not None
    assert (caught.value.place.row, caught.value.place.column) == (3, column)


@pytest.mark.parametrize("text", ["", "id,place\n", HEAD.replace("wards", "colour"), HEAD.replace("wards", "id")])
def test_a_file_without_its_columns_is_none(file: Path, catalogue: Catalogue, text: str) -> None:
    file.write_text(text, "utf-8")
    with pytest.raises(InputError):
        read_slots(file, catalogue)


def test_back_office_takes_in_cancels_and_writes(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ["--data", str(tmp_path / "city")]
    file.write_text(HEAD + GOOD, "utf-8")
    assert main(["gateway", "slots", "import", str(file), *where]) == 0
    assert main(["gateway", "slots", "cancel", "E1", "--reason", "Snow", *where]) == 0
    assert main(["gateway", "slots", "cancel", "E1", "--reason", "Snow", *where]) == 1
    assert main(["gateway", "slots", "import", str(file), *where]) == 1
    capsys.readouterr()
    assert main(["gateway", "slots", "export", *where]) == 0
    assert capsys.readouterr().out.splitlines()[1] == GOOD.strip() + ",0,Snow"
