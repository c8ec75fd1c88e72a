"""ArcGIS REST: layers of a city's map server into the reference layers. See README.md."""
