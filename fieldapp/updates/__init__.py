"""The update of the installed program: versions beside each other, and one small file that says which one starts.

The program as it was installed is never changed: it is what starts, and it hands over to the version that `state.json`
names (`starting`). A new version is prepared aside (`unpacking`), tried on a copy of the store (`rehearsing`), and then
waits; the next start takes it. What does not start is left again, and the store is brought back with all that was
recorded meanwhile (`stores`). Whatever is cut off at any moment is simply done again.
"""
