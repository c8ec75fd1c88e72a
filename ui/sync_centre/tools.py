"""When something is wrong, or there is no network for long: what else one can do."""

from __future__ import annotations

from fieldapp.texts import tr
from ui.session import Navigate
from ui.widgets import Card, ListCard, Row


class Tools(Card):
    """A line a page behind this one."""

    def __init__(self, navigate: Navigate) -> None:
        super().__init__(tr("When something is wrong"), padding=0)
        self.list = ListCard(tr("When something is wrong"), flat=True)
        self.list.show_rows(
            [
                Row(
                    "network",
                    tr("Test the network"),
                    tr("Where the way to the City ends, step by step"),
                    icon="activity",
                ),
                Row("handover", tr("Carry work by hand"), tr("All unsent work in one encrypted file"), icon="package"),
                Row(
                    "copies",
                    tr("Copies of this laptop's work"),
                    tr("Go back to a day before, with all that is newer"),
                    icon="history",
                ),
                Row(
                    "diagnosis",
                    tr("Diagnosis for IT"),
                    tr("A text without personal data, shown before it goes"),
                    icon="clipboard-list",
                ),
                Row(
                    "program",
                    tr("FieldApp on this laptop"),
                    tr("Its version, and whether a newer one is ready"),
                    icon="download",
                ),
            ]
        )
        self.list.fit(5)
        self.list.opened.connect(navigate)
        self.body.addWidget(self.list)
