"""The last complete sync: counts and checksums of this laptop beside the City's."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtWidgets import QGridLayout

from fieldapp import texts
from fieldapp.clock import today
from fieldapp.errors import FieldAppError
from fieldapp.texts import tr
from sync.status import Summary
from ui import theme
from ui.choosing import where_to_save
from ui.days import moment
from ui.numbers import grouped
from ui.session import Session
from ui.sync_centre.areas import area
from ui.sync_centre.handed_out import notes
from ui.sync_centre.proof_page import save_proof
from ui.widgets import Button, Card, Chip, label, line
from ui.widgets.clearing import clear

FEW = 4  # up to so many areas each gets a line


class Compared(Card):
    """A line a bucket, and one for all of them."""

    def __init__(self, session: Session) -> None:
        super().__init__(tr("Last complete sync"))
        self._session = session
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        for column, share in enumerate((3, 3, 3, 1)):
            self._grid.setColumnStretch(column, share)
        self.body.addLayout(self._grid)
        self._areas = label("", "small", wrap=True)
        self.body.addWidget(self._areas)
        self._notes = label("", "small", wrap=True)
        self.body.addWidget(self._notes)
        self.body.addStretch(1)
        self.save = Button(tr("Save this proof…"), icon="download")
        self.save.clicked.connect(self._ask_where)
        foot = self.foot()
        foot.addWidget(self.save)
        foot.addStretch(1)
        self._shown: object = None

    def refresh(self) -> None:
        """Read it anew."""
        status = self._session.courier.status if self._session.courier else None
        when = moment(status.last_ok, today(self._session.clock)) if status else ""
        self.title.setText(tr("Last complete sync · {time}", time=when) if when else tr("No complete sync yet"))
        proof = status.proof if status else None
        self.save.setEnabled(proof is not None)
        compared = proof is not None and bool(proof.city)  # a server that only takes tells nothing to compare with
        here = proof.here if proof and compared else self._buckets()
        city, total = proof.city if proof else {}, _sum(here)
        said = notes(self._session)
        self._notes.setText("\n".join(said))
        self._notes.setVisible(bool(said))
        if self._shown == (here, city, total, texts.language()):
            return
        self._shown = (here, city, total, texts.language())
        clear(self._grid)
        for column, head in enumerate(("", tr("This laptop"), tr("City"), "")):
            self._grid.addWidget(label(head, "caption", wrap=theme.is_large()), 0, column)
        self._grid.addWidget(line(), 1, 0, 1, 4)
        at, whole = 2, _sum(city) if city else None
        for name in _worth_a_line(here, city):
            at = self._row(at, area(name), here.get(name), city.get(name), count=True)
        at = self._row(at, tr("All rows"), total, whole, count=True)
        self._row(at, tr("Checksum"), total, whole, count=False)
        self._areas.setText(_areas(here, city))

    def save_to(self, path: Path) -> None:
        """Keep the proof as a page: PDF, or HTML by its name."""
        status = self._session.courier.status if self._session.courier else None
        if status is None or status.proof is None:
            return
        try:
            save_proof(self._session, status.proof, path)
        except FieldAppError as error:
            self._session.say(str(error))

    def _ask_where(self) -> None:
        name = f"fieldapp-sync-{self._session.clock.now():%Y%m%d-%H%M}.pdf"
        kinds = "PDF (*.pdf);;HTML (*.html)"
        if chosen := where_to_save(self._session, self, tr("Save this proof"), name, kinds):
            self.save_to(chosen)

    def _buckets(self) -> Mapping[str, Summary]:
        return {name: (one.count, one.checksum) for name, one in self._session.store.exchange.buckets().items()}

    def _row(self, at: int, name: str, here: Summary | None, city: Summary | None, *, count: bool) -> int:
        self._grid.addWidget(label(name, "body", wrap=theme.is_large()), at, 0)
        for column, side in ((1, here), (2, city)):
            text = "—" if side is None else grouped(side[0]) if count else short_sum(side[1])
            self._grid.addWidget(label(text, "body"), at, column)
        if here is not None and city is not None:
            equal = here == city
            chip = Chip(tr("equal"), "ok") if equal else Chip(tr("differs"), "warn")
            self._grid.addWidget(chip, at, 3)
        self._grid.addWidget(line(), at + 1, 0, 1, 4)
        return at + 2


def short_sum(checksum: int) -> str:
    """A checksum short enough to read aloud: its first four and last two digits in hex."""
    digits = f"{checksum % 2**64:016x}"
    return f"{digits[:4]}…{digits[-2:]}"


def _worth_a_line(here: Mapping[str, Summary], city: Mapping[str, Summary]) -> list[str]:
    """The areas to show one by one: those that differ, and all of them where there are few."""
    names = sorted({*here, *city})
    return names if len(names) <= FEW else [name for name in names if city and here.get(name) != city.get(name)][:FEW]


def _areas(here: Mapping[str, Summary], city: Mapping[str, Summary]) -> str:
    if not city:
        return tr("Counts and checksums are compared at the end of each sync.")
    equal = sum(here.get(name) == city[name] for name in city)
    return tr("{n} of {total} areas hold the same on both sides.", n=equal, total=len(city))


def _sum(summaries: Mapping[str, Summary]) -> Summary:
    return sum(count for count, _ in summaries.values()), sum(one for _, one in summaries.values()) % 2**64
