"""How the program to install is made."""
