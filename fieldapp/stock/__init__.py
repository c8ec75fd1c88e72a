"""Things that are counted and handed out over a counter: what they are, how they move, what should be left."""
