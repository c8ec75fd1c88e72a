"""Trying a service on the screen."""
