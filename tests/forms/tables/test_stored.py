"""Long tables on disk: the same rows and lookups as in memory, kept between starts, bounded."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from fieldapp.forms.definition.instances import Item
from fieldapp.forms.tables.files import of_file
from fieldapp.forms.tables.stored import Shelf
from fieldapp.forms.tables.storedrows import StoredTable
from fieldapp.forms.tables.storing import shelf_of

WAY = ("root", "item")
ROWS = [("a", "Élan", "1"), ("b", "elm", "01"), ("c", "Oak", "2.0"), ("d", "", "x"), ("e", "An elm tree", "1")]
Make = Callable[[Path], Item]


def table_file(folder: Path, rows: Sequence[tuple[str, ...]] = ROWS) -> Path:
    """A CSV file with three columns."""
    path = folder / "trees.csv"
    lines = ["name,label,n", *(",".join(row) for row in rows)]
    path.write_text("\n".join(lines), "utf-8")
    return path


def on_disk(path: Path) -> Item:
    """The table from disk."""
    return StoredTable(shelf_of(path, None))


def in_memory(path: Path) -> Item:
    """The table as items."""
    table = of_file(path.name, [path.parent])
    assert table is not None
    assert not isinstance(table, StoredTable)
    return table


@pytest.mark.parametrize("make", [on_disk, in_memory])
class TestBoth:
    """What must not depend on where the rows are."""

    def test_rows(self, tmp_path: Path, make: Make) -> None:
        rows = make(table_file(tmp_path)).rows(WAY)
        assert [tuple(row.cells().values()) for row in rows] == ROWS
        assert [row.cell("name") for row in rows[1:3]] == ["b", "c"]
        assert (len(rows), rows[2].place(), rows[0].cell("none")) == (5, 3, "")

    def test_a_text_is_found_as_it_is_written(self, tmp_path: Path, make: Make) -> None:
        found = make(table_file(tmp_path)).matching(WAY, "n", "1")
        assert [row.cell("name") for row in found] == ["a", "e"]

    def test_a_number_is_found_however_it_is_written(self, tmp_path: Path, make: Make) -> None:
        table = make(table_file(tmp_path))
        assert [row.cell("name") for row in table.matching(WAY, "n", 1.0)] == ["a", "b", "e"]
        assert [row.cell("name") for row in table.matching(WAY, "n", 2.0)] == ["c"]
        assert not table.matching(WAY, "n", float("nan"))

    def test_no_such_column_or_way(self, tmp_path: Path, make: Make) -> None:
        table = make(table_file(tmp_path))
        assert not table.matching(WAY, "none", "1")
        assert not table.rows(("root", "other"))
        assert not table.rows(("none", "item"))

    def test_walking(self, tmp_path: Path, make: Make) -> None:
        table = make(table_file(tmp_path))
        (root,) = table.named("root")
        first = root.named("item")[0]
        (cell,) = first.named("label")
        assert (cell.text(), cell.up(), first.up(), root.up()) == ("Élan", first, root, table)
        assert [cell.name for cell in first.named("*")] == ["name", "label", "n"]
        assert first.text() == "aÉlan1"
        assert root.text().startswith("aÉlan1belm")


def test_words_are_found_without_accents_and_case_first_those_that_begin_so(tmp_path: Path) -> None:
    shelf = shelf_of(table_file(tmp_path), None)
    assert shelf.find("label", ["ELM"], 10) == ([2, 5], 2)
    assert shelf.find("label", ["tree", "elm"], 10) == ([5], 1)
    assert shelf.find("label", ["el"], 10) == ([1, 2, 5], 3)
    assert shelf.find("label", ["e"], 1) == ([1], 3)
    assert shelf.find("label", [], 2)[1] == 5
    assert shelf.find("none", ["e"], 2) == ([], 0)


def test_a_table_is_read_once_and_again_when_its_file_changes(tmp_path: Path) -> None:
    path, cache = table_file(tmp_path), tmp_path / "cache"
    assert shelf_of(path, cache).size == 5
    (kept,) = cache.iterdir()
    before = kept.stat().st_mtime_ns
    assert shelf_of(path, cache).size == 5
    assert kept.stat().st_mtime_ns == before
    table_file(tmp_path, ROWS[:2])
    assert shelf_of(path, cache).size == 2
    assert [file.name for file in cache.iterdir()] != [kept.name]
    assert len(list(cache.iterdir())) == 1


def test_an_index_is_kept_too(tmp_path: Path) -> None:
    path, cache = table_file(tmp_path), tmp_path / "cache"
    assert shelf_of(path, cache).having("n", 1.0) == [1, 2, 5]
    assert shelf_of(path, cache).having("n", 1.0) == [1, 2, 5]


@pytest.mark.parametrize("content", [b"", b"no database at all, but long enough to be looked at as one"])
def test_a_damaged_cache_only_costs_time(tmp_path: Path, content: bytes) -> None:
    path, cache = table_file(tmp_path), tmp_path / "cache"
    shelf_of(path, cache)
    (kept,) = cache.iterdir()
    kept.write_bytes(content)
    assert shelf_of(path, cache).having("n", "1") == [1, 5]


def test_a_cache_that_cannot_be_written_only_costs_time(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder", "utf-8")
    assert shelf_of(table_file(tmp_path), blocked / "cache").size == 5


def test_a_table_that_may_only_be_read_needs_no_index(tmp_path: Path) -> None:
    path, cache = table_file(tmp_path), tmp_path / "cache"
    shelf_of(path, cache)
    (kept,) = cache.iterdir()
    shelf = Shelf(sqlite3.connect(f"{kept.as_uri()}?mode=ro", uri=True, isolation_level=None))
    assert (shelf.having("n", 1.0), shelf.having("n", "1")) == ([1, 2, 5], [1, 5])
    assert shelf.find("label", ["elm"], 5) == ([2, 5], 2)


def test_many_threads_read_one_table(tmp_path: Path) -> None:
    rows = [(f"t{number}", f"Tree {number}", str(number % 7)) for number in range(3_000)]
    table = on_disk(table_file(tmp_path, rows))

    def look(number: int) -> str:
        (row,) = table.matching(WAY, "name", f"t{number}")
        return row.cell("label") + table.rows(WAY)[number].cell("n")

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(look, range(0, 3_000, 7))) == [f"Tree {n}{n % 7}" for n in range(0, 3_000, 7)]


def test_a_scan_reads_block_by_block(tmp_path: Path) -> None:
    rows = [(f"t{number}", "x", str(number)) for number in range(1_000)]
    table = on_disk(table_file(tmp_path, rows))
    assert sum(int(row.cell("n")) for row in table.rows(WAY)) == 499_500
    assert [row.cell("n") for row in reversed(table.rows(WAY))][:2] == ["999", "998"]


def test_more_rows_than_can_be_used_are_refused(tmp_path: Path) -> None:
    assert shelf_of(table_file(tmp_path), None, most=5).size == 5
    with pytest.raises(ValueError, match="more than 4 rows"):
        shelf_of(table_file(tmp_path), tmp_path / "cache", most=4)
    assert not list((tmp_path / "cache").iterdir())


def test_more_columns_than_can_be_used_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_text(",".join(f"c{number}" for number in range(501)), "utf-8")
    with pytest.raises(ValueError, match="501 columns"):
        shelf_of(path, None)
