"""Expressions with what they make, for tests of our engine and of how far others agree with it."""
