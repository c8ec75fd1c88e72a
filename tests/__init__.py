"""The tests mirror the packages; `support/` holds builders and fakes with behaviour."""
