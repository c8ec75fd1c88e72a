"""Judging: a record that was filled elsewhere, looked at again with the same engine."""

from fieldapp.forms.judging.judged import Fault, JudgedForm

__all__ = ["Fault", "JudgedForm"]
