"""Where one stood when one arrived: noted with the hour, where a receiver or the person has said it."""

from __future__ import annotations

from fieldapp.records import Record
from ui.forms import FormEditor

# The names that every visit's form gives them (resources/services/_blocks, b6).
ARRIVED, STOOD = "arrived_at", "arr_loc"


def note_place(editor: FormEditor, record: Record) -> None:
    """Answer it, once: when a visit is begun. Nobody waits for a receiver; the question can be answered later, too."""
    asked = {node.question.name: node for node in editor.session.nodes() if node.question.name in {ARRIVED, STOOD}}
    arrived, stood, locate = asked.get(ARRIVED), asked.get(STOOD), editor.entry.host.locate
    if editor.sheet.read_only or arrived is None or stood is None or locate is None:
        return
    if not record.get(arrived.question.path) and not stood.value and (here := locate()):
        editor.entry.fill(stood.path, here)
