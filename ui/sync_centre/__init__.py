"""Sync: what waits, what needs a person, and the proof that laptop and City hold the same."""
