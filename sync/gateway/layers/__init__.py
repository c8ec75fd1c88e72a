"""Reference layers that the City holds for its laptops: published here, taken by each at its next sync."""
