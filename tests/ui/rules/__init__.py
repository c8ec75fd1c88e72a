"""Rules on the screen."""
