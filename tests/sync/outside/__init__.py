"""Requests that go on to an Open311 server of another city, and what is heard of them again."""
