"""XPath 1.0 with ODK's functions: one parser, one tree; dependencies, lint and evaluation all read that tree."""
