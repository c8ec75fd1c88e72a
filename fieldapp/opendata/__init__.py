"""Open data: what the City publishes of its records, without anybody in it. No network, no screen."""

from fieldapp.opendata.case import Case, Step
from fieldapp.opendata.package import Package, write_package

__all__ = ["Case", "Package", "Step", "write_package"]
