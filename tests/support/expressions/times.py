"""Dates, moments and times of day, by example."""

from __future__ import annotations

from tests.support.expressions.case import Case

CASES = [
    Case("date('2026-03-04')", "2026-03-04", "date"),
    Case("date('2026-3-4')", "2026-03-04", "date"),
    Case("date('')", "", "date"),
    Case("date('2026-03-04T13:00:00.000-05:00')", "2026-03-04", "date", web_forms=False),
    Case("date-time('2026-03-04T10:30:00Z')", "2026-03-04T05:30:00.000-05:00", "dateTime"),
    Case("date-time(20516.4375)", "2026-03-04T05:30:00.000-05:00", "dateTime"),
    Case("number(/data/d)", "20516"),
    Case("int(/data/dt)", "20516"),
    Case("today() = today()", "true"),
    Case("int(today()) = number(today())", "true", web_forms=False),
    Case("today() <= now()", "true"),
    Case("string-length(today())", "10"),
    Case("/data/d < today()", "true"),
    Case("/data/d = '2026-03-04'", "true"),
    Case("/data/d = 20516", "true", web_forms=False),
    Case("decimal-date-time('2026-03-04')", "20516.208333333332"),
    Case("decimal-date-time('2026-03-04T10:30:00-05:00')", "20516.645833333332"),
    Case("decimal-date-time('2026-07-04T10:30:00-05:00')", "20638.645833333332"),
    Case("decimal-date-time(/data/d)", "20516.208333333332"),
    Case("decimal-date-time(/data/dt)", "20516.645833333332"),
    Case("decimal-date-time(20516.5)", "20516.5"),
    Case("decimal-date-time('')", ""),
    Case("decimal-time(/data/tm)", "0.6041666666666666"),
    Case("decimal-time(/data/dt)", "0.4375", web_forms=False),
    Case("decimal-time('')", ""),
    Case("format-date('2026-03-04', '%Y-%m-%d')", "2026-03-04"),
    Case("format-date('2026-03-04', '%y %n %e %b %a')", "26 3 4 Mar Wed"),
    Case("format-date(/data/d, '%b %e, %Y')", "Mar 4, 2026"),
    Case("format-date('2026-03-04T09:05:07.089-05:00', '%H %h %M %S %3')", "09 9 05 07 089"),
    Case("format-date-time('2026-03-04T09:05:07.089-05:00', '%H %h %M %S %3')", "09 9 05 07 089"),
    Case("format-date-time('2026-03-04T09:05:07.089Z', '%Y-%m-%dT%H:%M:%S.%3')", "2026-03-04T04:05:07.089"),
    Case("format-date('2026-03-04', 'Year: %Y')", "Year: 2026"),
    Case("format-date('0099-03-04', '%Y %y')", "0099 99"),
    Case("format-date('', '%Y')", ""),
    Case("format-date(/data/blank, '%Y')", ""),
]
