"""Whether a layer can be the reference layer that is asked for: said before the first row is downloaded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fieldapp.errors import RefusedError
from fieldapp.places.database import AREA_LAYERS
from fieldapp.places.imports.needed import lacking
from fieldapp.texts import tr
from sync.arcgis.layer import LINE, POINT, Layer


def columns_of(said: Sequence[str]) -> dict[str, str]:
    """Our names of columns → the layer's, from `OURS=THEIRS`. RefusedError for anything else."""
    columns = {}
    for one in said:
        ours, sign, theirs = (part.strip() for part in one.partition("="))
        if not (ours and sign and theirs):
            raise RefusedError(tr("“{text}” is no OURS=THEIRS, as in ward=WRD_NO.", text=one))
        columns[ours] = theirs
    return columns


def check_fits(layer: Layer, kind: str, columns: Mapping[str, str]) -> None:
    """RefusedError where the layer lacks a column that was named or that is needed, or has shapes of another kind."""
    there = [one.name for one in layer.fields]
    if kind in AREA_LAYERS and layer.geometry == POINT:
        raise RefusedError(tr("The layer “{name}” has points; {kind} are areas.", name=layer.name, kind=kind))
    if (kind == "streets") != (layer.geometry == LINE):
        raise RefusedError(_lines_or_not(layer, kind))
    for theirs in columns.values():
        if theirs not in there:
            raise RefusedError(_no_column(layer, theirs))
    kept = [name for name in there if name not in columns.values()]
    for names in lacking(kind, [*kept, *columns]):
        raise RefusedError(_no_column(layer, " / ".join(names)))


def _lines_or_not(layer: Layer, kind: str) -> str:
    if kind == "streets":
        return tr("The layer “{name}” has no lines; streets are lines.", name=layer.name)
    return tr("The layer “{name}” has lines; {kind} are points or areas.", name=layer.name, kind=kind)


def _no_column(layer: Layer, wanted: str) -> str:
    there = ", ".join(one.name for one in layer.fields)
    words = {"name": layer.name, "wanted": wanted, "there": there}
    return tr("The layer “{name}” has no column {wanted}; --column names one of: {there}.", **words)
