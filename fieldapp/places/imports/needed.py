"""What a layer cannot do without, known before a file is read: whoever downloads one asks first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fieldapp.places.imports.addresses import NUMBER, STREET
from fieldapp.places.imports.areas import CODES
from fieldapp.places.imports.parcels import KEYS
from fieldapp.places.imports.streets import NAME
from fieldapp.places.words import plain

_NEEDS: Mapping[str, Sequence[tuple[str, ...]]] = {  # the rural area needs nothing but its outline
    "wards": [CODES["wards"]],
    "collection": [CODES["collection"]],
    "parcels": [KEYS],
    "addresses": [STREET, NUMBER],
    "streets": [NAME],
}


def lacking(kind: str, columns: Sequence[str]) -> list[tuple[str, ...]]:
    """The needs that none of `columns` meets, each with the names that would meet it; none where nothing lacks."""
    known = {plain(column) for column in columns}
    return [names for names in _NEEDS.get(kind, ()) if not known & set(names)]
