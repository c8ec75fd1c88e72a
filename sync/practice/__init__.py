"""The practice city: an embedded gateway with made-up residents, for newcomers, trainers and end-to-end tests."""
