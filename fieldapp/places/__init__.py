"""Reference layers: wards, the rural area, parcels, addresses, streets, the bus timetable. Public data with a date."""

from fieldapp.places.found import (
    Address,
    Departure,
    LayerInfo,
    Marker,
    Outline,
    Parcel,
    Place,
    Stop,
    Street,
    Timetable,
)
from fieldapp.places.importing import import_layer
from fieldapp.places.imports.report import Report
from fieldapp.places.layers import Layers

__all__ = [
    "Address",
    "Departure",
    "LayerInfo",
    "Layers",
    "Marker",
    "Outline",
    "Parcel",
    "Place",
    "Report",
    "Stop",
    "Street",
    "Timetable",
    "import_layer",
]
