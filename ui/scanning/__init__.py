"""Codes from outside: a scanner that types, a picture from a file, the clipboard or a drop; and what they name."""
