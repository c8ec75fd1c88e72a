"""The whole way: several parts, real processes, real ports."""
