"""One working day of the practice city, played through the real widgets: three laptops, one gateway, a pulled plug."""
