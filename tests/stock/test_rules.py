"""What a service author may write under [[stock]], and what is refused with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.errors import ServiceError
from fieldapp.records import Record
from fieldapp.services.entries import Entries
from fieldapp.services.stocked import StockRule, read_stock
from fieldapp.stock.items import stock_items
from fieldapp.stock.moves import move_of
from tests.support.papers import catalogue

RULE = """[[stock]]
item = "{item}"
steps = ["{step}"]
{more}
"""


def read(folder: Path, item: str, step: str, more: str = "") -> tuple[StockRule, ...]:
    (folder / "service.toml").write_text(RULE.format(item=item, step=step, more=more), "utf-8")
    return read_stock(Entries.of_file(folder / "service.toml"), catalogue().get("green-bin").transitions)


@pytest.mark.parametrize(
    ("item", "step", "more", "said"),
    [
        ("blue_box", "hand_over", "", "no item “blue_box”"),
        ("green_cart", "hand_out", "", "no step “hand_out”"),
        ("dog_tag", "hand_over", "", "numbered"),
        ("green_cart", "hand_over", 'numbers = "bin/qty"', "numbered"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, item: str, step: str, more: str, said: str) -> None:
    with pytest.raises(ServiceError, match=said):
        read(tmp_path, item, step, more)


def test_answers_of_a_repeat_are_all_handed_over() -> None:
    (rule,) = catalogue().get("dog-licence").stock
    fields = {"dogs/dog[a]/tag_no": "T0001", "dogs/dog[b]/tag_no": "T0002", "dogs/dog[a]/dog_name": "Rex"}
    assert rule.borne(fields) == ["T0001", "T0002"]


def test_each_item_is_in_both_languages_with_its_source() -> None:
    assert all(one.title.en and one.title.fr and one.source for one in stock_items())


def test_a_movement_that_says_nonsense_leaves_the_others_their_count() -> None:
    odd = {"move/item": "tags", "move/office": "hall", "move/quantity": "some", "count/expected": "few"}
    found = move_of(Record("r", "stock", "1", fields=odd))
    assert (found.quantity, found.expected) == (0, None)
    assert move_of(Record("r", "stock", "1", fields={**odd, "count/expected": "-3"})).expected == -3
