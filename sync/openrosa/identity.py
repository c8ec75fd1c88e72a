"""Which instance of the server's a submission is: the first under its own id, a correction in place of the one before.

OpenRosa knows a submission by `meta/instanceID`. The same id with the same XML, sent again, is the same submission: so
a retry never doubles. A correction has a new id and names the one that it replaces in `meta/deprecatedID`.
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from fieldapp.forms.xform.xmlread import parse

ORX = "http://openrosa.org/xforms"
SCHEME = "uuid:"


@dataclass(frozen=True)
class Identity:
    """A submission's own id, and the id of what it replaces, "" for the first."""

    instance: str
    deprecated: str = ""


def identified(xml: str, *, record: str, change: str, before: str) -> tuple[bytes, Identity]:
    """The instance as it is sent, and its identity. `before` is the id under which the server has the record now.

    The first submission keeps the id that the form gave it; a form without one gets the record's. A correction's id is
    its Change's, so that it is the same however often it is built."""
    root = parse(xml.encode())
    meta = _meta(root)
    own = _child(meta, "instanceID")
    if before:
        identity = Identity(SCHEME + change, before)
        _child(meta, "deprecatedID").text = before
    else:
        identity = Identity((own.text or "").strip() or SCHEME + record)
    own.text = identity.instance
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True), identity


def _meta(root: etree._Element) -> etree._Element:
    """The instance's metadata, made when the form has none."""
    found = next(root.iterchildren("{*}meta"), None)
    if found is not None:
        return found
    return etree.SubElement(root, f"{{{ORX}}}meta", nsmap={"orx": ORX})


def _child(meta: etree._Element, name: str) -> etree._Element:
    """An element of the metadata, in the namespace of the metadata itself."""
    found = next(meta.iterchildren(f"{{*}}{name}"), None)
    if found is not None:
        return found
    space = etree.QName(meta).namespace
    return etree.SubElement(meta, f"{{{space}}}{name}" if space else name)
