"""What an author should correct, each with its place."""
