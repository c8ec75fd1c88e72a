"""Handing out versions of the program: the signed folder that laptops read (TUF), who signs it, and its commands."""
