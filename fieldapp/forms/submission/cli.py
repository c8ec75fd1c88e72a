"""`fieldapp form schema`: the JSON Schema of a form's submissions, for the programs that read them."""

from __future__ import annotations

import json
import sys
from argparse import Namespace

from fieldapp.errors import FormError
from fieldapp.forms.load import load_form
from fieldapp.forms.submission.schema import schema


def run_schema(options: Namespace) -> int:
    """Print the schema of `options.file`; 1, and the reason on the error output, when the form cannot be used."""
    try:
        definition = load_form(options.file, blocks=options.blocks)
    except FormError as error:
        print(error, file=sys.stderr)
        return 1
    print(json.dumps(schema(definition), ensure_ascii=False, indent=2))
    return 0
