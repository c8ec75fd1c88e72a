"""XML in, safely: no entities, no network, no comments."""

from __future__ import annotations

from lxml import etree

XF = "{http://www.w3.org/2002/xforms}"
H = "{http://www.w3.org/1999/xhtml}"
JR = "{http://openrosa.org/javarosa}"
EV = "{http://www.w3.org/2001/xml-events}"


def parse(content: bytes) -> etree._Element:
    """The root element. etree.XMLSyntaxError when it is no well-formed XML."""
    parser = etree.XMLParser(
        remove_comments=True, remove_pis=True, resolve_entities=False, no_network=True, huge_tree=True, load_dtd=False
    )
    return etree.fromstring(content, parser)


def local(element: etree._Element) -> str:
    """The element's name without namespace."""
    return str(element.tag).rpartition("}")[2]


def line(element: etree._Element) -> int:
    """The element's line in its file, 0 where unknown."""
    number: object = element.sourceline
    return number if isinstance(number, int) else 0


def namespace(element: etree._Element) -> str:
    """The element's namespace, "" for none."""
    return str(element.tag)[1:].partition("}")[0] if str(element.tag).startswith("{") else ""
