"""What the City reports of its services: the dashboard's measures, and the report to Council. No screen, no network."""

from fieldapp.reports.measures import Measure, Measured, measures
from fieldapp.reports.year import YearReport, year_report

__all__ = ["Measure", "Measured", "YearReport", "measures", "year_report"]
