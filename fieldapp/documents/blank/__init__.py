"""A blank form of every service: fillable on a screen and by hand, tagged for screen readers (PDF/UA-1)."""

from fieldapp.documents.blank.composing import paper_of
from fieldapp.documents.blank.making import blank_form
from fieldapp.documents.blank.paper import MARK, Entry, Mark, Paper

__all__ = ["MARK", "Entry", "Mark", "Paper", "blank_form", "paper_of"]
