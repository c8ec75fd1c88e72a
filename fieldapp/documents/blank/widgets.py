"""Links become fields: what the template drew as a link to `field:NUMBER` is a form field afterwards.

The link's annotation stays, and with it its place on the page, in the order of tabs and among the tags: it becomes a
widget, and its structure element a Form (ISO 32000-1, 12.7 and 14.8.4.5).
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fieldapp.documents.blank import drawing
from fieldapp.documents.blank.fieldfont import field_font
from fieldapp.documents.blank.paper import LINES, LIST, MARK, ONE, ORDER, SEVERAL, TICK, Entry, Paper
from fieldapp.documents.blank.setting import Box
from fieldapp.texts import speaking, tr

if TYPE_CHECKING:
    import pikepdf

ADDRESS = "field:"
TICKED = "yes"  # what a ticked box says
LONGEST = 4000  # characters of an answer
_LINK_ONLY = ("/A", "/Border", "/H", "/QuadPoints", "/Contents", "/F")
_PRINTED, _READ_ONLY, _REQUIRED, _LINES = 4, 1, 2, 1 << 12
_NO_TOGGLE_TO_OFF, _RADIO, _COMBO = 1 << 14, 1 << 15, 1 << 17
NAMESPACE = "https://fieldapp.example/ns/form/1.0/"


def with_fields(pdf: bytes, boxes: Sequence[Box], paper: Paper) -> bytes:
    """The set paper with its fields, and with the mark by which it is known again. The same bytes each time."""
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as opened, speaking(paper.mark.language):
        _Fields(opened, paper).put(boxes)
        _stamp(opened, paper)
        made = io.BytesIO()
        opened.save(
            made,
            deterministic_id=True,
            compress_streams=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
        return made.getvalue()


def _stamp(pdf: pikepdf.Pdf, paper: Paper) -> None:
    """The mark once more where no reader shows it: in the document's metadata."""
    mark = paper.mark
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata.register_xml_namespace(NAMESPACE, "fieldapp")
        for name in ("service", "version", "language"):
            metadata[f"{{{NAMESPACE}}}{name}"] = getattr(mark, name)


@dataclass
class _Fields:
    """Turns the links of one document into fields."""

    pdf: pikepdf.Pdf
    paper: Paper

    def __post_init__(self) -> None:
        from pikepdf import NumberTree

        self._tags = NumberTree(self.pdf.Root.StructTreeRoot.ParentTree)
        self._font = field_font().embedded(self.pdf)
        self._size = 16 if self.paper.large else 10
        self._circles: dict[str, pikepdf.Object] = {}  # the group of each entry that has circles

    def put(self, boxes: Sequence[Box]) -> None:
        """Every field, in reading order."""
        from pikepdf import Array, Dictionary, Name, String

        fields = Array()
        for annotation, number, page in self._links():
            field = self._field(annotation, boxes[number], page)
            if field is not None:
                fields.append(field)
        resources = Dictionary(Font=Dictionary(F0=self._font))
        form = Dictionary(Fields=fields, DA=String(self._appearance), DR=resources, NeedAppearances=False)
        self.pdf.Root.AcroForm = self.pdf.make_indirect(form)
        for one in self.pdf.pages:
            one.obj.Tabs = Name.S

    @property
    def _appearance(self) -> str:
        return f"0 g /F0 {self._size} Tf"

    def _links(self) -> Iterator[tuple[pikepdf.Object, int, pikepdf.Object]]:
        for page in self.pdf.pages:
            for annotation in page.obj.get("/Annots", ()):
                address = str(annotation.A.get("/URI", "")) if "/A" in annotation else ""
                if address.startswith(ADDRESS):
                    yield annotation, int(address.removeprefix(ADDRESS)), page.obj

    def _field(self, widget: pikepdf.Object, box: Box, page: pikepdf.Object) -> pikepdf.Object | None:
        """The field of `widget`; None for a circle of a group that is among the fields already."""
        from pikepdf import Name, String

        for key in _LINK_ONLY:
            if key in widget:
                del widget[key]
        tag = self._tags[int(widget.StructParent)]
        tag.S = Name.Form
        if "/Alt" in tag:
            del tag["/Alt"]
        widget.Subtype, widget.F, widget.P = Name.Widget, _PRINTED, page
        entry = box.entry
        widget.TU = String(_spoken(entry, box.option.label if box.option else ""))
        if entry.kind == ONE:
            return self._circle(widget, box)
        widget.T = String(entry.of_option(box.option) if box.option else entry.field)
        if entry.kind in {TICK, SEVERAL}:
            self._button(widget, entry, TICKED)
        else:
            self._text(widget, entry)
        return widget

    def _text(self, widget: pikepdf.Object, entry: Entry) -> None:
        from pikepdf import Array, Name, String

        value = str(self.paper.mark) if entry.field == MARK else ""
        width, height = _extent(widget)
        widget.FT, widget.DA, widget.V = Name.Tx, String(self._appearance), String(value)
        widget.Ff = _READ_ONLY if entry.field == MARK else _flags(entry)
        if entry.kind == LIST:
            widget.FT = Name.Ch
            widget.Ff = _COMBO | _flags(entry)
            widget.Opt = Array([String(""), *(Array([String(o.name), String(o.label)]) for o in entry.options)])
        else:
            widget.MaxLen = 3 if entry.kind == ORDER else LONGEST
        content = drawing.text(value, height, self._size, field_font())
        widget.AP = self._drawn({"N": self._stream(width, height, content, font=True)})

    def _circle(self, widget: pikepdf.Object, box: Box) -> pikepdf.Object | None:
        """One of several circles: a kid of the group that holds their answer."""
        from pikepdf import Array, Dictionary, Name, String

        entry, name = box.entry, box.option.name if box.option else ""
        group = self._circles.get(entry.field)
        new = group is None
        if group is None:
            about = Dictionary(FT=Name.Btn, T=String(entry.field), TU=String(_spoken(entry)), V=Name.Off, Kids=Array())
            about.Ff = _RADIO | _flags(entry)
            group = self._circles[entry.field] = self.pdf.make_indirect(about)
        widget.Parent = group
        group.Kids.append(widget)
        self._marks(widget, name, drawing.dot)
        return group if new else None

    def _button(self, widget: pikepdf.Object, entry: Entry, on: str) -> None:
        from pikepdf import Name

        widget.FT, widget.V = Name.Btn, Name.Off
        if entry.kind == TICK:
            widget.Ff = _flags(entry)
        self._marks(widget, on, drawing.cross)

    def _marks(self, widget: pikepdf.Object, on: str, draw: drawing.Mark) -> None:
        """How a box looks with and without its mark."""
        from pikepdf import Dictionary, Name, String

        width, height = _extent(widget)
        widget.AS = Name.Off
        widget.MK = Dictionary(CA=String("l" if draw is drawing.dot else "8"))
        states = {f"/{on}": self._stream(width, height, draw(width, height)), "/Off": self._stream(width, height, "")}
        widget.AP = Dictionary(N=Dictionary(states))

    def _drawn(self, streams: Mapping[str, pikepdf.Object]) -> pikepdf.Object:
        from pikepdf import Dictionary

        return Dictionary({f"/{name}": stream for name, stream in streams.items()})

    def _stream(self, width: float, height: float, content: str, *, font: bool = False) -> pikepdf.Object:
        from pikepdf import Array, Dictionary, Name

        resources = Dictionary(Font=Dictionary(F0=self._font)) if font else Dictionary()
        return self.pdf.make_stream(
            content.encode("latin-1"),
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=Array([0, 0, round(width, 2), round(height, 2)]),
            Resources=resources,
        )


def _extent(widget: pikepdf.Object) -> tuple[float, float]:
    left, low, right, high = (float(value) for value in widget.Rect)
    return abs(right - left), abs(high - low)


def _flags(entry: Entry) -> int:
    """What readers are told. Conditional questions are not required: a reader would ask for them always."""
    return _REQUIRED * (entry.required and entry.always) | _LINES * (entry.kind == LINES)


def _spoken(entry: Entry, option: str = "") -> str:
    """What a screen reader says: the question, the option, whether and how it is to be answered."""
    label = f"{entry.label}: {option}" if option else entry.label
    said = [
        label,
        tr("must be answered") if entry.required and not option else "",
        "" if option else entry.only,
        entry.how,
    ]
    return ". ".join(part.rstrip(".") for part in said if part)
