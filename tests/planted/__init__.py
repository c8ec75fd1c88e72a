"""Planted bugs: what would hurt most, one line each; every one must turn a test red."""
