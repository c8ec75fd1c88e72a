"""Builders and fakes with behaviour, shared by the tests."""
