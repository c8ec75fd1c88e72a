"""`fieldapp service check` names every mistake in a folder, each with its place, and says nothing of a good one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fieldapp.forms.lint.findings import Finding
from fieldapp.services.checking import Shelf, check_folder
from tests.support.services import DOG_SERVICE, write_dog_licence
from ui.__main__ import main

TOML, FORM = "service.toml", "form.md"
GOOD = ('class = "P2"', 'class = "P0"')  # nothing personal is asked, so that no notice is needed
TARGET = """\
[target]
kind = "open311"
server = "SERVER"
service_code = "7"
submit = "submit"
address = "dog/dog_name"
attributes.ALT = "dog/altered"

[target.values.ALT]
yes = "Y"

[series]"""
HANDED = TARGET.replace("SERVER", "burlington")
FEES = "code,en,fr,amount,unit,hst,valid_from,valid_to,source,mark"


def write(place: Path, *spoiled: tuple[str, str, str]) -> Path:
    """The dog licence, in which (file, old, new) are spoilt."""
    folder = write_dog_licence(place, replacing=GOOD)
    for name, old, new in spoiled:
        text = (folder / name).read_text("utf-8")
        assert old in text, old
        (folder / name).write_text(text.replace(old, new, 1), "utf-8")
    return folder


def problems(folder: Path) -> tuple[Finding, ...]:
    return check_folder(folder, Shelf((folder.parent,))).problems


def told(folder: Path) -> list[tuple[str, str, int | None, str]]:
    """(code, file, row, column or key) of each problem."""
    return [
        (item.code, item.place.file, item.place.row, item.place.column or item.place.field) for item in problems(folder)
    ]


def row_of(folder: Path, name: str, text: str) -> int:
    lines = (folder / name).read_text("utf-8").splitlines()
    return next(row for row, line in enumerate(lines, 1) if text in line)


def test_a_good_folder_has_nothing_to_correct(tmp_path: Path) -> None:
    assert told(write(tmp_path)) == []


@pytest.mark.parametrize(
    ("old", "new", "key", "shown", "code"),
    [
        ('roles = ["supervisor"]\nneeds', 'roles = ["mayor"]\nneeds', "transitions[4].roles", "mayor", "service"),
        ('fr = "Licence de chien"\n', "", "title.fr", "[title]", "service"),
        ('title.fr = "Soumettre"\n', "", "transitions[1].title.fr", 'title.en = "Submit"', "service"),
        ('icon = "dog"', 'icon = "doggo"', "icon", "doggo", "unknown-icon"),
        ('open_data = ["dog/age"]', 'open_data = ["dog/weight"]', "open_data", "dog/weight", "unknown-path"),
        ('lang = "case/lang"', 'lang = "case/tongue"', "derived.lang", "tongue", "unknown-path"),
        ('from = "case/received_at"', 'from = "case/came"', "clocks.answer.from", "came", "unknown-path"),
        ("sensitive = []", 'sensitive = ["dog/age"]', "open_data", "open_data", "service"),
        ('[series]\nid = "dog"', '[parent]\nservice = "kennel"\n[series]\nid = "dog"', "parent.service", "kennel",
         "between-services"),
        ("[series]", TARGET.replace("SERVER", "https://x"), "target.server", "https://x", "service"),
        ("[series]", HANDED.replace("dog/altered", "dog/moon"), "target.attributes.ALT", "dog/moon", "unknown-path"),
        ("[series]", HANDED.replace("yes =", "yess ="), "target.values.ALT.yess", "yess", "unknown-choice"),
    ],
)  # fmt: skip
def test_a_mistake_in_service_toml_has_its_key_and_row(
    tmp_path: Path, old: str, new: str, key: str, shown: str, code: str
) -> None:
    folder = write(tmp_path, (TOML, old, new))
    assert told(folder) == [(code, TOML, row_of(folder, TOML, shown), key)]


@pytest.mark.parametrize(
    ("publish", "key", "guess"),
    [
        ('dataset = "request"', "publish[1].dataset", ""),
        (
            'dataset = "requests"\ntexts = { service = "Dogs" }',
            "publish[1].texts.service",
            "Did you mean service_name?",
        ),
    ],
)
def test_a_data_set_or_a_column_that_there_is_not_is_told(tmp_path: Path, publish: str, key: str, guess: str) -> None:
    found = problems(write(tmp_path, (TOML, "[[transitions]]", f"[[publish]]\n{publish}\n\n[[transitions]]")))
    assert [(item.code, item.place.field, item.suggestion) for item in found] == [("unknown-data-set", key, guess)]


def test_a_state_that_no_step_reaches_or_leaves_is_told(tmp_path: Path) -> None:
    island = '[[states]]\nid = "island"\nkind = "open"\ntitle.en = "Island"\ntitle.fr = "Île"\n\n[[transitions]]'
    found = problems(write(tmp_path, (TOML, "[[transitions]]", island)))
    assert [item.message for item in found] == ["no step leads to “island”", "no step leads away from “island”"]


def test_a_misspelt_state_does_not_make_all_others_unreachable(tmp_path: Path) -> None:
    found = problems(write(tmp_path, (TOML, 'from = "draft"', 'from = "drafted"')))
    assert [item.place.field for item in found] == ["transitions[1].from"]


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    folder = write(
        tmp_path,
        (TOML, 'icon = "dog"', 'icon = "cat"\nicom = "cat"'),
        (TOML, 'start_roles = ["counter", "supervisor"]', 'start_roles = ["clerk"]'),
        (TOML, 'to = "approved"', 'to = "lost"'),
        (TOML, 'fr = "Licence de chien"\n', ""),
        (FORM, "Stérilisé?", ""),
        (FORM, "b1_case", "b9_case"),
        (FORM, "'DOG'", "'DOGS'"),
    )
    assert {item.code for item in problems(folder)} >= {"service", "unknown-icon", "bad-include"}
    keys = {item.place.field for item in problems(folder) if item.code == "service"}
    assert keys >= {"icom", "start_roles", "transitions[3].to", "title.fr"}


@pytest.mark.parametrize(
    ("old", "new", "code", "column"),
    [
        ("Nom du chien", "", "missing-translation", "label::Français (fr)"),
        ("Entrez un âge de 0 à 30.", "", "missing-translation", "constraint_message::Français (fr)"),
        ("include | b1_case", "include | b1_cases", "bad-include", "name"),
        ("'DOG'", "'DOGS'", "unknown-row", "calculation"),
        ("'amount', 'code', 'DOG'", "'price', 'code', 'DOG'", "unknown-row", "calculation"),
        (
            "pulldata('fees', 'amount', 'code', 'DOG')",
            "pulldata('clocks', 'days', 'code', 'bulk')",
            "unknown-row",
            "calculation",
        ),
        ("text | dog_name", "text | owner_phone", "no-privacy-class", ""),
    ],
)
def test_a_mistake_in_the_form_has_its_cell(tmp_path: Path, old: str, new: str, code: str, column: str) -> None:
    folder = write(tmp_path, (FORM, old, new))
    found = [item for item in problems(folder) if item.code == code]
    assert [item.place.sheet for item in found] == ["survey"]
    assert column in found[0].place.column
    assert found[0].place.row is not None


def test_a_form_without_french_is_told(tmp_path: Path) -> None:
    folder = write(tmp_path)
    (folder / FORM).write_text("| survey |\n|  | type | name | label::English (en) |\n|  | note | n | Hi |\n", "utf-8")
    assert "missing-language" in {item.code for item in problems(folder)}


def test_a_heading_that_makes_a_language_of_its_own_is_told_once(tmp_path: Path) -> None:
    found = problems(write(tmp_path, (FORM, "constraint_message::Français (fr)", "constraint_message::French")))
    assert [(item.code, item.place.column) for item in found] == [("missing-language", "label::French")]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("| survey |", "| Sheet1 |", "there is no sheet “survey”: the sheet with the questions must have this name"),
        ("|  | type |", "|  | kind of row |", "there is no column “type”: it says what each row is"),
    ],
)
def test_what_the_whole_form_lacks_is_told_once_and_not_in_each_row(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    found = problems(write(tmp_path, (FORM, old, new)))
    assert [item.message for item in found if item.place.sheet in {"", "survey"} and item.place.file == FORM] == [
        message
    ]


@pytest.mark.parametrize(
    ("content", "hint"),
    [
        (f"{FEES}\nX,Poulés,Poules,1,each,0,2026-01-01,,s,unverified\n".encode("cp1252"), "CSV UTF-8"),
        (FEES.replace(",", ";").encode(), "commas between"),
        (f"{FEES}\nX,Hens,Poules,30,00,each,0,2026-01-01,,s,unverified\n".encode(), "an amount has a point"),
    ],
)
def test_a_table_as_a_spreadsheet_writes_it_is_told_what_to_do(tmp_path: Path, content: bytes, hint: str) -> None:
    folder = write(tmp_path)
    (folder / "fees.csv").write_bytes(content)
    found = [item.message for item in problems(folder) if item.place.file == "fees.csv"]
    assert any(hint in message for message in found)


def test_a_fee_code_is_followed_through_calculations_and_tables(tmp_path: Path) -> None:
    asked = "pulldata('fees', 'amount', 'code', pulldata('kinds', 'fee', 'kind', ${dog_name}))"
    folder = write(tmp_path, (FORM, "pulldata('fees', 'amount', 'code', 'DOG')", asked))
    (folder / "kinds.csv").write_text("kind,fee\nlarge,DOG\nsmall,DOG-SMALL\n", "utf-8")
    assert [item.message for item in problems(folder)] == ["there is no fee “DOG-SMALL” in any table of fees"]


def test_each_row_of_a_fee_table_has_a_day_a_source_and_both_languages(tmp_path: Path) -> None:
    folder = write(tmp_path)
    rows = (
        FEES,
        "A,One,Un,5.00,each,0,2026-01-01,,by-law,verified",
        "B,Two,,5.00,each,0,2026-01-01,,by-law,verified",
        "C,Three,Trois,5.00,each,0,,,by-law,verified",
        "D,Four,Quatre,5.00,each,0,2026-01-01,,,verified",
        "E,Five,Cinq,five,each,0,2026-01-01,,by-law,verified",
    )
    (folder / "fees.csv").write_text("\n".join(rows) + "\n", "utf-8")
    assert sorted(told(folder), key=lambda one: one[2] or 0) == [
        ("missing-translation", "fees.csv", 3, "fr"),
        ("bad-row", "fees.csv", 4, "valid_from"),
        ("bad-row", "fees.csv", 5, "source"),
        ("bad-row", "fees.csv", 6, "amount"),
    ]


def test_what_is_personal_needs_a_notice_of_collection(tmp_path: Path) -> None:
    asked = FORM, "end_group", "text | owner_phone | Phone | Téléphone |\n|  | end_group"
    folder = write(tmp_path, (TOML, 'class = "P0"', 'class = "P2"'), asked)
    assert [item.code for item in problems(folder)] == ["no-notice", "no-notice"]


def test_a_personal_answer_is_no_open_data(tmp_path: Path) -> None:
    found = told(
        write(
            tmp_path,
            (FORM, "text | dog_name", "text | owner_email"),
            (TOML, "{dog/dog_name}", "{dog/owner_email}"),
            (TOML, "{dog/dog_name}", "{dog/owner_email}"),
            (TOML, '"dog/age"', '"dog/owner_email"'),
        )
    )
    assert ("published-personal", TOML, 7, "open_data") in found


def test_a_folder_that_is_no_toml_is_one_problem(tmp_path: Path) -> None:
    found = problems(write(tmp_path, (TOML, 'version = "1"', "version = = 1")))
    assert [item.place.file for item in found] == [TOML]


def test_the_command_ends_with_1_and_prints_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write(tmp_path, (TOML, 'icon = "dog"', 'icon = "doggo"'))
    assert main(["service", "check", str(folder), "--json"]) == 1
    said = json.loads(capsys.readouterr().out)["services"]
    assert [(one["id"], one["ok"]) for one in said] == [("puppy-tag", False)]
    assert [(one["field"], one["row"]) for one in said[0]["problems"]] == [("icon", 4)]


def test_an_unknown_service_is_an_error_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["service", "check", "no-such-service"]) == 1
    assert "no service or folder “no-such-service”" in capsys.readouterr().err


def test_the_builder_is_what_these_tests_spoil() -> None:
    assert GOOD[0] in DOG_SERVICE
