"""A form's marks in its texts: what they become, and what they never become."""

from __future__ import annotations

from time import perf_counter

import pytest
from PySide6.QtGui import QTextDocument

from ui.forms.marking import plain, rich


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Due by **Friday**", "Due by Friday"),
        ("__Stop__ here", "Stop here"),
        ("an *open* shaft", "an open shaft"),
        ("an _open_ shaft", "an open shaft"),
        ("# Roof", "Roof"),
        ("- nails", "• nails"),
        ("[by-law](https://example.org/1)", "by-law"),
        ("H<sub>2</sub>O", "H2O"),
        ('<span style="color:red">wet</span>', "wet"),
        ("one<br>two", "one\ntwo"),
    ],
)
def test_marks_are_not_read_aloud(text: str, words: str) -> None:
    assert plain(text) == words


@pytest.mark.parametrize("text", ["snake_case_name", "5 * 3 * 2", "a - b", "2 < 3", "*", "**", "[x]", "C:\\new"])
def test_what_is_no_mark_stays(text: str) -> None:
    assert plain(text) == text


def test_a_backslash_takes_a_marks_meaning() -> None:
    assert plain(r"\*not\* open") == "*not* open"
    assert "<i>" not in rich(r"\*not\* open")


def test_headings_sentences_and_items_stand_on_lines_of_their_own() -> None:
    page = QTextDocument()
    page.setHtml(rich("# Before<br>**Ask** for:<br>- plans<br>- keys<br>Then begin."))
    assert [line.lstrip("• ") for line in page.toPlainText().splitlines()] == [
        "Before",
        "Ask for:",
        "plans",
        "keys",
        "Then begin.",
    ]


@pytest.mark.parametrize(
    "text", ["<script>x</script>", "<img src=x>", '<a href="file:///etc/passwd">x</a>', "<b>x</b>"]
)
def test_html_is_shown_and_not_obeyed(text: str) -> None:
    assert "&lt;" in rich(text)


@pytest.mark.parametrize("target", ["javascript:alert(1)", "file:///etc/passwd", 'https://a"onclick="x'])
def test_only_links_to_the_web_post_and_telephone_open(target: str) -> None:
    assert "<a " not in rich(f"[x]({target})")


def test_a_link_keeps_its_target() -> None:
    assert '<a href="https://example.org/?a=1&amp;b=2">x</a>' in rich("[x](https://example.org/?a=1&b=2)")


@pytest.mark.parametrize("piece", ["_a ", "**a", "*a ", "[", "__", "<span ", "\\", "# ", "[x]("])
def test_no_text_holds_up_the_screen(piece: str) -> None:
    text = piece * (19_000 // len(piece))
    started = perf_counter()
    rich(text)
    plain(text)
    assert perf_counter() - started < 1.0


def test_a_sentence_that_ends_in_a_french_date_has_one_full_stop() -> None:
    assert plain("La Ville doit inspecter au plus tard le **mar. 24 nov.**.") == (
        "La Ville doit inspecter au plus tard le mar. 24 nov."
    )
    assert rich("au plus tard le **24 nov.**.").endswith("24 nov.</span>")
    assert plain("by **Tue 24 Nov**. Then wait...") == "by Tue 24 Nov. Then wait..."
