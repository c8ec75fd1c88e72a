"""The texts of an XForm: its itext block, in every language, with the files that belong to them."""

from __future__ import annotations

from lxml import etree

from fieldapp.forms.definition.itext import Phrase, Translations
from fieldapp.forms.xform.body import phrase_of
from fieldapp.forms.xform.xmlread import XF


def read_translations(model: etree._Element) -> Translations:
    """All texts of the form by language; the first language is the default where none is marked so."""
    texts: dict[str, dict[str, Phrase]] = {}
    media: dict[tuple[str, str], dict[str, str]] = {}
    default = ""
    for translation in model.iterfind(f"{XF}itext/{XF}translation"):
        language = translation.get("lang") or ""
        if translation.get("default") is not None or not texts:
            default = language
        known = texts.setdefault(language, {})
        for text in translation:
            _put_text(text, language, known, media)
    return Translations(tuple(texts), default, texts, media)


def _put_text(
    text: etree._Element,
    language: str,
    known: dict[str, Phrase],
    media: dict[tuple[str, str], dict[str, str]],
) -> None:
    name = text.get("id") or ""
    for value in text:
        form = value.get("form")
        if form is None:
            known[name] = phrase_of(value)
        elif form in {"image", "audio", "video", "big-image"}:
            media.setdefault((language, name), {})[form] = (value.text or "").strip().rpartition("/")[2]
        elif form == "long":
            known.setdefault(name, phrase_of(value))
