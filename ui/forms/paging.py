"""A form's sections, each one stop of the outline: groups, and the pages that a form makes of them. No widgets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fieldapp.forms import FormSession, Node
from fieldapp.texts import tr
from ui.forms.marking import plain
from ui.forms.shape import CONTAINERS, heading_of, is_matrix, kind_of, visible

PAGE = frozenset({"field-list", "page"})  # appearances of a group that stands on a page of its own
LONG, PART = 100, 50  # questions: more than so many are divided into parts of so many
_KEY = re.compile(r"\[[^\]]*\]")


@dataclass(frozen=True)
class Section:
    """One stop in the outline: a group or repeat, or a run of loose questions.

    `title` is the path of the node whose label names it, "" for loose questions at the top.
    """

    id: str
    title: str
    paths: tuple[str, ...]
    part: int = 0  # of a group too long for one page: which part it is, from 1


def sections(session: FormSession) -> list[Section]:
    """The sections in order, also those that are not relevant now; such without anything to see are left out."""
    return list(_sections(session.root.children, ""))


def title_of(session: FormSession, section: Section) -> str:
    """The section's name, in the session's language."""
    title = (plain(session.label(session.node(section.title))) if section.title else "") or tr("Questions")
    return tr("{title}, part {n}", title=title, n=section.part) if section.part else title


def section_of(sections: Sequence[Section], path: str) -> Section | None:
    """The section that holds a path."""
    return holding({place: section for section in sections for place in section.paths}, path)


def holding(owners: dict[str, Section], path: str) -> Section | None:
    """The section of the nearest place above a path; `owners` has the sections by their places."""
    way = _KEY.sub("", path)
    while way:
        if way in owners:
            return owners[way]
        way = way.rpartition("/")[0]
    return None


def _sections(nodes: Sequence[Node], title: str) -> Iterator[Section]:
    loose: list[str] = []
    for node in nodes:
        if not visible(node.question):
            continue
        if kind_of(node) not in CONTAINERS or (title and not _is_page(node)):
            loose.append(node.path)
            continue
        yield from _run(loose, title)
        loose = []
        if kind_of(node) == "group" and any(_is_page(child) for child in node.children):
            yield from _sections(node.children, node.path)
        elif kind_of(node) == "group" and len(node.children) > LONG:
            yield from _run([child.path for child in node.children if visible(child.question)], node.path)
        else:
            yield Section(node.path, heading_of(node).path, (node.path,))
    yield from _run(loose, title)


def _run(loose: Sequence[str], title: str) -> Iterator[Section]:
    """One section, or several where a page would be so long that nobody finds anything on it."""
    if len(loose) <= LONG:
        if loose:
            yield Section(f"*{loose[0]}", title, tuple(loose))
        return
    for part, first in enumerate(range(0, len(loose), PART), start=1):
        yield Section(f"*{loose[first]}", title, tuple(loose[first : first + PART]), part)


def _is_page(node: Node) -> bool:
    """Whether a group asks for a page of its own. A table-list is a field-list too, but only a table on its page."""
    if kind_of(node) != "group" or not visible(node.question):
        return False
    layout = node.question.extra.get("layout", "").split()
    return (bool(PAGE & node.question.appearance) or "page" in layout) and not is_matrix(node)
