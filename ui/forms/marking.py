"""A form's marks in its texts: the Markdown that XLSForm knows, shown safely. No Qt here.

Known: `**strong**`, `__strong__`, `*emphasis*`, `_emphasis_`, `# Heading`, `- item`, `[words](https://…)`, `<br>`,
`<sup>`, `<sub>`; a backslash takes a mark's meaning. Colours and fonts of `<span style=…>` are the program's: what is
written in them stays legible in light and dark. Anything else is shown as it is written, never taken for HTML.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable

_STYLED = re.compile(r"</?(?:span|p|div|font)(?:\s[^<>]*)?>", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_RAISED = re.compile(r"&lt;(/?)(sup|sub)&gt;")
_ESCAPED = re.compile(r"\\([\\*_#\[\]()`<>-])")
_KEPT = re.compile(r"[\ue000-\ue0ff]")  # escaped marks, put aside as letters of no script
_STRONG = re.compile(r"(\*\*|__)(?=\S)((?:(?!\1).)+?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+)(?<=\S)\*(?!\w)|(?<!\w)_(?=\S)([^_\n]+)(?<=\S)_(?!\w)")
_LINK = re.compile(r"\[([^\[\]\n]+)\]\(((?:https?://|mailto:|tel:)[^\s()<>\"]+)\)")
_HEADING = re.compile(r"(#{1,6})\s+(.+)")
_ITEM = re.compile(r"\s*[-*+]\s+(.+)")
_BOLD = "font-weight:600"  # the bundled font has this weight; what `<b>` asks for would be smeared out of it
_TWO_STOPS = re.compile(r"(?<=[^\W\d_]\.)(\*\*|__)?\.(?=\s|$)")  # a French date ends its sentence: "mar. 24 nov.."
_SIZES = ("large", "large", "medium", "medium", "medium", "medium")
_LONG = 20_000  # letters: a text beyond is shown without marks, so that none can hold up the screen


def rich(text: str) -> str:
    """The text for Qt's rich text."""
    if len(text) > _LONG:
        return html.escape(text).replace("\n", "<br>")
    lines = [_block(line) for line in _cleaned(text).split("\n")]
    if any(line.startswith("<div") for line in lines):  # Qt lets what follows a block run on, unless it is one too
        joined = "".join(line if line.startswith("<div") else f"<div>{line or '&nbsp;'}</div>" for line in lines)
    else:
        joined = "<br>".join(lines)
    return _restored(joined, html.escape)


def plain(text: str) -> str:
    """The text without marks, for names, lists and screen readers."""
    if len(text) > _LONG or not any(mark in text for mark in "*_#[<\\-"):
        return text.strip()
    lines = [_bare(line) for line in _cleaned(text).split("\n")]
    return _restored("\n".join(lines), str).strip()


def _cleaned(text: str) -> str:
    """Escaped marks put aside, styles of the author's own gone, line breaks as such."""
    text = _KEPT.sub("", text)
    text = _ESCAPED.sub(lambda found: chr(0xE000 + ord(found[1])), text)
    return _TWO_STOPS.sub(lambda found: found[1] or "", _STYLED.sub("", _BREAK.sub("\n", text)))


def _restored(text: str, shown: Callable[[str], str]) -> str:
    return _KEPT.sub(lambda found: shown(chr(ord(found[0]) - 0xE000)), text)


def _block(line: str) -> str:
    heading, item = _HEADING.fullmatch(line.strip()), _ITEM.fullmatch(line)
    if heading:
        size = _SIZES[len(heading[1]) - 1]
        return f'<div style="font-size:{size}; {_BOLD}">{_inline(heading[2])}</div>'
    if item:
        return f'<div style="margin-left:4px">•&nbsp;&nbsp;{_inline(item[1])}</div>'
    return _inline(line)


def _inline(line: str) -> str:
    safe = _RAISED.sub(r"<\1\2>", html.escape(line, quote=False))
    safe = _LINK.sub(lambda found: f'<a href="{found[2]}">{found[1]}</a>', safe)
    safe = _STRONG.sub(rf'<span style="{_BOLD}">\2</span>', safe)
    return _EMPHASIS.sub(lambda found: f"<i>{found[1] or found[2]}</i>", safe)


def _bare(line: str) -> str:
    heading, item = _HEADING.fullmatch(line.strip()), _ITEM.fullmatch(line)
    words = heading[2] if heading else f"• {item[1]}" if item else line
    words = _LINK.sub(r"\1", re.sub(r"</?su[pb]>", "", words))
    words = _STRONG.sub(r"\2", words)
    return _EMPHASIS.sub(lambda found: found[1] or found[2], words)
