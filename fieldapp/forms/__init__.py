"""The form engine: XLSForms and XForms loaded, checked and filled, without any screen."""

from fieldapp.forms.definition.model import Choice, FormDefinition, Question
from fieldapp.forms.load import load_form
from fieldapp.forms.session.environment import Device, Reference
from fieldapp.forms.session.nodes import Node
from fieldapp.forms.session.reading import fields_of_xml
from fieldapp.forms.session.session import FormSession, Problem

__all__ = [
    "Choice",
    "Device",
    "FormDefinition",
    "FormSession",
    "Node",
    "Problem",
    "Question",
    "Reference",
    "fields_of_xml",
    "load_form",
]
