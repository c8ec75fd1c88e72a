"""How Changes and the City's state combine. Pure functions: the store applies what they decide.

The record that a person sees is always `rebased(City's record, all Changes that the City has not taken)`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from fieldapp.merging import ASIDE, Kinds, all_plain, applying, composed, lines_of, on_top
from fieldapp.records import REASON, REASON_FIELD, STATE, Attachment, Change, Edits, Fields, Record, edited
from fieldapp.store.remote import Settled

FILE_VALUE = re.compile(r"([0-9a-f]{64})(\.[a-z0-9]{1,8})?")


def named_files(record: Record) -> set[str]:
    """The SHA-256s of the files that the record's answers name."""
    return {match[1] for match in map(FILE_VALUE.fullmatch, record.answers.values()) if match}


def joined(first: Change, later: Change, kinds: Kinds = all_plain) -> Change:
    """`later` taken into the open Change `first`: the newest values, and what the person saw before any of them."""
    edits = {**first.edits, **composed(first, later, kinds)}
    files = (*first.attachments, *later.attachments)
    return replace(
        first,
        form_version=later.form_version,
        edits=edits,
        was={**later.was, **first.was},
        principal=later.principal,
        device=later.device,
        at=later.at,
        transition=later.transition or first.transition,
        creates=first.creates or later.creates,
        settles=tuple(dict.fromkeys((*first.settles, *later.settles))),
        attachments=_still_named(files, edits) if files else (),
    )


def taken_back(first: Change, later: Change) -> list[str]:
    """The paths that `later` puts back to what was there before the open Change `first`."""
    both = (path for path in later.edits if path in first.edits and path not in ASIDE)
    return [path for path in both if (later.edits[path] or "") == (first.was.get(path) or "")]


def beside_city(whole: Change, later: Change, back: Sequence[str], under: Fields) -> tuple[Change, Edits]:
    """An open Change of which `later` took the paths `back`, and what stands there instead.

    `under` is the record without it. Where the City has the very value that was taken back, the person saw it there:
    it is an edit of the City's value. Where the City has another one, nothing is left of the edit, and that stands."""
    moved = [path for path in back if under.get(path, "") != (whole.was.get(path) or "")]
    seen = {path: under.get(path) for path in moved if under.get(path, "") == (later.was.get(path) or "")}
    theirs = {path: under.get(path) for path in moved if path not in seen}
    return replace(whole, was={**whole.was, **seen}), theirs


def rebased(city: Record, changes: Iterable[Change], kinds: Kinds = all_plain) -> Record:
    """The City's record with `changes` merged into it, oldest first, by the gateway's own function. The revision stays
    the City's."""
    for change in changes:
        city = applying(city, change, kinds)
    return city


def accepted(city: Record, change: Change, result: Settled) -> Record:
    """The City's record, as far as it is known here, after it took `change`.

    Only a result that directly follows the revision known here tells the whole new row. When others changed the record
    in between, the revision stays behind on purpose, so that the next page brings the row whole.
    """
    if result.rev <= city.rev and city.rev:
        return city
    follows = result.status != "noop" and result.rev == city.rev + 1
    fields = edited(city.fields, {**change.edits, **result.edits})
    return Record(city.id, city.service, change.form_version, result.rev if follows else city.rev, fields)


def renewed(
    city: Fields, rev: int, refused: Sequence[Change], *, ids: Sequence[str], at: str, kinds: Kinds = all_plain
) -> list[Change]:
    """Refused Changes, and what waits behind them, once more on top of what the City has: new ids, `was` = its values.

    They are folded into one Change a transition, and what follows the last transition belongs to it.
    """
    state = dict(city)
    fresh = []
    for new_id, group in zip(ids, _by_transition(refused), strict=False):
        whole = on_top(state, _folded(group, kinds), kinds)
        creates = whole.creates and rev == 0
        fresh.append(replace(whole, id=new_id, base_rev=rev, at=at, creates=creates))
        state = edited(state, whole.edits)
    return fresh


def with_lines(change: Change, city: Fields) -> Change:
    """What writes into a line of a repeat that the City has no more brings the line back, at the end."""
    written = [path for path, new in change.edits.items() if new]
    missing = [line for path in written for line in lines_of(path) if not (change.edits.get(line) or city.get(line))]
    if not missing:
        return change
    lines = {line: str(_last_number(line, city) + n) for n, line in enumerate(dict.fromkeys(missing), start=1)}
    was = {**change.was, **dict.fromkeys(lines)}
    return replace(change, edits={**change.edits, **lines}, was=was)


def _last_number(line: str, fields: Fields) -> int:
    repeat = line[: line.rindex("[") + 1]
    numbers = [value for path, value in fields.items() if path.startswith(repeat) and path.endswith("]")]
    return max((int(value) for value in numbers if value.isdecimal()), default=0)


def chosen_in(fresh: Sequence[Change], chosen: Edits, city: Fields) -> list[Change]:
    """Renewed Changes with what a person chose where two versions clashed: in the last one that has the path.

    A path where the City's value was chosen stays in the Change, as what was seen and kept.
    """
    placed = {path: max((n for n, one in enumerate(fresh) if path in one.edits), default=-1) for path in chosen}
    last = len(fresh) - 1
    result = []
    for number, change in enumerate(fresh):
        mine = {
            path: new for path, new in chosen.items() if placed[path] == number or (placed[path] < 0 and number == last)
        }
        kept = {path: new for path, new in change.edits.items() if path not in chosen}
        was = {path: seen for path, seen in change.was.items() if path in kept} | {
            path: city.get(path) for path in mine
        }
        edits = {**kept, **mine}
        files = _still_named(change.attachments, edits) if change.attachments else ()
        result.append(replace(change, edits=edits, was=was, attachments=files))
    return result


def kept_theirs(
    first: Change, paths: Iterable[str], city: Record, settles: Sequence[str], *, id_: str, at: str
) -> Change:
    """A Change that writes what the City has already: it only says that a person saw both and let the City's stand."""
    values = {path: city.fields.get(path) for path in paths}
    return replace(
        first, id=id_, base_rev=city.rev, edits=values, was=values, at=at, transition="", creates=False,
        attachments=(), settles=tuple(settles), form_version=city.form_version,
    )  # fmt: skip


def reopened(
    city: Record, refused: Sequence[Change], state: str, *, id_: str, at: str, kinds: Kinds = all_plain
) -> Change:
    """Refused Changes as one that is open again: all their answers, but no step; the record stands in `state`.

    What a step said of itself (its reason) is said anew with the next one.
    """
    whole = on_top(city.fields, _folded(refused, kinds), kinds)
    edits = {path: value for path, value in whole.edits.items() if path not in {REASON, REASON_FIELD}}
    if STATE in edits or city.state != state:
        edits[STATE] = state
    was = {path: city.fields.get(path) for path in edits}
    creates = whole.creates and not city.rev
    return replace(whole, id=id_, base_rev=city.rev, edits=edits, was=was, at=at, transition="", creates=creates)


def _folded(changes: Sequence[Change], kinds: Kinds) -> Change:
    whole = changes[0]
    for later in changes[1:]:
        whole = joined(whole, later, kinds)
    return whole


def _by_transition(changes: Sequence[Change]) -> list[list[Change]]:
    groups: list[list[Change]] = [[]]
    for change in changes:
        groups[-1].append(change)
        if change.transition:
            groups.append([])
    tail = groups.pop() if len(groups) > 1 else []
    groups[-1] += tail
    return [group for group in groups if group]


def _still_named(attachments: Iterable[Attachment], edits: Edits) -> tuple[Attachment, ...]:
    """Each file once, without those whose answer was taken back since."""
    named = {match[1] for value in edits.values() if value and (match := FILE_VALUE.fullmatch(value))}
    return tuple({item.sha256: item for item in attachments if item.sha256 in named}.values())
