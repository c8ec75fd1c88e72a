"""The picture set: every page and dialog in both languages, all looks, at 100 and 200 %, with a page to look at."""
