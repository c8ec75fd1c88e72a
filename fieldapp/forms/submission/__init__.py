"""A finished form as JSON for other programs: its schema, a record as typed values, and such values as a record."""

from fieldapp.forms.submission.reading import fields_of_json
from fieldapp.forms.submission.schema import schema
from fieldapp.forms.submission.writing import json_of_fields, to_json

__all__ = ["fields_of_json", "json_of_fields", "schema", "to_json"]
