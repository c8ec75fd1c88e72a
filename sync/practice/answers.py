"""What the practice city's staff write into the forms: answers in the order in which a person gives them.

An answer is (question, value); the question is its path from the form's root, repeats counted from 1:
`items/item[2]/item_type`. The seeds answer without a screen, the working day through the real widgets.
"""

from __future__ import annotations

from dataclasses import dataclass

from sync.practice.people import Resident

Answers = list[tuple[str, str]]


@dataclass(frozen=True)
class Site:
    """A property: its address, its point, and whether the address is in the City's list."""

    address: str
    lat: float
    lon: float
    listed: bool = True


def place(site: Site) -> Answers:
    """Where it is. An address that the list does not know gets its community and its point from the person."""
    if site.listed:
        return [("place/address", site.address)]
    point = f"{site.lat:.6f} {site.lon:.6f} 0 0"
    return [("place/address", site.address), ("place/community", "Hamilton"), ("place/loc", point)]


def person(section: str, resident: Resident) -> Answers:
    """Who it is."""
    return [
        (f"{section}/first_name", resident.first_name),
        (f"{section}/last_name", resident.last_name),
        (f"{section}/phone", resident.phone),
    ]


def permit(site: Site, resident: Resident, work: str, area: str, value: str) -> Answers:
    """A building permit application for an addition, complete."""
    return [
        *place(site),
        ("project/b_purpose", "addition"),
        ("project/b_desc", work),
        ("project/b_use_now", "House"),
        ("project/b_use_new", "House"),
        ("project/a_area", area),
        ("project/a_value", value),
        *person("applicant", resident),
        ("builder/e_name", resident.company),
        ("law/h_complete", "yes"),
        ("law/h_law", "no"),
        ("declaration/declare", "OK"),
        ("declaration/declare_name", f"{resident.first_name} {resident.last_name}"),
        ("notice/notice_given", "OK"),
    ]


def pickup(site: Site, resident: Resident, items: list[str]) -> Answers:
    """A bulk item pick-up."""
    answers = [*place(site), ("place/dwelling", "single")]
    for number, item in enumerate(items, start=1):
        answers += _item(f"items/item[{number}]", item)
    return [
        *answers,
        ("pickup/asked_day", "tue"),
        ("pickup/rules_told", "OK"),
        *person("person", resident),
        ("notice/notice_given", "OK"),
    ]


def _item(at: str, item: str) -> Answers:
    answers = [(f"{at}/item_type", item), (f"{at}/over_90kg", "no")]
    if item not in {"mattress", "box_spring", "furniture"}:
        answers.append((f"{at}/over_1_2m", "no"))
    return [*answers, (f"{at}/prep_ok", "OK")]


@dataclass(frozen=True)
class Finding:
    """A checklist item that failed: its number, what was found, and the day by which it must be corrected."""

    item: int
    found: str
    fix_by: str
    photo: str = ""


def inspection(
    items: int, findings: list[Finding], photos: list[tuple[str, str]], *, left_at: str, carried: int = 0
) -> Answers:
    """A visit: `items` on its checklist, `carried` open items of last time, all of them corrected now."""
    failed = {finding.item: finding for finding in findings}
    answers = [("place/plans_on_site", "yes"), ("place/work_visible", "yes")]
    answers += [(f"previous/carried[{number}]/corrected", "yes") for number in range(1, carried + 1)]
    for number in range(1, items + 1):
        answers += _checked(f"checklist/check[{number}]", failed.get(number))
    for number, (picture, caption) in enumerate(photos, start=1):
        at = f"photos/photo[{number}]"
        answers += [(f"{at}/picture", picture), (f"{at}/caption", caption)]
    result = "failed" if findings else "passed"
    return [*answers, ("outcome/result", result), ("outcome/left_at", left_at), ("notice/notice_given", "OK")]


def complaint(address: str) -> Answers:
    """A by-law complaint about long grass, taken at the counter."""
    return [
        ("complaint/complaint_type", "yard_grass"),
        ("complaint/about", "Grass and weeds a metre high along the sidewalk"),
        ("place/address", address),
        ("person/first_name", "Hana"),
        ("person/last_name", "Kestrelle"),
        ("person/phone", "9055550177"),
        ("notice/notice_given", "OK"),
    ]


def _checked(at: str, finding: Finding | None) -> Answers:
    if finding is None:
        return [(f"{at}/k_result", "pass")]
    answers = [(f"{at}/k_result", "fail"), (f"{at}/k_found", finding.found), (f"{at}/k_fix_by", finding.fix_by)]
    return [*answers, (f"{at}/k_photo", finding.photo)] if finding.photo else answers
