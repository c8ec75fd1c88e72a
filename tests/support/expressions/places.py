"""Functions on places, by example."""

from __future__ import annotations

from tests.support.expressions.case import Case

CASES = [
    Case("round(distance('0 0 0 0;0 1 0 0'))", "111319"),
    Case("round(distance(/data/gt))", "222638", web_forms=False),
    Case("round(distance(/data/gs))", "445258", web_forms=False),
    Case("round(distance(/data/r/g))", "222638", web_forms=False),
    Case("round(distance('43.2561 -79.8692;43.3 -79.9;43.4 -79.95'), -1)", "17330"),
    Case("area(/data/gp)", "0"),
    Case("area(/data/tblank)", "0"),
    Case("geofence('0.5 0.5 0 0', '0 0 0 0; 0 1 0 0; 1 1 0 0; 1 0 0 0; 0 0 0 0')", "true", javarosa=False),
    Case("geofence('0.5 1.5 0 0', /data/gs)", "false"),
    Case("geofence(/data/gp, /data/gs)", "false"),
    Case("geofence('0.5 0.5', /data/tblank)", "false"),
    Case("round(enclosed-area(/data/gs))", "12390941585", web_forms=False),
]
