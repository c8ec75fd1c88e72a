"""Open311 over a real port, as other people's programs speak it."""
