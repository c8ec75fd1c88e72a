"""Handing requests on to Open311 servers outside, and hearing of them again. README.md tells how nothing is doubled."""
