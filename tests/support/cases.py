"""Cases as a City would have them, with what must never be published in the answers that are not."""

from __future__ import annotations

from datetime import datetime

from fieldapp.clock import CITY_ZONE, stamp
from fieldapp.opendata import Case, Step
from fieldapp.records import ADDRESS, AUTHOR, NUMBER, POINT, RECEIVED, STATE, TITLE, WARD, Record

NOW = datetime(2026, 11, 23, 9, tzinfo=CITY_ZONE)
SECRETS = {"person/last_name": "SECRET", "applicant/last_name": "SECRET", "person/phone": "SECRET", TITLE: "SECRET"}


def day(month: int, date: int) -> str:
    """A stamp of ten in the morning."""
    return stamp(datetime(2026, month, date, 10, tzinfo=CITY_ZONE))


def permit(n: int) -> Case:
    """A permit for an addition, issued in March."""
    told = {STATE: "issued", NUMBER: f"26-{104000 + n:06}", RECEIVED: day(3, 2), WARD: "02", AUTHOR: "j.osei"}
    where = {ADDRESS: "71 MAIN ST W", POINT: "43.2561 -79.8692"}
    answers = {"project/b_purpose": "addition", "project/a_value": "48000", "project/size": "house"}
    steps = (
        Step(day(3, 2), day(3, 2), "j.osei", "submitted", "submit"),
        Step(day(3, 18), day(3, 18), "r.kaur", "approved", "approve"),
        Step(day(3, 20), day(3, 20), "r.kaur", "issued", "issue"),
    )
    return Case(Record(f"p{n}", "building-permit", "1", 4, {**told, **where, **answers, **SECRETS}), steps)


def request(n: int, *, ward: str = "02") -> Case:
    """A couch at the curb, not collected yet."""
    told = {STATE: "submitted", NUMBER: f"BK26-{100000 + n:06}", RECEIVED: day(3, 5), WARD: ward, AUTHOR: "j.osei"}
    answers = {ADDRESS: "71 MAIN ST W", POINT: "43.2561 -79.8692", "case/channel": "phone"}
    record = Record(f"b{n}", "bulk-pickup", "1", 2, {**told, **answers, **SECRETS})
    return Case(record, (Step(day(3, 5), day(3, 5), "j.osei", "submitted", "submit"),))
