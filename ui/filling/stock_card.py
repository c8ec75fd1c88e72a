"""Beside a form: how many are left of what its service hands over, at the office where it is handed over."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from fieldapp.actions.stock import left_at, office_here
from fieldapp.records import Record
from fieldapp.texts import language, tr
from ui.session import Session
from ui.widgets import Card, Chip, label


def stock_card(session: Session, record: Record) -> Card | None:
    """What is left, None for a service that hands nothing over, or at an office that has none of it."""
    rules = session.desk.service_of(record).stock
    places = {rule.item: record.get(rule.office) or office_here(session.desk) for rule in rules}
    found = [one for office in sorted(set(places.values())) for one in left_at(session.desk, office)]
    shown = [one for one in found if places.get(one.item.id) == one.holding.office]
    if not shown:
        return None
    card = Card(tr("Stock"), padding=16, spacing=10)
    grid = QGridLayout()
    grid.setHorizontalSpacing(10)
    grid.setColumnStretch(1, 1)
    card.body.addLayout(grid)
    for number, one in enumerate(shown):
        chip = Chip(one.said, "warn" if one.low else "plain")
        grid.addWidget(chip, number, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label(one.item.title.text(language()), wrap=True), number, 1)
    return card
