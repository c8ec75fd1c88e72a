"""A paper as the template wants it: plain values, and beside them which number is which field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from fieldapp.documents.blank.paper import (
    LINE,
    LIST,
    MARK,
    ONE,
    ORDER,
    SEVERAL,
    Entry,
    Heading,
    Option,
    Paper,
    Part,
    Signature,
    Words,
)
from fieldapp.documents.city import city
from fieldapp.texts import speaking, tr

_ROW = {"half": 2, "third": 3, "quarter": 4}


@dataclass(frozen=True)
class Box:
    """One field on the paper: the entry it belongs to, and the option that it stands for, if any."""

    entry: Entry
    option: Option | None = None


@dataclass
class Set:
    """What the template is given, and the boxes by the numbers under which it draws them."""

    data: dict[str, object] = field(default_factory=dict)
    boxes: list[Box] = field(default_factory=list)

    def number(self, entry: Entry, option: Option | None = None) -> int:
        """The number of a new box."""
        self.boxes.append(Box(entry, option))
        return len(self.boxes) - 1


def set_of(paper: Paper) -> Set:
    """Everything that the template needs."""
    made = Set()
    with speaking(paper.mark.language):
        made.data = {**_head(paper), "parts": list(_rows(paper, made)), **_end(paper)}
        made.data["mark_number"] = made.number(_mark())
    return made


def _head(paper: Paper) -> dict[str, object]:
    language = paper.mark.language
    required = any(entry.required for entry in paper.entries)
    intro = [
        tr("Fill in this form on a screen, or print it and write clearly."),
        *([tr("* must be answered.")] if required else []),
        city().contact.text(language),
    ]
    return {
        "language": language,
        "large": paper.large,
        "city": city().name.text(language),
        "title": paper.title,
        "summary": paper.summary,
        "intro": intro,
        "notice": paper.notice,
        "notice_title": tr("Why we ask, and who answers questions about it"),
        "footer": f"{paper.code} · {paper.title} · {paper.mark.version}",
        "page": tr("page"),
        "sign": tr("Signature"),
        "date": tr("Date"),
    }


def _end(paper: Paper) -> dict[str, object]:
    address = city().address.text(paper.mark.language)
    lists = {tr("Send with this form"): [*paper.bring, *paper.attach]}
    return {
        "lists": [(name, things) for name, things in lists.items() if things],
        "send_title": tr("When the form is filled in"),
        "send": [tr("Save it and send the file back, or print it and bring it to {address}.", address=address)],
        "mark_label": tr("Form, for the City's use; please leave it as it is"),
    }


def _mark() -> Entry:
    return Entry(MARK, "", LINE, tr("Form, for the City's use; please leave it as it is"))


def _rows(paper: Paper, made: Set) -> Iterator[Mapping[str, object]]:
    """The parts; narrow ones that follow each other share a row, unless the print is large."""
    waiting: list[Entry] = []
    for part in paper.parts:
        narrow = isinstance(part, Entry) and part.kind in {LINE, LIST} and part.width in _ROW and not paper.large
        if isinstance(part, Entry) and narrow and (not waiting or len(waiting) < _ROW[waiting[0].width]):
            waiting.append(part)
            continue
        yield from _row(waiting, made)
        waiting = [part] if isinstance(part, Entry) and narrow else []
        if not waiting:
            yield _plainly(part, made)
    yield from _row(waiting, made)


def _row(entries: list[Entry], made: Set) -> Iterator[Mapping[str, object]]:
    if not entries:
        return
    spare = _ROW[entries[0].width] - len(entries)
    parts = [_plainly(entry, made) for entry in entries]
    yield {"as": "row", "parts": parts, "widths": [1] * len(parts) + [1] * spare}


def _plainly(part: Part, made: Set) -> dict[str, object]:
    match part:
        case Entry():
            return _entry(part, made)
        case Heading(text, level, only):
            return {"as": "heading", "text": text, "level": min(level, 3), "only": only}
        case Words(text, kind):
            return {"as": "words", "text": text, "kind": kind}
        case Signature(label, only):
            return {"as": "signature", "label": label, "only": only}


def _choices(entry: Entry) -> str:
    """What stands in a list that drops down, for who writes by hand."""
    return tr("One of: {choices}", choices=" · ".join(o.label for o in entry.options)) if entry.kind == LIST else ""


def _entry(entry: Entry, made: Set) -> dict[str, object]:
    """A place to answer with the numbers of its boxes."""
    about = {
        "as": "entry",
        "kind": entry.kind,
        "label": entry.label,
        "required": entry.required,
        "notes": [note for note in (entry.only, entry.hint, entry.how, _choices(entry)) if note],
        "width": entry.width,
    }
    if entry.kind in {ONE, SEVERAL, ORDER}:
        options = [{"number": made.number(entry, one), "label": one.label} for one in entry.options]
        return {**about, "options": options}
    return {**about, "number": made.number(entry)}
