"""The form engine: XLSForms and XForms loaded, checked and filled, without any screen."""

from fieldapp.forms.definition import Choice, FormDefinition, Question
from fieldapp.forms.environment import Reference
from fieldapp.forms.load import load_form
from fieldapp.forms.nodes import Node
from fieldapp.forms.session import FormSession, Problem

__all__ = [
    "Choice",
    "FormDefinition",
    "FormSession",
    "Node",
    "Problem",
    "Question",
    "Reference",
    "load_form",
]
