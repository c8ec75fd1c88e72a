"""The pages before the work."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.support.strays import windows_shown
from ui.first_run.token_page import TokenPage
from ui.unlock.choose_page import ChoosePage
from ui.unlock.pages import EntrancePage
from ui.unlock.who import WhoPage

pytestmark = pytest.mark.usefixtures("qapp")
PAGES: dict[str, Callable[[], EntrancePage]] = {
    "token": lambda: TokenPage("Northgate"),
    "choose": lambda: ChoosePage(old="PIN"),
    "who": lambda: WhoPage([], others=True),
}


@pytest.mark.parametrize("name", PAGES)
def test_no_part_of_a_page_is_a_window_for_a_moment(name: str) -> None:
    with windows_shown() as names:
        PAGES[name]().deleteLater()
    assert names == []
