"""Ctrl+K: find a record, a page, a service or an action from anywhere."""
