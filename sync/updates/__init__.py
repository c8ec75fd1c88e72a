"""The update of the installed program over the network: what the City hands out, signed by its own keys (TUF, by
python-tuf), and bringing it here. Taking it is `fieldapp.updates`."""
