"""How the program to install is made: `python -m ui.program build`. Nothing here is part of the program itself."""
