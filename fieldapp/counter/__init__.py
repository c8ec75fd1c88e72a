"""The counter: one resident's visit as data, and who they are among what this laptop holds."""
