"""Which help opens: that of the question which has the focus, else that of the page."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QWidget

from fieldapp.helping import Article, article, articles
from fieldapp.texts import tr
from ui.search.find import Find
from ui.widgets import Row

if TYPE_CHECKING:
    from ui.forms.sheet import Block
    from ui.help.sheet import HelpSheet

WORD = re.compile(r"[\w’'-]+")
OF_PAGE = {
    "conflict": "conflicts", "decision": "conflicts", "network": "network-gone", "copies": "damaged-store",
    "handover": "hand-over", "diagnosis": "sync", "away": "dashboard",
    "notices": "returned",
}  # fmt: skip


def help_here(window: QWidget, page: QWidget, page_id: str) -> HelpSheet | None:
    """The sheet for where one is, not yet open; None where there is nothing to say."""
    from ui.help.sheet import HelpSheet

    block = block_at(QApplication.focusWidget())
    if block is not None and (found := _of_question(page, block)) is not None:
        return HelpSheet(window, *found)
    found_article = article(OF_PAGE.get(page_id, page_id))
    return HelpSheet(window, found_article.title, found_article.text) if found_article else None


def block_at(widget: QWidget | None) -> Block | None:
    """The question that a widget belongs to."""
    from ui.forms.sheet import Block

    while widget is not None and not isinstance(widget, Block):
        widget = widget.parentWidget()
    return widget


def finds(show: Callable[[Article], object]) -> list[Find]:
    """All articles, for the palette: found by the words of their title and text."""
    return [
        Find(
            Row(f"help:{one.id}", one.title, icon="circle-help", trailing=tr("Help")),
            partial(show, one),
            " ".join(WORD.findall(one.text)),
            reads=True,
        )
        for one in articles()
    ]


def _of_question(page: QWidget, block: Block) -> tuple[str, str] | None:
    from ui.filling.page import FormPage
    from ui.forms.marking import plain
    from ui.help.question import about

    node = block.sheet.entry.node(block.path)
    if node is None or not isinstance(page, FormPage) or (service := page.service) is None:
        return None
    form = block.sheet.session
    return plain(form.label(node)) or tr("This question"), about(form, service, node)
