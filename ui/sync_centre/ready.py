"""Ready to leave? What one needs without a network, each with a yes, and what is low or missing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel

from fieldapp.store import ChainReport
from fieldapp.texts import plural, tr
from ui.numbers import grouped
from ui.session import Session
from ui.widgets import Card, Chip, Elided, label


class Ready(Card):
    """Facts read from this laptop, nothing promised that was not looked at."""

    def __init__(self, session: Session) -> None:
        super().__init__(tr("Ready to leave?"))
        self._session = session
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(10)
        self._grid.setColumnStretch(1, 1)
        self.body.addLayout(self._grid)
        self._rows: list[tuple[Chip, Elided, QLabel]] = []
        self._chain: ChainReport | None = None
        session.bridge.work(session.store.verify_chain, self._checked)

    def refresh(self) -> None:
        """Read it anew."""
        for number, (yes, what, detail) in enumerate([*self._work(), *self._layers(), self._journal()]):
            if number == len(self._rows):
                self._add()
            chip, words, small = self._rows[number]
            chip.show_as(*yes)
            words.setText(what)
            small.setText(detail)

    def _add(self) -> None:
        row = (Chip(), Elided(), label("", "small"))
        at = len(self._rows)
        self._grid.addWidget(row[0], at, 0)
        self._grid.addWidget(row[1], at, 1)
        self._grid.addWidget(row[2], at, 2)
        row[2].setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._rows.append(row)

    def _work(self) -> list[tuple[tuple[str, str], str, str]]:
        services = len(self._session.catalogue.all())
        files = len(self._session.store.blob_queue())
        yes = (tr("Yes"), "ok")
        rows = [(yes, tr("Forms and fees"), plural(services, "{n} service", "{n} services"))]
        held = (tr("Later"), "warn") if files else yes
        rows.append((held, tr("Photos with the City"), plural(files, "{n} waits", "{n} wait") if files else tr("all")))
        return rows

    def _layers(self) -> list[tuple[tuple[str, str], str, str]]:
        layers = self._session.layers.describe()
        if not layers:
            return [((tr("None"), "warn"), tr("Maps and addresses"), tr("import them first"))]
        names = _layer_names()
        yes = (tr("Yes"), "ok")
        return [(yes, f"{names.get(one.name, one.name)} · {grouped(one.rows)}", one.as_of) for one in layers]

    def _journal(self) -> tuple[tuple[str, str], str, str]:
        if self._chain is None:
            return (tr("…"), "plain"), tr("Journal of changes"), tr("being checked")
        if self._chain.whole:
            return (
                (tr("Yes"), "ok"),
                tr("Journal of changes"),
                plural(self._chain.links, "{n} link holds", "{n} links hold"),
            )
        return (tr("No"), "bad"), tr("Journal of changes"), self._chain.fault

    def _checked(self, report: object) -> None:
        self._chain = report if isinstance(report, ChainReport) else ChainReport(0, str(report))
        self.refresh()


def _layer_names() -> dict[str, str]:
    return {
        "wards": tr("Wards"),
        "rural": tr("Rural area"),
        "parcels": tr("Parcels"),
        "collection": tr("Waste collection zones"),
        "addresses": tr("Addresses"),
        "stops": tr("Bus stops"),
        "gtfs": tr("Bus timetable"),
    }
