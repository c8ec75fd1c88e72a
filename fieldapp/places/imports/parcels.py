"""Parcels: a point each, from CSV or GeoJSON; of a polygon its representative point, and its outline for the map."""

from __future__ import annotations

from fieldapp.places.imports.entries import Column, Extra, entries
from fieldapp.places.imports.job import Job
from fieldapp.places.imports.points import PointTable
from fieldapp.places.imports.report import Faults

KEYS = ("parcel_id", "parcelid", "parcel", "pin", "roll_number", "roll_no", "arn", "objectid", "id", "fid")


def import_parcels(job: Job) -> None:
    """Read all parcels of the file."""
    faults = Faults(job.report)
    column, extra = Column(KEYS), Extra()
    table = PointTable(job, "parcels", columns=8)
    for entry in entries(job, faults, KEYS):
        key = column.of(entry)
        table.add(entry, key, (key,), (extra.of(entry), entry.outline))
    faults.judge(job.report.rows)
    table.finish()
