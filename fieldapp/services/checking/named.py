"""What service.toml names and that lies elsewhere: the icon, the data sets of the City's open data, their columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from fieldapp.forms.lint.findings import Finding
from fieldapp.opendata.datasets import datasets
from fieldapp.paths import resources
from fieldapp.services.checking.problems import DATASET, ICON, problem
from fieldapp.services.checking.subject import key
from fieldapp.services.service import Service
from fieldapp.texts import tr


def problems(service: Service) -> Iterator[Finding]:
    """Names of nothing that there is."""
    icons = [path.stem for path in (resources() / "icons").glob("*.svg")]
    if service.icon and service.icon not in icons:
        message = tr("there is no icon “{name}”; the icons are those of resources/icons", name=service.icon)
        yield problem(ICON, key("icon"), message, guess(service.icon, icons))
    for number, one in enumerate(service.publications, start=1):
        where = f"publish[{number}]"
        about = datasets().get(one.dataset)
        if about is None:
            known = ", ".join(datasets())
            message = tr("there is no data set “{name}”; there are: {known}", name=one.dataset, known=known)
            yield problem(DATASET, key(f"{where}.dataset"), message)
            continue
        for part, columns in (("columns", one.columns), ("texts", one.texts), ("values", one.values)):
            for column in columns:
                if column not in about.columns:
                    words = {"name": column, "dataset": one.dataset}
                    message = tr("the data set “{dataset}” has no column “{name}”", **words)
                    yield problem(DATASET, key(f"{where}.{part}.{column}"), message, guess(column, about.columns))


def guess(name: str, known: Iterable[str]) -> str:
    """“Did you mean …?” for a name that is close to one that there is, else ""."""
    close = get_close_matches(name, list(known), n=1, cutoff=0.7)
    return tr("Did you mean {name}?", name=close[0]) if close else ""
