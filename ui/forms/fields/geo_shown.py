"""A position, line or area that cannot be changed: what it measures, in words."""

from __future__ import annotations

from fieldapp.forms import Node
from ui.forms.fields import geo_words
from ui.forms.fields.geo_value import points_in
from ui.forms.fields.shown import ShownField
from ui.forms.shape import kind_of
from ui.map.trail import Trail
from ui.map.whereabouts import near


class GeoShownField(ShownField):
    """A position with the address that it is at; of a line or an area its points and extent."""

    def show_node(self, node: Node) -> None:
        """Show the answer."""
        closed = kind_of(node) == "geoshape"
        points = points_in(node.value, closed=closed)
        if not points:
            super().show_node(node)
        elif kind_of(node) == "geopoint":
            place = near(self.sheet.host.layers, points[0])
            self.words.setText(" · ".join(filter(None, (geo_words.position(points[0]), place))))
        else:
            self.words.setText(geo_words.extent(Trail(points, closed=closed)))
