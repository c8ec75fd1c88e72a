"""Choices from long tables: filtered through an index, searched as one types, never built as a whole."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from fieldapp.errors import FormError
from fieldapp.forms import FormSession, load_form
from fieldapp.forms.session.longlists import LongChoices, whole_table
from tests.support.forms import markdown

ROWS = 20_000
SURVEY = """type | name | label | choice_filter | calculation
text | ward | Ward | |
integer | n | Number | |
select_one_from_file streets.csv | near | Street | ward = ${ward} |
select_one_from_file streets.csv | street | Street | |
select_multiple_from_file streets.csv | all | Streets | |
calculate | post | | | pulldata('streets', 'post', 'name', ${street})
calculate | by_number | | | instance('streets')/root/item[n = ${n}]/label
calculate | how_many | | | count(instance('streets')/root/item)
"""


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("long")
    rows = (f"s{number},Rue Élan {number},w{number % 50},P{number},{number}" for number in range(ROWS))
    (folder / "streets.csv").write_text("\n".join(["name,label,ward,post,n", *rows]), "utf-8")
    (folder / "form.md").write_text(markdown(SURVEY), "utf-8")
    return folder / "form.md"


@pytest.fixture
def session(form: Path) -> FormSession:
    return FormSession(load_form(form, cache=form.parent / "cache"))


def long_choices(session: FormSession, name: str = "street") -> LongChoices:
    """The choices of a question that offers the whole table."""
    choices = session.choices(session.node(name))
    assert isinstance(choices, LongChoices)
    return choices


def test_a_filter_offers_only_its_rows(session: FormSession) -> None:
    session.set("ward", "w7")
    choices = session.choices(session.node("near"))
    assert (len(choices), choices[0].name, choices[0].label) == (400, "s7", "Rue Élan 7")


def test_a_filter_that_changes_takes_the_answer_away(session: FormSession) -> None:
    session.set("ward", "w7")
    session.set("near", "s57")
    session.set("ward", "w8")
    assert session.node("near").value == ""


def test_lookups(session: FormSession) -> None:
    session.set("street", "s19999")
    session.set("n", "19998")
    values = [session.node(name).value for name in ("post", "by_number", "how_many")]
    assert values == ["P19999", "Rue Élan 19998", str(ROWS)]


def test_one_is_chosen_by_its_name_only(session: FormSession) -> None:
    with pytest.raises(FormError, match="not among the choices"):
        session.set("street", "s20000")
    session.set("all", "s1 s3")
    assert session.node("all").valid


def test_a_kept_answer_that_is_not_offered_is_wrong(session: FormSession) -> None:
    kept = {**session.answers(), "street": "gone"}
    again = FormSession(session.definition, kept)
    assert [problem.kind for problem in again.problems()] == ["choice"]


def test_choices_are_made_as_they_are_looked_at(session: FormSession) -> None:
    choices = long_choices(session)
    assert (len(choices), choices[0].name, choices[-1].label) == (ROWS, "s0", f"Rue Élan {ROWS - 1}")
    assert [choice.name for choice in choices[3:6]] == ["s3", "s4", "s5"]
    found = choices.named("s77")
    assert found is not None
    assert (found.label, found.extra["post"]) == ("Rue Élan 77", "P77")
    assert choices.named("gone") is None


def test_they_are_found_by_words(session: FormSession) -> None:
    found, total = long_choices(session).find(["elan", "1234"], 3)
    assert ([choice.name for choice in found], total) == (["s1234", "s11234", "s12340"], 12)


def test_they_are_equal_as_long_as_the_language_is_the_same(session: FormSession) -> None:
    assert long_choices(session) == long_choices(session)
    assert long_choices(session) != long_choices(session, "all")
    assert len({long_choices(session), long_choices(session)}) == 1


def test_names_of_a_long_list(session: FormSession) -> None:
    names = session.options(session.node("street")).names
    assert "s5" in names
    assert "x" not in names
    assert (len(names), next(iter(names))) == (ROWS, "s0")


def test_memory_stays_flat(form: Path) -> None:
    tracemalloc.start()
    session = FormSession(load_form(form, cache=form.parent / "cache"))
    session.set("ward", "w7")
    session.set("street", "s19999")
    long_choices(session).find(["elan"], 50)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 12 << 20  # items in memory would take forty


@pytest.mark.parametrize(
    ("nodeset", "name"),
    [
        ("instance('x')/root/item", "x"),
        ("instance('x')/root/item[a = 1]", ""),
        ("instance('x')/other/item", ""),
        ("instance(/data/x)/root/item", ""),
        ("randomize(instance('x')/root/item)", ""),
        ("/data/r", ""),
        ("instance(", ""),
    ],
)
def test_nodesets_that_mean_a_whole_table(nodeset: str, name: str) -> None:
    assert whole_table(nodeset) == name
