"""Reference layers: wards, the rural area, parcels, addresses, the bus timetable. Public data with its date."""

from fieldapp.places.importing import import_layer
from fieldapp.places.imports.report import Report

__all__ = ["Report", "import_layer"]
