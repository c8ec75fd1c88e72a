"""How the program to install is made: `python -m bundle build`. Nothing here is part of the program itself."""
