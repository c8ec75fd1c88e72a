"""What an OpenRosa server says, as frozen data: its forms, a form's files, and its word on a submission.

The shapes are those of the OpenRosa Form List and Form Submission APIs, version 1.0. What is not known is passed over,
as the standard asks; what is no such message at all is a ProtocolError.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from fieldapp.errors import ProtocolError
from fieldapp.texts import tr

MD5 = "md5:"
LIST = "http://openrosa.org/xforms/xformsList"
MANIFEST = "http://openrosa.org/xforms/xformsManifest"
RESPONSE = "http://openrosa.org/http/response"


@dataclass(frozen=True)
class FormEntry:
    """A form that the server offers. `md5` is in hex, "" where the server names none."""

    id: str
    name: str
    version: str
    md5: str
    url: str
    manifest: str = ""  # the address of the list of its files, "" where it has none
    description: str = ""


@dataclass(frozen=True)
class MediaFile:
    """A file that belongs to a form. `mark` is the server's hash: another mark, another content.

    `md5` is the content's in hex, "" where the mark tells something else (a list of entities is marked by its time)."""

    name: str
    mark: str
    md5: str
    url: str


@dataclass(frozen=True)
class Word:
    """What the server says to a submission, for people."""

    message: str
    nature: str = ""


def read_forms(content: bytes) -> tuple[list[FormEntry], list[str]]:
    """The forms of a list, and the addresses of further lists (groups) that it names."""
    root = _root(content, LIST, "xforms")
    forms = [_form(item) for item in _named(root, "xform")]
    groups = [_text(item, "listUrl") for item in _named(root, "xforms-group")]
    return forms, [url for url in groups if url]


def read_manifest(content: bytes) -> list[MediaFile]:
    """The files of a form."""
    return [_media(item) for item in _named(_root(content, MANIFEST, "manifest"), "mediaFile")]


def read_word(content: bytes) -> Word | None:
    """The envelope around an answer; None when this is none (a proxy's page, nothing at all)."""
    try:
        root = _root(content, RESPONSE, "OpenRosaResponse")
    except ProtocolError:
        return None
    said = next(_named(root, "message"), None)
    if said is None:
        return Word("")
    return Word(" ".join(_content(said).split()), said.get("nature", ""))


def _form(item: etree._Element) -> FormEntry:
    entry = FormEntry(
        id=_text(item, "formID"),
        name=_text(item, "name"),
        version=_text(item, "version"),
        md5=_md5(_text(item, "hash")),
        url=_text(item, "downloadUrl"),
        manifest=_text(item, "manifestUrl"),
        description=_text(item, "descriptionText"),
    )
    if not entry.id or not entry.url:
        raise _foreign()
    return entry


def _media(item: etree._Element) -> MediaFile:
    mark = _text(item, "hash")
    content_is_marked = item.get("type") != "entityList"
    file = MediaFile(_text(item, "filename"), mark, _md5(mark) if content_is_marked else "", _text(item, "downloadUrl"))
    if not file.name or not file.url:
        raise _foreign()
    return file


def _md5(mark: str) -> str:
    """The hex digits of `md5:…`; a hash of another kind checks nothing."""
    return mark[len(MD5) :].strip().lower() if mark.startswith(MD5) else ""


def _root(content: bytes, space: str, name: str) -> etree._Element:
    """The root element of that name. Entities are not resolved, the network is not asked; lxml bounds the depth."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        raise _foreign() from fault
    if root.tag not in {f"{{{space}}}{name}", name}:
        raise _foreign()
    return root


def _named(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """The children of that name, in whatever namespace: servers are not strict about it."""
    return parent.iterchildren(f"{{*}}{name}")


def _text(parent: etree._Element, name: str) -> str:
    found = next(_named(parent, name), None)
    return "" if found is None else _content(found).strip()


def _content(element: etree._Element) -> str:
    return "".join(str(text) for text in element.itertext())


def _foreign() -> ProtocolError:
    return ProtocolError(tr("This is no answer of an OpenRosa server."))
