"""Numbers on papers and tags, written as people write them: “ML 000120-ML 000169, ML 000201”."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from fieldapp.errors import RefusedError
from fieldapp.texts import tr

MOST = 5000  # numbers in one text
_NUMBER = re.compile(r"(.*?)([0-9]{1,12})")


def numbers_in(text: str) -> tuple[str, ...]:
    """Each single number of a text. RefusedError for one that is none, a span that runs backwards, or too many."""
    found: dict[str, None] = {}
    for part in filter(None, (one.strip() for one in re.split(r"[,;\n]", text))):
        found.update(dict.fromkeys(_numbers(part)))
        if len(found) > MOST:
            raise RefusedError(_too_many())
    return tuple(found)


def written(numbers: Iterable[str]) -> str:
    """The numbers as a text, runs of them as the first and the last."""
    ordered = sorted({_parts(one) for one in numbers})
    runs = groupby(enumerate(ordered), key=lambda pair: (pair[1][0], pair[1][1], pair[1][2] - pair[0]))
    spans = [[_joined(*parts) for _, parts in run] for _, run in runs]
    return ", ".join(run[0] if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in spans)


def _numbers(part: str) -> Iterator[str]:
    """The numbers of a span: its halves have the same letters and as many digits; else the one number that it is."""
    for place in (found.start() for found in re.finditer("-", part)):
        first, last = _parts(part[:place].strip()), _parts(part[place + 1 :].strip())
        if first[:2] != last[:2] or not first[1]:
            continue
        if last[2] < first[2]:
            raise RefusedError(tr("“{part}” is no span of numbers, such as ML 000120-ML 000169.", part=part))
        if last[2] - first[2] >= MOST:
            raise RefusedError(_too_many())
        yield from (_joined(first[0], first[1], n) for n in range(first[2], last[2] + 1))
        return
    if not _parts(part)[1]:
        raise RefusedError(tr("“{part}” does not end in a number.", part=part))
    yield part


def _parts(number: str) -> tuple[str, int, int]:
    """A number's letters, how many digits follow them (0 for none), and their value."""
    match = _NUMBER.fullmatch(number)
    return (match[1], len(match[2]), int(match[2])) if match else (number, 0, 0)


def _joined(letters: str, digits: int, value: int) -> str:
    return f"{letters}{value:0{digits}}" if digits else letters


def _too_many() -> str:
    return tr("These are more than {n} numbers: write them in several parts.", n=MOST)
