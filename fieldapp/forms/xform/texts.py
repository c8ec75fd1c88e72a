"""The texts of an XForm: its itext block, in every language, with the files that belong to them."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml.etree import _Element

from fieldapp.forms.definition.itext import Label, Phrase, Translations
from fieldapp.forms.xform.labels import phrase_of
from fieldapp.forms.xform.xmlread import child, children

MEDIA = frozenset({"image", "big-image", "audio", "video"})
GUIDANCE = "guidance"
_FORMS = ("long", "short")  # what stands for a text that has no plain form, best first


def read_translations(model: _Element) -> Translations:
    """All texts of the form by language; the first language is the default where none is marked so."""
    found = _Found()
    block = child(model, "itext")
    for translation in children(block, "translation") if block is not None else ():
        language = translation.get("lang") or ""
        if _is_default(translation) or not found.texts:
            found.default = language
        known = found.texts.setdefault(language, {})
        for text in translation:
            found.put(language, known, text)
    return Translations(tuple(found.texts), found.default, found.texts, found.media)


def _is_default(translation: _Element) -> bool:
    return (translation.get("default") or "").strip() not in {"", "false", "false()"} or translation.get(
        "default"
    ) == ""


def guidance_of(hint: Label | None, translations: Translations) -> Label | None:
    """The longer help that goes with a hint; None where no language has one."""
    if hint is None or not hint.itext:
        return None
    name = f"{hint.itext};{GUIDANCE}"
    return Label(itext=name) if any(name in texts for texts in translations.texts.values()) else None


@dataclass
class _Found:
    default: str = ""
    texts: dict[str, dict[str, Phrase]] = field(default_factory=dict)
    media: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)

    def put(self, language: str, known: dict[str, Phrase], text: _Element) -> None:
        """Keep the values of one text by their form."""
        name = text.get("id") or ""
        others: dict[str, Phrase] = {}
        for value in text:
            form = (value.get("form") or "").strip()
            if not form:
                known[name] = phrase_of(value)
            elif form in MEDIA:
                source = (value.text or "").strip()
                self.media.setdefault((language, name), {})[form] = source.rpartition("/")[2]
            elif form == GUIDANCE:
                known[f"{name};{GUIDANCE}"] = phrase_of(value)
            else:
                others[form] = phrase_of(value)
        for form in _FORMS:
            if form in others:
                known.setdefault(name, others[form])
