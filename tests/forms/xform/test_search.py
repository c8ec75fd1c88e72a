"""search(): choices from a table, by what is typed, filtered, in the languages of the form (as in ODK Collect)."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.forms import FormSession
from fieldapp.forms.xform.appearance import split_search, words_of
from tests.support.bare_xforms import load_xform

FRUITS = """code,en,fr,price,kind,pic,sortby
ap,Apple,Pomme,3,tree,a.png,2
ba,Banana,Banane,2,herb,,1
bl,Blueberry,Bleuet,9,shrub,,3
ap,Again,Encore,1,tree,,9
"""
ITEMS = (
    """<item><label ref="jr:itext('f')"/><value>code</value></item><item><label>Other</label><value>99</value></item>"""
)
ITEXT = """<translation lang="English (en)"><text id="f"><value>en, price</value><value form="image">jr://images/pic</value>
</text></translation><translation lang="French (fr)"><text id="f"><value>fr</value></text></translation>"""


def session(folder: Path, search: str, **values: str) -> FormSession:
    """A question that searches the fruits, in a form with answers `t` and `k`."""
    (folder / "fruits.csv").write_text(FRUITS, "utf-8")
    body = f'<select1 ref="/data/s" appearance="minimal {search}"><label>S</label>{ITEMS}</select1>'
    data = f"<t>{values.get('t', '')}</t><k>{values.get('k', '')}</k><s/>"
    return FormSession(load_xform(folder, data, "", body, ITEXT))


def names(session: FormSession) -> list[str]:
    """The names that are offered."""
    return [choice.name for choice in session.choices(session.node("s"))]


def test_the_whole_table_in_its_order_each_name_once_after_the_fixed_choices(tmp_path: Path) -> None:
    assert names(session(tmp_path, "search('fruits')")) == ["99", "ba", "ap", "bl"]


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("search('fruits', 'contains', 'en', /data/t)", ["ba", "bl"]),
        ("search('fruits.csv', 'startsWith', 'en,fr', /data/t)", ["ba", "bl"]),
        ("search('fruits', 'endswith', 'fr', /data/t)", []),
        ("search ('fruits', 'contains', 'en', /data/t, 'kind', /data/k)", ["bl"]),
    ],
)
def test_ways_of_searching(tmp_path: Path, search: str, found: list[str]) -> None:
    assert names(session(tmp_path, search, t="B", k="shrub"))[1:] == found


def test_an_exact_match_counts_case(tmp_path: Path) -> None:
    assert names(session(tmp_path, "search('fruits', 'matches', 'kind', /data/k)", k="tree"))[1:] == ["ap"]
    assert names(session(tmp_path, "search('fruits', 'matches', 'kind', /data/k)", k="Tree"))[1:] == []


def test_what_is_typed_later_changes_the_choices_and_takes_the_answer_away(tmp_path: Path) -> None:
    body = session(tmp_path, "search('fruits', 'contains', 'en', /data/t)", t="b")
    body.set("s", "ba")
    body.set("t", "blue")
    assert (names(body), body.node("s").value) == (["99", "bl"], "")


def test_labels_of_several_columns_pictures_and_languages(tmp_path: Path) -> None:
    filled = session(tmp_path, "search('fruits', 'matches', 'code', 'ap')")
    apple = filled.choices(filled.node("s"))[1]
    assert (apple.label, apple.image, apple.extra["kind"]) == ("Apple (price: 3)", "a.png", "tree")
    filled.language = "fr"
    assert filled.choices(filled.node("s"))[1].label == "Pomme"


def test_words_of_an_appearance() -> None:
    assert words_of("quick  search('a', \"b)\", f(x)) w1") == ["quick", "search('a', \"b)\", f(x))", "w1"]
    assert split_search("minimal") == ("", frozenset({"minimal"}))
    assert split_search("quick search('a b') w2") == ("search('a b')", frozenset({"quick", "w2"}))
    assert words_of("search('a") == ["search('a"]
