"""XML in, safely: no entities, no network, bounded depth, no comments.

Elements are found by their local name: forms of twenty years disagree about prefixes, and no two elements that an
XForm may hold differ by their namespace alone (JavaRosa reads them the same way).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from lxml import etree

from fieldapp.texts import tr

XF = "{http://www.w3.org/2002/xforms}"
JR = "{http://openrosa.org/javarosa}"
EV = "{http://www.w3.org/2001/xml-events}"


class XmlError(ValueError):
    """No XML that can be used; `line` is where, 0 where unknown."""

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(reason)
        self.line = line


def parse(content: bytes) -> etree._Element:
    """The root element. XmlError when it is no well-formed XML, deeper than 256 levels, or declares entities."""
    parser = etree.XMLParser(
        remove_comments=True, remove_pis=True, resolve_entities=False, no_network=True, load_dtd=False
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        deep = "Excessive depth" in str(error.msg)
        raise XmlError(tr("it is nested too deep") if deep else error.msg or "", error.lineno or 0) from error
    kind: Any = root.getroottree().docinfo.internalDTD  # the stubs do not know what a DTD holds
    if kind is not None and kind.entities():
        raise XmlError(tr("it declares entities, which forms may not"), 1)
    return root


def local(element: etree._Element) -> str:
    """The element's name without namespace."""
    return bare(element.tag)


def parts(element: etree._Element) -> dict[str, etree._Element]:
    """The children by their local names, the first where there are several."""
    found: dict[str, etree._Element] = {}
    for inner in element:
        found.setdefault(bare(inner.tag), inner)
    return found


def child(element: etree._Element, name: str) -> etree._Element | None:
    """The first child of this local name."""
    return element.find(f"{{*}}{name}")


def children(element: etree._Element, name: str) -> list[etree._Element]:
    """The children of this local name."""
    return element.findall(f"{{*}}{name}")


def below(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """All elements of these local names inside, in the document's order."""
    return element.iter(*[f"{{*}}{name}" for name in names])


def first(element: etree._Element, name: str) -> etree._Element | None:
    """The first element of this local name inside."""
    return next(below(element, name), None)


@lru_cache(4096)
def bare(name: object) -> str:
    """The name of an element or attribute without its namespace. Remembered: the same few come thousands of times."""
    return str(name).rpartition("}")[2]


def line(element: etree._Element) -> int:
    """The element's line in its file, 0 where unknown."""
    number: object = element.sourceline
    return number if isinstance(number, int) else 0


def namespace(element: etree._Element) -> str:
    """The element's namespace, "" for none."""
    return str(element.tag)[1:].partition("}")[0] if str(element.tag).startswith("{") else ""
