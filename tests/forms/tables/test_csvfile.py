"""CSV tables in the dialects and encodings in which they come."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.forms.tables.csvfile import encoding_of, opened


def read(path: Path, content: bytes) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """The columns and rows of a file with this content."""
    path.write_bytes(content)
    with opened(path) as (columns, rows):
        return columns, list(rows)


@pytest.mark.parametrize(
    "content",
    [
        b"name,label\na,One\n",
        b"name;label\r\na;One\r\n",
        b"name\tlabel\na\tOne\n",
        b"name|label\na|One",
        b"\xef\xbb\xbfname,label\na,One\n",
        b"sep=;\nname;label\na;One\n",
        b'"name","label"\n"a","One"\n\n\n',
        "name,label\na,One\n".encode("utf-16"),
    ],
)
def test_the_same_table_in_many_dialects(tmp_path: Path, content: bytes) -> None:
    assert read(tmp_path / "t.csv", content) == (("name", "label"), [("a", "One")])


def test_quotes_hold_delimiters_and_breaks(tmp_path: Path) -> None:
    _, rows = read(tmp_path / "t.csv", b'name,label\na,"One, ""two""\nthree"\n')
    assert rows == [("a", 'One, "two"\nthree')]


def test_a_delimiter_in_a_quoted_header_does_not_count(tmp_path: Path) -> None:
    columns, _ = read(tmp_path / "t.csv", b'"name, short, long";label\na;b\n')
    assert columns == ("name, short, long", "label")


def test_short_rows_are_filled_and_long_ones_cut(tmp_path: Path) -> None:
    assert read(tmp_path / "t.csv", b"a,b\n1\n1,2,3\n")[1] == [("1", ""), ("1", "2")]


def test_nameless_columns_are_left_out_and_of_two_names_the_first_counts(tmp_path: Path) -> None:
    assert read(tmp_path / "t.csv", b"a,,b,a\n1,2,3,4\n") == (("a", "b"), [("1", "3")])


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("é".encode(), "utf-8"),
        ("é".encode("cp1252"), "cp1252"),
        (b"\xff\xfe\xe9\x00", "utf-16"),
        (b"plain", "utf-8"),
    ],
)
def test_encodings(tmp_path: Path, content: bytes, encoding: str) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(content)
    assert encoding_of(path) == encoding


@pytest.mark.parametrize("content", [b"", b",,,\n1,2,3,4\n"])
def test_what_names_no_columns_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(ValueError, match="line"):
        read(tmp_path / "t.csv", content)
