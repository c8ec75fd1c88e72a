"""How much there was of each service, by ward and month. A count of one to four is withheld: it could be somebody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from fieldapp.opendata.case import Case
from fieldapp.services import Service

FEWEST = 5  # smaller counts are withheld (domain: publish counts of five and more only)
NO_WARD = "none"

Key = tuple[str, str, str]  # month (YYYY-MM), ward, service id


@dataclass
class Counts:
    """Counts cases as they pass."""

    received: Counter[Key] = field(default_factory=Counter)
    closed: Counter[Key] = field(default_factory=Counter)

    def take(self, case: Case, service: Service) -> None:
        """Count one case."""
        if not service.is_counted:
            return
        for tally, day in ((self.received, case.received), (self.closed, case.ended(service.done))):
            if day is not None:
                tally[_month(day), case.ward or NO_WARD, service.id] += 1

    def rows(self, services: Mapping[str, Service]) -> Iterator[Mapping[str, str]]:
        """The rows of the data set `counts`, by month, ward and code."""
        keys = self.received.keys() | self.closed.keys()
        for month, ward, name in sorted(keys, key=lambda key: (key[0], key[1], services[key[2]].code, key[2])):
            got, ended = self.received[month, ward, name], self.closed[month, ward, name]
            about = {"month": month, "ward": ward, "service_code": services[name].code}
            hidden = 0 < got < FEWEST or 0 < ended < FEWEST
            numbers = {"received": shown(got), "closed": shown(ended), "withheld": "true" if hidden else "false"}
            yield {**about, "service": services[name].title.en, **numbers}


def shown(count: int) -> str:
    """A count as it may be published: "" where it is withheld."""
    return "" if 0 < count < FEWEST else str(count)


def _month(day: date) -> str:
    return f"{day:%Y-%m}"
