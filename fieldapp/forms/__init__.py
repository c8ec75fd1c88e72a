"""The form engine: XLSForms and XForms loaded, checked and filled, without any screen."""

from fieldapp.forms.definition.model import Choice, FormDefinition, Question
from fieldapp.forms.load import load_form
from fieldapp.forms.session.environment import Reference
from fieldapp.forms.session.nodes import Node
from fieldapp.forms.session.session import FormSession, Problem

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
