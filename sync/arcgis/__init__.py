"""ArcGIS REST: layers of a city's map server into the reference layers; where an address is. See README.md."""

GEOCODER = "city.geocoder"  # setting of a laptop: the address of the City's geocoder, as its gateway said last
