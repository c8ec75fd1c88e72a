"""Trying a service on the screen: its form as a clerk sees it, and nothing is kept."""
