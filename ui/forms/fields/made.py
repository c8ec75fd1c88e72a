"""Which control a place, a picture, a file or a code gets; None for every other kind of question."""

from __future__ import annotations

from collections.abc import Callable

from fieldapp.forms import Node
from ui.forms.fields.annotate import AnnotateField
from ui.forms.fields.audio import AudioField
from ui.forms.fields.barcode import BarcodeField
from ui.forms.fields.base import Field
from ui.forms.fields.draw import DrawField
from ui.forms.fields.file import FileField
from ui.forms.fields.geo_shown import GeoShownField
from ui.forms.fields.geopoint import GeopointField
from ui.forms.fields.geotrace import GeoTrailField
from ui.forms.fields.image import ImageField
from ui.forms.fields.picture import PictureField
from ui.forms.fields.signature import SignatureField
from ui.forms.shape import kind_of
from ui.forms.sheet import Sheet

Maker = Callable[[Sheet, Node], Field]


def made(sheet: Sheet, node: Node, *, fixed: bool) -> Field | None:
    """The control, `fixed` where the answer can only be read."""
    control = (SHOWN if fixed else ASKED).get(kind_of(node))
    return control(sheet, node) if control else None


def _image(sheet: Sheet, node: Node) -> Field:
    look = node.question.appearance
    return next((control for word, control in PICTURES.items() if word in look), ImageField)(sheet, node)


PICTURES: dict[str, Maker] = {"signature": SignatureField, "draw": DrawField, "annotate": AnnotateField}
ASKED: dict[str, Maker] = {
    "geopoint": GeopointField,
    "geotrace": GeoTrailField,
    "geoshape": GeoTrailField,
    "image": _image,
    "file": FileField,
    "audio": AudioField,
    "video": FileField,
    "barcode": BarcodeField,
}
SHOWN: dict[str, Maker] = {
    "geopoint": GeoShownField,
    "geotrace": GeoShownField,
    "geoshape": GeoShownField,
    "image": PictureField,
}
