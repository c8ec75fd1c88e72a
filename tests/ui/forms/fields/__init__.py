"""Tests of the controls, one file a kind of question."""
