"""GeoReport's two spellings: JSON without wrappers (the Spark convention), XML with a root and a name for each item."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from lxml import etree
from starlette.responses import Response

from sync.gateway.http import HEADERS

JSON, XML = "json", "xml"
KINDS = {JSON: "application/json; charset=utf-8", XML: "text/xml; charset=utf-8"}
ITEMS = {"attributes": "attribute", "values": "value", "endpoints": "endpoint", "formats": "format"}
NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Item = Mapping[str, Any]


def several(fmt: str, root: str, item: str, found: Sequence[Item], status: int = 200) -> Response:
    """A list: a bare array in JSON, `<root><item>…` in XML. An empty one is legal in both."""
    if fmt == JSON:
        return _response(fmt, json.dumps(list(found), ensure_ascii=False).encode(), status)
    whole = etree.Element(root)
    for one in found:
        _fill(etree.SubElement(whole, item), one)
    return _response(fmt, _written(whole), status)


def one(fmt: str, root: str, told: Item) -> Response:
    """A single object."""
    if fmt == JSON:
        return _response(fmt, json.dumps(told, ensure_ascii=False).encode(), 200)
    whole = etree.Element(root)
    _fill(whole, told)
    return _response(fmt, _written(whole), 200)


def _fill(element: etree._Element, told: Item) -> None:
    for name, value in told.items():
        child = etree.SubElement(element, name)
        if isinstance(value, list):
            for part in value:
                inner = etree.SubElement(child, ITEMS[name])
                if isinstance(part, Mapping):
                    _fill(inner, part)
                else:
                    inner.text = _text(part)
        elif isinstance(value, Mapping):
            _fill(child, value)
        else:
            child.text = _text(value)


def _text(value: object) -> str | None:
    if value is None:
        return None
    return NO_XML.sub("", str(value).lower() if isinstance(value, bool) else str(value))


def _written(whole: etree._Element) -> bytes:
    return etree.tostring(whole, xml_declaration=True, encoding="utf-8")


def _response(fmt: str, data: bytes, status: int) -> Response:
    return Response(data, status, HEADERS, KINDS[fmt])
