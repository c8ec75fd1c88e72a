"""Texts in languages: guidance, pictures and sounds, long and short forms, what is missing."""

from __future__ import annotations

from pathlib import Path

from fieldapp.forms import FormSession
from tests.support.bare_xforms import load_xform

BODY = '<input ref="/data/a"><label ref="jr:itext(\'l\')"/><hint ref="jr:itext(\'h\')"/></input>'
ENGLISH = """<translation lang="English (en)" default=""><text id="l"><value>Tree</value>
<value form="image">jr://images/tree.png</value><value form="audio">jr://audio/tree.mp3</value></text>
<text id="h"><value>Hint</value><value form="guidance">Measure at 1.3 m, as in <output value="/data/a"/></value></text>
</translation>"""
FRENCH = """<translation lang="French (fr)"><text id="l"><value>Arbre</value>
<value form="image">jr://images/arbre.png</value></text><text id="h"><value>-</value></text></translation>"""


def session(folder: Path, itext: str, language: str = "en") -> FormSession:
    """A session over a form with these texts."""
    return FormSession(load_xform(folder, "<a/>", "", BODY, itext), language=language)


def test_guidance_shows_values_and_follows_them(tmp_path: Path) -> None:
    filled = session(tmp_path, ENGLISH)
    node = filled.node("a")
    assert filled.guidance(node) == "Measure at 1.3 m, as in"
    assert node.path in filled.set("a", "Ottawa")
    assert filled.guidance(node) == "Measure at 1.3 m, as in Ottawa"


def test_no_guidance(tmp_path: Path) -> None:
    filled = session(tmp_path, FRENCH, "fr")
    assert filled.guidance(filled.node("a")) == ""


def test_files_of_a_label_in_a_language_else_in_the_default(tmp_path: Path) -> None:
    filled = session(tmp_path, ENGLISH + FRENCH, "fr")
    assert filled.media(filled.node("a")) == {"image": "arbre.png", "audio": "tree.mp3"}
    assert filled.media(filled.root) == {}


def test_a_missing_translation_shows_the_default_language(tmp_path: Path) -> None:
    filled = session(tmp_path, ENGLISH + FRENCH, "fr")
    assert (filled.label(filled.node("a")), filled.hint(filled.node("a"))) == ("Arbre", "Hint")


def test_the_marked_language_is_the_default_else_the_first(tmp_path: Path) -> None:
    marked = FRENCH.replace('"French (fr)"', '"French (fr)" default="true()"')
    plain = ENGLISH.replace(' default=""', "")
    assert load_xform(tmp_path, "<a/>", "", BODY, plain + marked).translations.default == "French (fr)"
    assert load_xform(tmp_path, "<a/>", "", BODY, plain + FRENCH).translations.default == "English (en)"


def test_a_long_form_stands_for_a_text_that_has_no_other(tmp_path: Path) -> None:
    itext = (
        '<translation lang="en"><text id="l"><value form="short">S</value><value form="long">Long</value></text>'
        '<text id="h"><value form="short">Short</value></text></translation>'
    )
    filled = session(tmp_path, itext)
    assert (filled.label(filled.node("a")), filled.hint(filled.node("a"))) == ("Long", "Short")
