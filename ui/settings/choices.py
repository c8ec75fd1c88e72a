"""Which settings are there for this person, with their choices, and making a choice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from fieldapp.access import COUNTER, INSPECTOR
from fieldapp.settings import Setting, settings
from fieldapp.texts import language, tr
from ui.search.find import Find
from ui.session import Session
from ui.widgets import Row


def offered(session: Session) -> list[Setting]:
    """The settings of this person on this laptop, each with all of its choices."""
    there = {
        "": True,
        "lock": session.keeper is not None,
        "inspector": INSPECTOR in session.person.roles,
        "counter": COUNTER in session.person.roles,
    }
    return [_whole(session, one) for one in settings() if there[one.needs]]


def held(session: Session, one: Setting) -> str:
    """What holds now."""
    if one.key == "ui.language":
        return language()
    return one.value(session.store.setting(one.key))


def finds(session: Session) -> list[Find]:
    """What may be chosen instead of what holds, as actions of the palette. What is found out of the system is not: it
    may take a second."""
    return [
        Find(
            Row(f"set:{one.key}:{value}", f"{one.title}: {words}", icon="settings", trailing=tr("Setting")),
            partial(session.choose, one.key, value),
            one.help,
            explains=True,
        )
        for one in offered(session)
        if one.kind == "choice"
        for value, words in one.choices.items()
        if value != held(session, one)
    ]


def _whole(session: Session, one: Setting) -> Setting:
    if one.kind == "office":
        from ui.stock.offices import offices

        return replace(one, choices={"": tr("None"), **dict(offices(session.desk))})
    if one.kind == "printer":
        return replace(one, choices=_printers(session.store.setting(one.key)))
    return one


def _printers(kept: str) -> Mapping[str, str]:
    """Those that the system knows, and the chosen one, which may be away."""
    from PySide6.QtPrintSupport import QPrinterInfo

    known = [*QPrinterInfo.availablePrinterNames(), *([kept] if kept else [])]
    return {"": tr("The system's own"), **{name: name for name in known}}
