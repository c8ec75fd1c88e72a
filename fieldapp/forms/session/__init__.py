"""The session: one record being filled."""
