"""The font of what is typed into a form: Inter, cut to the letters of Europe's languages, embedded with its widths.

A reader draws what a person types with it, so a form looks alike everywhere and needs no font of the machine.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from fieldapp.paths import resources

if TYPE_CHECKING:
    import pikepdf
    from fontTools.ttLib import TTFont

FILE = "Inter_400Regular.ttf"
NAME = "FAAAAA+Inter-Regular"  # six letters and a plus: part of a font
_LETTERS = (*range(0x20, 0x7F), *range(0xA0, 0x250), *range(0x2010, 0x2027), 0x20AC, 0x2116, 0x2122, 0x2212)


@dataclass(frozen=True)
class FieldFont:
    """The cut font: its file, each character's glyph, and the widths and heights in thousandths of an em."""

    data: bytes
    glyphs: dict[int, int]
    widths: tuple[int, ...]
    box: tuple[int, int, int, int]
    ascent: int
    descent: int

    def coded(self, text: str) -> bytes:
        """`text` as glyph numbers, two bytes each; a character that the font lacks is a question mark."""
        unknown = self.glyphs[ord("?")]
        return b"".join(self.glyphs.get(ord(char), unknown).to_bytes(2, "big") for char in text)

    def embedded(self, pdf: pikepdf.Pdf) -> pikepdf.Object:
        """The font as an object of `pdf`."""
        from pikepdf import Array, Dictionary, Name, String

        file = pdf.make_stream(self.data, Length1=len(self.data))
        descriptor = Dictionary(
            Type=Name.FontDescriptor,
            FontName=Name(f"/{NAME}"),
            Flags=32,
            FontBBox=Array(self.box),
            ItalicAngle=0,
            Ascent=self.ascent,
            Descent=self.descent,
            CapHeight=self.ascent,
            StemV=80,
            FontFile2=file,
        )
        cid = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=Name(f"/{NAME}"),
            CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
            FontDescriptor=pdf.make_indirect(descriptor),
            W=Array([0, Array(self.widths)]),
            DW=600,
            CIDToGIDMap=Name.Identity,
        )
        font = Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=Name(f"/{NAME}"),
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([pdf.make_indirect(cid)]),
            ToUnicode=pdf.make_stream("\n".join(self._to_unicode()).encode()),
        )
        return pdf.make_indirect(font)

    def _to_unicode(self) -> Iterator[str]:
        """Which character each glyph is, so that what is typed can be copied and read aloud."""
        yield "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap"
        yield "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def"
        yield "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def"
        yield "1 begincodespacerange\n<0000> <ffff>\nendcodespacerange"
        first = {glyph: char for char, glyph in sorted(self.glyphs.items(), reverse=True)}
        pairs = [f"<{glyph:04x}> <{char:04x}>" for glyph, char in sorted(first.items())]
        for start in range(0, len(pairs), 100):  # no more in one block
            block = pairs[start : start + 100]
            yield "\n".join((f"{len(block)} beginbfchar", *block, "endbfchar"))
        yield "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"


@cache
def field_font() -> FieldFont:
    """The font, cut once for the program."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    font = TTFont(resources() / "fonts" / FILE, recalcTimestamp=False)
    options = Options(layout_features=[], notdef_outline=True, hinting=False, drop_tables=["+GSUB", "GPOS", "GDEF"])
    cutter = Subsetter(options)
    cutter.populate(unicodes=_LETTERS)
    cutter.subset(font)
    out = io.BytesIO()
    font.save(out)
    return _measured(TTFont(io.BytesIO(out.getvalue())), out.getvalue())


def _measured(font: TTFont, data: bytes) -> FieldFont:
    head, heights, metrics = font["head"], font["hhea"], font["hmtx"]
    scale = 1000 / head.unitsPerEm
    order = font.getGlyphOrder()
    numbers = {name: number for number, name in enumerate(order)}
    sizes = (head.xMin, head.yMin, head.xMax, head.yMax)
    return FieldFont(
        data=data,
        glyphs={char: numbers[name] for char, name in font.getBestCmap().items()},
        widths=tuple(round(metrics[name][0] * scale) for name in order),
        box=tuple(round(size * scale) for size in sizes),
        ascent=round(heights.ascent * scale),
        descent=round(heights.descent * scale),
    )
