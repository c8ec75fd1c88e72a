"""XPath in, tree out, and the tree writes itself back."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.forms.xpath.lexer import XPathError
from fieldapp.forms.xpath.parser import parse
from fieldapp.forms.xpath.tree import Binary, Call, Expression, Literal, Negate, Path, Step


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("1 + 2 * 3", "(1 + (2 * 3))"),
        ("1 - 2 - 3", "((1 - 2) - 3)"),
        ("a or b and c", "(a or (b and c))"),
        ("a < b = c", "((a < b) = c)"),
        ("-a + 1", "(-(a) + 1)"),
        ("a|b", "(a | b)"),
        ("/data/a", "/data/a"),
        ("../ a / b", "../a/b"),
        (".", "."),
        ("@id", "@id"),
        ("* * *", "(* * *)"),
        ("div div mod", "(div div mod)"),
        ("a-b - c", "(a-b - c)"),
        ("jr:choice-name(a, 'b')", "jr:choice-name(a, 'b')"),
        ("/orx:meta/orx:instanceID", "/meta/instanceID"),
        ("instance('x')/root/item[name = current()/../z][1]/label", None),
        ("(a | b)[1]", "((a | b))/.[1]"),
        ("preceding-sibling::item[1]", "preceding-sibling::item[1]"),
        ("concat(\"it's\", '\"')", "concat(\"it's\", '\"')"),
        (".5 + 5.", "(0.5 + 5)"),
    ],
)
def test_reads_what_xpath_says(source: str, written: str | None) -> None:
    if written is not None:
        assert str(parse(source)) == written
    assert parse(str(parse(source))) == parse(source)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("foo(1", "the expression ends where “)” is missing"),
        ("a + ", "the expression ends too early"),
        ("a b", "“b” at character 3 is not expected there"),
        ("'open", "a text in quotes that begins at character 1 is not closed"),
        ("a # b", "“#” at character 3 does not belong in an expression"),
        ("a[1", "the expression ends where “]” is missing"),
        ("", "the expression ends too early"),
        ("up::a", "“up” is no direction in which a path can go"),
        ("abs(" * 200 + "1" + ")" * 200, "the expression is nested too deeply"),
    ],
)
def test_says_where_an_expression_breaks(source: str, reason: str) -> None:
    with pytest.raises(XPathError) as error:
        parse(source)
    assert str(error.value) == reason


names = st.sampled_from(["a", "b-c", "and", "div", "item_1", "x.y", "été"])
literals = st.one_of(
    st.integers(0, 10**9).map(lambda number: Literal(float(number))),
    st.text(st.characters(codec="utf-8", exclude_characters="'", exclude_categories=["C"])).map(Literal),
)


def _bigger(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    predicates = st.lists(inner, max_size=1).map(tuple)
    steps = st.lists(st.builds(Step, st.just("child"), names, predicates), min_size=1, max_size=3).map(tuple)
    operators = st.sampled_from(["or", "and", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "div", "mod"])
    return st.one_of(
        st.builds(Path, steps, st.booleans()),
        st.builds(Call, st.sampled_from(["if", "concat", "jr:itext"]), st.lists(inner, max_size=3).map(tuple)),
        st.builds(Binary, operators, inner, inner),
        st.builds(Negate, inner),
    )


@given(st.recursive(literals, _bigger, max_leaves=12))
def test_what_a_tree_writes_reads_as_the_same_tree(tree: Expression) -> None:
    assert parse(str(tree)) == tree


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(source: str) -> None:
    with contextlib.suppress(XPathError):
        parse(source)
