"""Number series: "26-104233" from a format and a counter. Who counts is the gateway; the laptop only shows."""

from __future__ import annotations

from datetime import date

from fieldapp.services.declared import Series


def number(series: Series, n: int, day: date) -> str:
    """The n-th number of `series` in the year of `day`. `n` counts from the series' start (see `first`)."""
    return series.format.format(n=n, yy=f"{day.year % 100:02d}", yyyy=f"{day.year:04d}")


def counter(series: Series, day: date) -> str:
    """The name of the counter that `day`'s numbers come from: a series whose format names the year begins anew."""
    yearly = "{yy" in series.format
    return f"{series.id}/{day.year}" if yearly else series.id
