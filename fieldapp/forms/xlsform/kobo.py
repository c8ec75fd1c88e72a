"""KoBo's grouped questions (rating, ranking and matrix) as plain groups, the way KoBo's own server writes them out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from fieldapp.forms.xlsform.rows import Row, changed

Block = list[Row]
_LABEL = "label"
_NAMES = ("list_name", "list name")


def unfolded(rows: Iterable[Row], choices: Sequence[Row]) -> Iterator[Row]:
    """The rows with each KoBo block replaced by what it stands for; all others as they are."""
    waiting = iter(rows)
    for row in waiting:
        kind = row.get("type").strip().casefold()
        make = _BLOCKS.get(kind)
        if make is None:
            yield row
            continue
        block: Block = []
        end = kind.replace("begin", "end", 1)
        for inner in waiting:
            if inner.get("type").strip().casefold() == end:
                break
            block.append(inner)
        yield from make(row, block, choices)


def _column(row: Row, name: str) -> str:
    return row.get(f"kobo--{name}", name).strip()


def _begin(row: Row) -> Row:
    kept = {header: text for header, text in row.cells.items() if not header.startswith("kobo--")}
    return changed(Row(kept, row.place), type="begin_group", appearance="field-list")


def _end(row: Row) -> Row:
    return Row({"type": "end_group"}, row.place)


def _score(row: Row, block: Block, _choices: Sequence[Row]) -> Iterator[Row]:
    """A table of questions with the same choices: a header with their words, then a line each."""
    listed = f"select_one {_column(row, 'score-choices')}"
    name = row.get("name")
    yield _begin(row)
    yield changed(_labelled(row), type=listed, name=f"{name}_header", appearance="label")
    for inner in block:
        yield changed(inner, type=listed, appearance="list-nolabel")
    yield _end(row)


def _rank(row: Row, block: Block, _choices: Sequence[Row]) -> Iterator[Row]:
    """Places to be given away: a choice may not stand on two of them."""
    listed = f"select_one {_column(row, 'rank-items')}"
    message = _column(row, "rank-constraint-message")
    yield _begin(row)
    before: list[str] = []
    for inner in block:
        constraint = " and ".join(f"${{{name}}} != ${{{inner.get('name')}}}" for name in before)
        rules = {"constraint": constraint, "constraint_message": message} if constraint else {}
        yield changed(inner, {key: text for key, text in rules.items() if text}, type=listed, appearance="minimal")
        before.append(inner.get("name"))
    yield _end(row)


def _matrix(row: Row, block: Block, choices: Sequence[Row]) -> Iterator[Row]:
    """A table of different questions: for each choice of a list a group with all of them."""
    name, listed = row.get("name"), _column(row, "matrix_list")
    yield changed(_begin(row), appearance="")
    for choice in choices:
        if choice.get(*_NAMES).strip() != listed:
            continue
        group = f"{name}_{choice.get('name', 'value').strip()}"
        yield changed(_labelled(choice, row), type="begin_group", name=group, appearance="field-list")
        for inner in block:
            yield changed(inner, name=f"{group}_{inner.get('name')}")
        yield _end(row)
    yield _end(row)


def _labelled(source: Row, at: Row | None = None) -> Row:
    """A row with nothing but the labels of another, in all languages."""
    labels = {header: text for header, text in source.cells.items() if header.partition(":")[0].strip() == _LABEL}
    return Row(labels, (at or source).place)


_BLOCKS: dict[str, Callable[[Row, Block, Sequence[Row]], Iterator[Row]]] = {
    "begin_score": _score,
    "begin_rank": _rank,
    "begin_kobomatrix": _matrix,
}
